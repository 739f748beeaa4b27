import { CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { CommandHandling } from '#forlop/command-handling';
import { caseCommands } from '#forlop/domain';
import type { CaseCommandType, CommandDefinition } from '#forlop/domain';
import { Refusals } from '../access/refusals.js';
import { commandRequest } from '../access/command-request.js';
import type { AnsweredCommand } from '../http/accepted-answer.js';
import type { TakenCommand } from '../http/intake.js';

/** A command to an existing case; which one is data, because they all go the same way. */
export class CaseCommand {
  constructor(
    readonly type: CaseCommandType,
    readonly taken: TakenCommand,
  ) {}
}

@CommandHandler(CaseCommand)
export class CaseCommandHandler implements ICommandHandler<CaseCommand, AnsweredCommand> {
  constructor(
    private readonly commands: CommandHandling,
    private readonly refusals: Refusals,
  ) {}

  execute({ type, taken }: CaseCommand): Promise<AnsweredCommand> {
    const definition: CommandDefinition = caseCommands[type];
    const ids = Object.fromEntries(
      Object.entries(taken.path).filter(([name]) => Object.hasOwn(definition.shape, name)),
    );
    const caseId = taken.path['caseId'] ?? '';
    return this.refusals.recorded(taken, async () => ({
      accepted: await this.commands.execute(
        type,
        caseId,
        { ...taken.body, ...ids },
        commandRequest(taken, definition.roles),
      ),
    }));
  }
}
