import { CommandBus } from '@nestjs/cqrs';
import { caseCommands } from '#forlop/domain';
import { CaseCommand } from '../cases/case-command.js';
import { CaseController } from '../http/case-controller.js';
import { Taken } from '../http/intake.js';
import type { TakenCommand } from '../http/intake.js';
import { CommandRoute } from '../http/write-route.js';

@CaseController('participation')
export class ParticipationController {
  constructor(private readonly commands: CommandBus) {}

  @CommandRoute(caseCommands.RecordChildParticipation, 'participations')
  record(@Taken() taken: TakenCommand) {
    return this.commands.execute(new CaseCommand('RecordChildParticipation', taken));
  }

  @CommandRoute(caseCommands.AssessPartyStatus, 'party-statuses')
  assessPartyStatus(@Taken() taken: TakenCommand) {
    return this.commands.execute(new CaseCommand('AssessPartyStatus', taken));
  }
}
