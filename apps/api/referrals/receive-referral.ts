import { CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandling } from '#forlop/command-handling';
import type { ReferralBody } from '#forlop/command-handling';
import { caseCommands } from '#forlop/domain';
import { commandRequest } from '../access/command-request.js';
import { Refusals } from '../access/refusals.js';
import type { AnsweredCommand } from '../http/accepted-answer.js';
import type { TakenCommand } from '../http/intake.js';

export class ReceiveReferral {
  constructor(readonly taken: TakenCommand) {}
}

@CommandHandler(ReceiveReferral)
export class ReceiveReferralHandler implements ICommandHandler<ReceiveReferral, AnsweredCommand> {
  constructor(
    private readonly commands: CommandHandling,
    private readonly refusals: Refusals,
  ) {}

  async execute({ taken }: ReceiveReferral): Promise<AnsweredCommand> {
    const accepted = await this.refusals.recorded(taken, async () =>
      this.commands.receiveReferral(
        taken.body as unknown as ReferralBody,
        commandRequest(taken, caseCommands.ReceiveReferral.roles),
      ),
    );
    const { concernId, cases } = accepted;
    return { accepted, extra: { concernId, cases }, revision: cases.length === 1 ? 'etag' : 'none' };
  }
}
