import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { supervisionCommands } from '#forlop/domain';
import { ApiController } from '../http/case-controller.js';
import { Taken } from '../http/intake.js';
import type { TakenCommand } from '../http/intake.js';
import { PAGE, ReadRoute } from '../http/read-route.js';
import { Reading } from '../http/reading.js';
import type { TakenRead } from '../http/reading.js';
import { CommandRoute } from '../http/write-route.js';
import { GetSupervision } from './get-supervision.js';
import { SuperviseCommand } from './supervision-command.js';
import { supervisionSchema } from './supervision-schema.js';

@ApiController('supervisions', 'supervisions')
export class SupervisionsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @CommandRoute(supervisionCommands.OpenSupervision, '')
  open(@Taken() taken: TakenCommand) {
    return this.commands.execute(new SuperviseCommand('OpenSupervision', taken));
  }

  @CommandRoute(supervisionCommands.CloseSupervision, ':supervisionId/close')
  close(@Taken() taken: TakenCommand) {
    return this.commands.execute(new SuperviseCommand('CloseSupervision', taken));
  }

  /** `asOf` and `judgedOn` of an earlier answer give its answers again, whatever was recorded since. */
  @ReadRoute({
    path: ':supervisionId',
    name: 'GetSupervision',
    readModels: ['case-overview'],
    summary:
      'A supervision (tilsyn) and its dossier: five plain questions of each case, with the entries as evidence',
    query: { asOf: { kind: 'after' }, judgedOn: { kind: 'date' }, ...PAGE },
    answer: supervisionSchema,
  })
  get(@Reading() read: TakenRead) {
    return this.queries.execute(new GetSupervision(read));
  }
}
