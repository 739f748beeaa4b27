import type { JsonObject, ProjectedEvent, RowOperation } from '#forlop/projections';
import { column, defineTable, upsert } from '#forlop/projections';
import { defineReadModel } from '../current.js';
import { CASE_STREAM, envelopeOf, idIn, ownerOf, REPORT_STREAM } from '../entry.js';
import { correctionOf, fieldsOf, isCounted } from './fields.js';

const REQUEST_STREAM = 'accessrequest-';

const owner = { municipality: column('text'), district: column('text') } as const;

export const reportEntryTable = defineTable({
  name: 'read.report_entry_v1',
  columns: {
    event_id: column('uuid'),
    position: column('text'),
    type: column('text'),
    case_id: column('uuid'),
    target_id: column('uuid'),
    data: column('jsonb'),
    ...owner,
  },
  key: ['event_id'],
});

export const stateReportTable = defineTable({
  name: 'read.state_report_v1',
  columns: {
    event_id: column('uuid'),
    position: column('text'),
    report_year: column('integer'),
    type: column('text'),
    schema_version: column('integer'),
    recorded_at: column('timestamptz'),
    payload: column('text'),
    ...owner,
  },
  key: ['event_id'],
});

/**
 * What the state report (tilstandsrapport) is counted from, and the reports. Rows are only added: a correction is one more
 * row, which the queries lay over its entry, so the rows of a stream are never made anew because of one.
 */
export const stateReportProjection = defineReadModel({
  name: 'state-report',
  version: 1,
  tables: [reportEntryTable, stateReportTable],
  streams: [CASE_STREAM, REQUEST_STREAM, REPORT_STREAM],
  project: (event) => (event.streamId.startsWith(REPORT_STREAM) ? reportRow(event) : entryRow(event)),
});

function entryRow(event: ProjectedEvent): readonly RowOperation[] {
  if (!isCounted(event.type)) return [];
  const isCorrection = event.type === 'EntryCorrected' || event.type === 'EntryRetracted';
  const data: JsonObject =
    event.type === 'EntryCorrected' ? correctionOf(event.data) : fieldsOf(event.type, event.data);
  return [
    upsert(reportEntryTable, {
      event_id: event.eventId,
      position: event.position,
      type: event.type,
      case_id: idIn(CASE_STREAM, event.streamId) ?? null,
      target_id: isCorrection ? (event.data['targetEventId'] ?? null) : null,
      data,
      ...ownerOf(envelopeOf(event)),
    }),
  ];
}

function reportRow(event: ProjectedEvent): readonly RowOperation[] {
  const year = event.data['year'];
  if (typeof year !== 'number') return [];
  return [
    upsert(stateReportTable, {
      event_id: event.eventId,
      position: event.position,
      report_year: year,
      type: event.type,
      schema_version: event.schemaVersion,
      recorded_at: event.recordedAt,
      payload: event.payload,
      ...ownerOf(envelopeOf(event)),
    }),
  ];
}
