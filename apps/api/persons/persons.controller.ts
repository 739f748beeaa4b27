import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { IDENTIFIER_KINDS, oneOf, personCommands, record, text } from '#forlop/domain';
import { ApiController } from '../http/case-controller.js';
import { Taken } from '../http/intake.js';
import type { TakenCommand } from '../http/intake.js';
import { CommandRoute, WriteRoute } from '../http/write-route.js';
import { PersonCommand } from './person-command.js';
import { SearchPerson } from './search-person.js';
import { personErrors, searchErrors } from './number-errors.js';

@ApiController('persons', 'persons')
export class PersonsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @CommandRoute(personCommands.RegisterPerson, '', { refine: personErrors })
  register(@Taken() taken: TakenCommand) {
    return this.commands.execute(new PersonCommand('RegisterPerson', taken));
  }

  @CommandRoute(personCommands.CorrectPerson, ':personId/correction', { refine: personErrors })
  correct(@Taken() taken: TakenCommand) {
    return this.commands.execute(new PersonCommand('CorrectPerson', taken));
  }

  /** The identifier stands in the body: a path or a query is written down by every proxy on the way. */
  @WriteRoute({
    path: 'search',
    name: 'SearchPerson',
    summary: 'Find a person by identifier (finn person)',
    shape: { identifier: record({ kind: oneOf(IDENTIFIER_KINDS), value: text() }) },
    example: { identifier: { kind: 'FNR', value: '13891499978' } },
    isCommand: false,
    refine: searchErrors,
    answer: {
      type: 'object',
      required: ['items'],
      properties: {
        items: {
          type: 'array',
          items: {
            type: 'object',
            required: ['personId'],
            properties: { personId: { type: 'string', format: 'uuid' } },
          },
        },
      },
    },
  })
  search(@Taken() taken: TakenCommand) {
    return this.queries.execute(new SearchPerson(taken));
  }
}
