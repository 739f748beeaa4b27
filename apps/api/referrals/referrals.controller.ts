import { CommandBus } from '@nestjs/cqrs';
import { caseCommands, refineReferral, referralBody, referralExample } from '#forlop/domain';
import { acceptedSchema } from '../http/accepted-answer.js';
import { ApiController } from '../http/case-controller.js';
import { Taken } from '../http/intake.js';
import type { TakenCommand } from '../http/intake.js';
import { CommandRoute } from '../http/write-route.js';
import { ReceiveReferral } from './receive-referral.js';

const uuid = { type: 'string', format: 'uuid' } as const;

/** JSON Schema of the answer: one concern, a case for each child. */
const referralAnswer = {
  ...acceptedSchema,
  required: [...acceptedSchema.required, 'concernId', 'cases'],
  properties: {
    ...acceptedSchema.properties,
    concernId: uuid,
    cases: {
      type: 'array',
      items: {
        type: 'object',
        required: ['personId', 'caseId', 'referralId', 'revision'],
        properties: {
          personId: uuid,
          caseId: uuid,
          referralId: uuid,
          revision: { type: 'integer', minimum: 0 },
        },
      },
    },
  },
};

@ApiController('referrals', 'referrals')
export class ReferralsController {
  constructor(private readonly commands: CommandBus) {}

  /** One concern about one or more children: one case each. */
  @CommandRoute(caseCommands.ReceiveReferral, '', {
    shape: referralBody,
    example: referralExample,
    refine: refineReferral,
    answer: referralAnswer,
  })
  receive(@Taken() taken: TakenCommand) {
    return this.commands.execute(new ReceiveReferral(taken));
  }
}
