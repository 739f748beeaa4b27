import { QueryBus } from '@nestjs/cqrs';
import { ApiController } from '../http/case-controller.js';
import { listSchema } from '../http/page-answer.js';
import { PAGE, ReadRoute } from '../http/read-route.js';
import { Reading } from '../http/reading.js';
import type { TakenRead } from '../http/reading.js';
import { GetMunicipalTrail } from './municipal-trail.js';
import { trailItemSchema } from './trail-schema.js';

@ApiController('audit trail', 'audit-trail')
export class AuditTrailController {
  constructor(private readonly queries: QueryBus) {}

  @ReadRoute({
    path: '',
    name: 'GetMunicipalAuditTrail',
    readModels: ['audit-trail'],
    summary: 'Who did and read what in the municipality (revisjonsspor), by when it was recorded',
    query: { from: { kind: 'moment' }, to: { kind: 'moment' }, ...PAGE },
    answer: listSchema(trailItemSchema),
  })
  trail(@Reading() read: TakenRead) {
    return this.queries.execute(new GetMunicipalTrail(read));
  }
}
