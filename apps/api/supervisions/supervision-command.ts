import { CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandling } from '#forlop/command-handling';
import { Refusals } from '../access/refusals.js';
import { supervisoryRequest } from '../access/supervisors.js';
import type { AnsweredCommand } from '../http/accepted-answer.js';
import type { TakenCommand } from '../http/intake.js';

/** A command to a supervision, or the one that opens it. */
export class SuperviseCommand {
  constructor(
    readonly type: 'OpenSupervision' | 'CloseSupervision',
    readonly taken: TakenCommand,
  ) {}
}

@CommandHandler(SuperviseCommand)
export class SuperviseCommandHandler implements ICommandHandler<SuperviseCommand, AnsweredCommand> {
  constructor(
    private readonly commands: CommandHandling,
    private readonly refusals: Refusals,
  ) {}

  execute({ type, taken }: SuperviseCommand): Promise<AnsweredCommand> {
    const { path, body } = taken;
    return this.refusals.recorded(taken, async () => ({
      accepted: await this.commands.supervise(
        type,
        path['supervisionId'],
        { ...body, ...path },
        supervisoryRequest(taken),
      ),
    }));
  }
}
