import { CommandBus } from '@nestjs/cqrs';
import { caseCommands } from '#forlop/domain';
import { CaseCommand } from '../cases/case-command.js';
import { CaseController } from '../http/case-controller.js';
import { Taken } from '../http/intake.js';
import type { TakenCommand } from '../http/intake.js';
import { CommandRoute } from '../http/write-route.js';

@CaseController('decisions')
export class DecisionsController {
  constructor(private readonly commands: CommandBus) {}

  @CommandRoute(caseCommands.DecideMeasure, 'decisions')
  decide(@Taken() taken: TakenCommand) {
    return this.commands.execute(new CaseCommand('DecideMeasure', taken));
  }

  @CommandRoute(caseCommands.NotifyDecision, 'decisions/:decisionId/notification')
  notify(@Taken() taken: TakenCommand) {
    return this.commands.execute(new CaseCommand('NotifyDecision', taken));
  }
}
