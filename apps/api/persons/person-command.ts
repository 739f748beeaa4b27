import { CommandHandler } from '@nestjs/cqrs';
import type { ICommandHandler } from '@nestjs/cqrs';
import { AccessLog, CommandHandling } from '#forlop/command-handling';
import type { NewPerson, PersonAccepted } from '#forlop/command-handling';
import { personCommands } from '#forlop/domain';
import { commandRequest } from '../access/command-request.js';
import { Refusals } from '../access/refusals.js';
import type { AnsweredCommand } from '../http/accepted-answer.js';
import type { TakenCommand } from '../http/intake.js';

export class PersonCommand {
  constructor(
    readonly type: 'RegisterPerson' | 'CorrectPerson',
    readonly taken: TakenCommand,
  ) {}
}

@CommandHandler(PersonCommand)
export class PersonCommandHandler implements ICommandHandler<PersonCommand, AnsweredCommand> {
  constructor(
    private readonly commands: CommandHandling,
    private readonly refusals: Refusals,
    private readonly accessLog: AccessLog,
  ) {}

  async execute({ type, taken }: PersonCommand): Promise<AnsweredCommand> {
    const accepted = await this.refusals.recorded(taken, () => this.accept(type, taken));
    const { person } = accepted;
    if (person === undefined) return { accepted };
    await this.recordDisclosure(taken);
    return { accepted, extra: { person } };
  }

  private async accept(type: PersonCommand['type'], taken: TakenCommand): Promise<PersonAccepted> {
    const request = commandRequest(taken, personCommands[type].roles);
    return type === 'RegisterPerson'
      ? this.commands.registerPerson(taken.body as unknown as NewPerson, request)
      : this.commands.correctPerson(
          { ...taken.body, personId: taken.path['personId'] ?? '' } as Parameters<
            CommandHandling['correctPerson']
          >[0],
          request,
        );
  }

  /** A known identifier gives the person back as stored: that is a read, whatever the method is called. */
  private recordDisclosure({ caller, view, purpose, state }: TakenCommand): Promise<void> {
    return this.accessLog.record({ caller, caseIds: [], view, purpose, decision: 'PERMIT', occasion: state });
  }
}
