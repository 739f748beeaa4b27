import { Controller } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import { ApiTags } from '@nestjs/swagger';
import { listSchema } from '../http/page-answer.js';
import { ReadRoute } from '../http/read-route.js';
import { OpenReading } from '../http/reading.js';
import type { OpenRead } from '../http/reading.js';
import { ListCodeLists, ListCodes } from './list-codes.js';

const text = { type: 'string' } as const;

/** Open without a token: national code lists hold nothing of anyone. */
@ApiTags('codes')
@Controller('api/v1/codes')
export class CodesController {
  constructor(private readonly queries: QueryBus) {}

  @ReadRoute({
    path: '',
    name: 'ListCodeLists',
    readModels: [],
    summary: 'The code lists',
    answer: listSchema({
      type: 'object',
      required: ['list', 'codes'],
      properties: { list: text, codes: { type: 'integer' } },
    }),
    open: true,
  })
  lists(@OpenReading() read: OpenRead) {
    return this.queries.execute(new ListCodeLists(read));
  }

  @ReadRoute({
    path: ':list',
    name: 'ListCodes',
    readModels: [],
    summary: 'The codes of a list, of all times or as valid on a date',
    query: { validOn: { kind: 'date' }, limit: { kind: 'limit' }, after: { kind: 'code' } },
    answer: listSchema({
      type: 'object',
      required: ['code', 'label', 'validFrom', 'validTo'],
      properties: {
        code: text,
        label: text,
        validFrom: { type: 'string', format: 'date' },
        validTo: { type: ['string', 'null'], format: 'date' },
      },
    }),
    open: true,
  })
  codes(@OpenReading() read: OpenRead) {
    return this.queries.execute(new ListCodes(read));
  }
}
