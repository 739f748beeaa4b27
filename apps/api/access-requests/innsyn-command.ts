import { CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandling } from '#forlop/command-handling';
import { accessRequestCommands } from '#forlop/domain';
import type { AccessRequestCommandType } from '#forlop/domain';
import { commandRequest } from '../access/command-request.js';
import { Refusals } from '../access/refusals.js';
import type { AnsweredCommand } from '../http/accepted-answer.js';
import type { TakenCommand } from '../http/intake.js';

/** A command to a request for access, or the one that makes it. */
export class InnsynCommand {
  constructor(
    readonly type: AccessRequestCommandType,
    readonly taken: TakenCommand,
  ) {}
}

@CommandHandler(InnsynCommand)
export class InnsynCommandHandler implements ICommandHandler<InnsynCommand, AnsweredCommand> {
  constructor(
    private readonly commands: CommandHandling,
    private readonly refusals: Refusals,
  ) {}

  execute({ type, taken }: InnsynCommand): Promise<AnsweredCommand> {
    const { path, body } = taken;
    return this.refusals.recorded(taken, async () => ({
      accepted: await this.commands.innsyn(
        type,
        path['requestId'],
        { ...body, ...path },
        commandRequest(taken, accessRequestCommands[type].roles),
      ),
    }));
  }
}
