import { CommandBus } from '@nestjs/cqrs';
import { caseCommands } from '#forlop/domain';
import { CaseCommand } from '../cases/case-command.js';
import { CaseController } from '../http/case-controller.js';
import { Taken } from '../http/intake.js';
import type { TakenCommand } from '../http/intake.js';
import { CommandRoute } from '../http/write-route.js';

@CaseController('measures')
export class MeasuresController {
  constructor(private readonly commands: CommandBus) {}

  @CommandRoute(caseCommands.ProposeMeasure, 'proposals')
  propose(@Taken() taken: TakenCommand) {
    return this.commands.execute(new CaseCommand('ProposeMeasure', taken));
  }

  @CommandRoute(caseCommands.HoldStartMeeting, 'start-meetings')
  holdStartMeeting(@Taken() taken: TakenCommand) {
    return this.commands.execute(new CaseCommand('HoldStartMeeting', taken));
  }

  @CommandRoute(caseCommands.StartMeasure, 'measures/:measureId/start')
  start(@Taken() taken: TakenCommand) {
    return this.commands.execute(new CaseCommand('StartMeasure', taken));
  }

  @CommandRoute(caseCommands.RecordFollowUpStatus, 'statuses')
  recordStatus(@Taken() taken: TakenCommand) {
    return this.commands.execute(new CaseCommand('RecordFollowUpStatus', taken));
  }

  @CommandRoute(caseCommands.EndMeasure, 'measures/:measureId/end')
  end(@Taken() taken: TakenCommand) {
    return this.commands.execute(new CaseCommand('EndMeasure', taken));
  }
}
