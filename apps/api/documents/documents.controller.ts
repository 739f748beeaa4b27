import { CommandBus, QueryBus } from '@nestjs/cqrs';
import { caseCommands } from '#forlop/domain';
import { CaseCommand } from '../cases/case-command.js';
import { CaseController } from '../http/case-controller.js';
import { Taken } from '../http/intake.js';
import type { TakenCommand } from '../http/intake.js';
import { listSchema } from '../http/page-answer.js';
import { PAGE, ReadRoute } from '../http/read-route.js';
import { Reading } from '../http/reading.js';
import type { TakenRead } from '../http/reading.js';
import { CommandRoute } from '../http/write-route.js';
import { ListDocuments } from './list-documents.js';

@CaseController('documents')
export class DocumentsController {
  constructor(
    private readonly commands: CommandBus,
    private readonly queries: QueryBus,
  ) {}

  @CommandRoute(caseCommands.JournalDocument, 'documents')
  journal(@Taken() taken: TakenCommand) {
    return this.commands.execute(new CaseCommand('JournalDocument', taken));
  }

  @ReadRoute({
    path: 'documents',
    name: 'ListDocuments',
    readModels: ['case-overview'],
    summary: 'The journaled documents of a case (journal)',
    query: PAGE,
    answer: listSchema({
      type: 'object',
      required: ['documentId', 'journaledOn', 'documentClass', 'sha256', 'position'],
      properties: {
        documentId: { type: 'string', format: 'uuid' },
        journaledOn: { type: 'string', format: 'date' },
        documentClass: { type: 'string' },
        sha256: { type: 'string' },
        position: { type: 'string' },
        eventId: { type: 'string', format: 'uuid' },
      },
    }),
  })
  list(@Reading() read: TakenRead) {
    return this.queries.execute(new ListDocuments(read));
  }
}
