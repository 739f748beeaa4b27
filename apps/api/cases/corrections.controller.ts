import { CommandBus } from '@nestjs/cqrs';
import { correctionCommands } from '#forlop/domain';
import { CaseController } from '../http/case-controller.js';
import { Taken } from '../http/intake.js';
import type { TakenCommand } from '../http/intake.js';
import { CommandRoute } from '../http/write-route.js';
import { CaseCommand } from './case-command.js';

@CaseController('corrections')
export class CorrectionsController {
  constructor(private readonly commands: CommandBus) {}

  @CommandRoute(correctionCommands.CorrectEntry, 'corrections')
  correct(@Taken() taken: TakenCommand) {
    return this.commands.execute(new CaseCommand('CorrectEntry', taken));
  }

  @CommandRoute(correctionCommands.RetractEntry, 'retractions')
  retract(@Taken() taken: TakenCommand) {
    return this.commands.execute(new CaseCommand('RetractEntry', taken));
  }
}
