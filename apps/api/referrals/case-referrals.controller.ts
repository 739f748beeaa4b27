import { CommandBus } from '@nestjs/cqrs';
import { caseCommands } from '#forlop/domain';
import { CaseCommand } from '../cases/case-command.js';
import { CaseController } from '../http/case-controller.js';
import { Taken } from '../http/intake.js';
import type { TakenCommand } from '../http/intake.js';
import { CommandRoute } from '../http/write-route.js';

@CaseController('referrals')
export class ReferralAssessmentsController {
  constructor(private readonly commands: CommandBus) {}

  @CommandRoute(caseCommands.AssessReferral, 'referrals/:referralId/assessment')
  assess(@Taken() taken: TakenCommand) {
    return this.commands.execute(new CaseCommand('AssessReferral', taken));
  }
}
