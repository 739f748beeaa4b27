import type { JsonObject } from '#forlop/domain';
import { column, defineTable, upsert } from '#forlop/projections';
import { accessIn } from '../access.js';
import { defineReadModel } from '../current.js';
import { ACCESS_STREAM, envelopeOf, ownerOf } from '../entry.js';

const accessLogTable = defineTable({
  name: 'read.access_log_v1',
  columns: {
    case_id: column('uuid'),
    event_id: column('uuid'),
    position: column('text'),
    who: column('text'),
    role: column('text'),
    org: column('text'),
    unit: column('text'),
    on_behalf_of: column('text'),
    what: column('jsonb'),
    purpose: column('text'),
    decision: column('text'),
    legal_basis: column('jsonb'),
    accessed_at: column('text'),
    recorded_at: column('timestamptz'),
    municipality: column('text'),
    district: column('text'),
  },
  key: ['case_id', 'event_id'],
});

/** Who has read a case (innsynslogg), for the person concerned: one row per case and access. */
export const accessLog = defineReadModel({
  name: 'access-log',
  version: 1,
  tables: [accessLogTable],
  streams: [ACCESS_STREAM],
  project: (event) => {
    const access = accessIn(event);
    if (access === undefined) return [];
    const envelope = envelopeOf(event);
    const row = {
      event_id: event.eventId,
      position: event.position,
      who: access.who,
      role: access.role,
      org: access.org,
      unit: envelope.actor.unit ?? null,
      on_behalf_of: envelope.actor.onBehalfOf ?? null,
      what: access.what,
      purpose: access.purpose,
      decision: access.decision,
      legal_basis: envelope.legalBasis as unknown as JsonObject[],
      accessed_at: access.when,
      recorded_at: event.recordedAt,
      ...ownerOf(envelope),
    };
    return access.caseIds.map((caseId) => upsert(accessLogTable, { ...row, case_id: caseId }));
  },
});
