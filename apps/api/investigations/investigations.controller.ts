import { CommandBus } from '@nestjs/cqrs';
import { caseCommands } from '#forlop/domain';
import { CaseCommand } from '../cases/case-command.js';
import { CaseController } from '../http/case-controller.js';
import { Taken } from '../http/intake.js';
import type { TakenCommand } from '../http/intake.js';
import { CommandRoute } from '../http/write-route.js';

@CaseController('investigations')
export class InvestigationsController {
  constructor(private readonly commands: CommandBus) {}

  @CommandRoute(caseCommands.OpenInvestigation, 'investigations')
  open(@Taken() taken: TakenCommand) {
    return this.commands.execute(new CaseCommand('OpenInvestigation', taken));
  }

  @CommandRoute(caseCommands.ExtendInvestigation, 'investigations/:investigationId/extension')
  extend(@Taken() taken: TakenCommand) {
    return this.commands.execute(new CaseCommand('ExtendInvestigation', taken));
  }

  @CommandRoute(caseCommands.ConcludeInvestigation, 'investigations/:investigationId/conclusion')
  conclude(@Taken() taken: TakenCommand) {
    return this.commands.execute(new CaseCommand('ConcludeInvestigation', taken));
  }

  @CommandRoute(caseCommands.SummariseFindings, 'findings')
  summarise(@Taken() taken: TakenCommand) {
    return this.commands.execute(new CaseCommand('SummariseFindings', taken));
  }
}
