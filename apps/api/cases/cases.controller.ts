import { Req, Res } from '@nestjs/common';
import { QueryBus } from '@nestjs/cqrs';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { AccessLogItem, CaseOverview } from '#forlop/read-models';
import { trailItemSchema } from '../audit-trail/trail-schema.js';
import { ApiController } from '../http/case-controller.js';
import { negotiated } from '../http/html.js';
import { listSchema } from '../http/page-answer.js';
import type { Listing } from '../http/page-answer.js';
import { PAGE, ReadRoute } from '../http/read-route.js';
import { Reading } from '../http/reading.js';
import type { TakenRead } from '../http/reading.js';
import { accessLogPage } from './access-log-page.js';
import { GetCaseAccessLog } from './case-access-log.js';
import { GetCaseAuditTrail } from './case-audit-trail.js';
import { GetCase } from './get-case.js';
import { GetCaseHistory } from './get-case-history.js';
import { historySchema } from './history-schema.js';
import { ListCases } from './list-cases.js';
import { accessLogItemSchema, caseListItemSchema, caseSchema } from './case-schema.js';

@ApiController('cases', 'cases')
export class CasesController {
  constructor(private readonly queries: QueryBus) {}

  @ReadRoute({
    path: '',
    name: 'ListCases',
    readModels: ['case-overview'],
    summary: 'Cases of the municipality, by their last change',
    query: PAGE,
    answer: listSchema(caseListItemSchema),
  })
  list(@Reading() read: TakenRead) {
    return this.queries.execute(new ListCases(read));
  }

  @ReadRoute({
    path: ':caseId',
    name: 'GetCase',
    readModels: ['case-overview'],
    summary: 'A case as it stands: measures, plan, consents in force, next deadlines',
    answer: caseSchema,
  })
  async get(@Reading() read: TakenRead, @Res({ passthrough: true }) reply: FastifyReply) {
    const overview = await this.queries.execute<GetCase, CaseOverview>(new GetCase(read));
    void reply.header('etag', `"${overview.revision}"`);
    return overview;
  }

  @ReadRoute({
    path: ':caseId/history',
    name: 'GetCaseHistory',
    readModels: ['case-history', 'access-log'],
    summary: 'The chronology of a case, as known at one instant about the time until another',
    query: {
      knownAt: { kind: 'moment' },
      validAt: { kind: 'moment' },
      comparedTo: { kind: 'moment' },
      ...PAGE,
    },
    answer: historySchema,
  })
  history(@Reading() read: TakenRead) {
    return this.queries.execute(new GetCaseHistory(read));
  }

  @ReadRoute({
    path: ':caseId/audit-trail',
    name: 'GetCaseAuditTrail',
    readModels: ['audit-trail'],
    summary: 'Who did and read what in a case (revisjonsspor)',
    query: PAGE,
    answer: listSchema(trailItemSchema),
  })
  auditTrail(@Reading() read: TakenRead) {
    return this.queries.execute(new GetCaseAuditTrail(read));
  }

  @ReadRoute({
    path: ':caseId/access-log',
    name: 'GetCaseAccessLog',
    readModels: ['access-log'],
    summary: 'Who has read the case (tilgangslogg), for the person concerned',
    query: PAGE,
    answer: listSchema(accessLogItemSchema),
    html: true,
  })
  async accessLog(
    @Reading() read: TakenRead,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const log = await this.queries.execute<GetCaseAccessLog, Listing<AccessLogItem>>(
      new GetCaseAccessLog(read),
    );
    return negotiated(request, reply, { json: () => log, html: () => accessLogPage(log) });
  }
}
