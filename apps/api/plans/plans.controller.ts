import { CommandBus } from '@nestjs/cqrs';
import { caseCommands } from '#forlop/domain';
import { CaseCommand } from '../cases/case-command.js';
import { CaseController } from '../http/case-controller.js';
import { Taken } from '../http/intake.js';
import type { TakenCommand } from '../http/intake.js';
import { CommandRoute } from '../http/write-route.js';

@CaseController('plans')
export class PlansController {
  constructor(private readonly commands: CommandBus) {}

  @CommandRoute(caseCommands.EstablishPlan, 'plans')
  establish(@Taken() taken: TakenCommand) {
    return this.commands.execute(new CaseCommand('EstablishPlan', taken));
  }

  @CommandRoute(caseCommands.RevisePlan, 'plans/:planId/revision')
  revise(@Taken() taken: TakenCommand) {
    return this.commands.execute(new CaseCommand('RevisePlan', taken));
  }

  @CommandRoute(caseCommands.AcknowledgePlan, 'plans/:planId/acknowledgement')
  acknowledge(@Taken() taken: TakenCommand) {
    return this.commands.execute(new CaseCommand('AcknowledgePlan', taken));
  }

  @CommandRoute(caseCommands.ClarifyRoles, 'roles')
  clarifyRoles(@Taken() taken: TakenCommand) {
    return this.commands.execute(new CaseCommand('ClarifyRoles', taken));
  }
}
