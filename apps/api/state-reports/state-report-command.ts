import { CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandling } from '#forlop/command-handling';
import { stateReportCommands } from '#forlop/domain';
import type { StateReportCommandType } from '#forlop/domain';
import { commandRequest } from '../access/command-request.js';
import { Refusals } from '../access/refusals.js';
import type { AnsweredCommand } from '../http/accepted-answer.js';
import type { TakenCommand } from '../http/intake.js';
import { reportKeyIn } from './report-key.js';
import { Reports } from './reports.js';

/** A command to a municipality's report of a year. */
export class StateReportCommand {
  constructor(
    readonly type: StateReportCommandType,
    readonly taken: TakenCommand,
  ) {}
}

@CommandHandler(StateReportCommand)
export class StateReportCommandHandler implements ICommandHandler<StateReportCommand, AnsweredCommand> {
  constructor(
    private readonly commands: CommandHandling,
    private readonly refusals: Refusals,
    private readonly reports: Reports,
  ) {}

  execute({ type, taken }: StateReportCommand): Promise<AnsweredCommand> {
    return this.refusals.recorded(taken, async () => ({
      accepted: await this.commands.stateReport(
        type,
        reportKeyIn(taken.path),
        taken.body,
        commandRequest(taken, stateReportCommands[type].roles),
        this.reports.count,
      ),
    }));
  }
}
