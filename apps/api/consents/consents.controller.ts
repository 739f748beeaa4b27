import { CommandBus } from '@nestjs/cqrs';
import { caseCommands } from '#forlop/domain';
import { CaseCommand } from '../cases/case-command.js';
import { CaseController } from '../http/case-controller.js';
import { Taken } from '../http/intake.js';
import type { TakenCommand } from '../http/intake.js';
import { CommandRoute } from '../http/write-route.js';

@CaseController('consents')
export class ConsentsController {
  constructor(private readonly commands: CommandBus) {}

  @CommandRoute(caseCommands.RecordConsent, 'consents')
  record(@Taken() taken: TakenCommand) {
    return this.commands.execute(new CaseCommand('RecordConsent', taken));
  }

  @CommandRoute(caseCommands.RecordConsentRefusal, 'consents/refusal')
  recordRefusal(@Taken() taken: TakenCommand) {
    return this.commands.execute(new CaseCommand('RecordConsentRefusal', taken));
  }

  @CommandRoute(caseCommands.WithdrawConsent, 'consents/:consentId/withdrawal')
  withdraw(@Taken() taken: TakenCommand) {
    return this.commands.execute(new CaseCommand('WithdrawConsent', taken));
  }
}
