import type { OperatorActName } from '#forlop/domain';
import type { ProjectedEvent, Row } from '#forlop/projections';
import { column, defineTable, upsert } from '#forlop/projections';
import { accessIn, operatorActIn } from '../access.js';
import { defineReadModel } from '../current.js';
import { entryColumns } from '../entry-table.js';
import {
  ACCESS_STREAM,
  CASE_STREAM,
  DEADLINE_STREAM,
  PERSON_STREAM,
  REPORT_STREAM,
  entryOf,
  idIn,
} from '../entry.js';

const auditTrailTable = defineTable({
  name: 'read.audit_trail_v1',
  columns: {
    ...entryColumns,
    case_key: column('text'),
    first_case: column('boolean'),
    stream_id: column('text'),
    case_id: column('uuid'),
    person_id: column('uuid'),
    decision: column('text'),
    purpose: column('text'),
    what: column('jsonb'),
    case_ids: column('jsonb'),
  },
  key: ['event_id', 'case_key'],
});

/**
 * The audit trail (sporingslogg): who did what, in which role and for whom, when it happened and when it was recorded, on
 * what legal basis. What was written and what was read, without any text.
 */
export const auditTrail = defineReadModel({
  name: 'audit-trail',
  version: 1,
  tables: [auditTrailTable],
  streams: [CASE_STREAM, PERSON_STREAM, REPORT_STREAM, ACCESS_STREAM, DEADLINE_STREAM],
  project: (event) => (isQuiet(event) ? [] : rowsOf(event)).map((row) => upsert(auditTrailTable, row)),
});

/** Of what becomes of a deadline the trail shows the breaches: all else is who recorded what, and stands there already. */
const isQuiet = ({ streamId, type }: ProjectedEvent): boolean =>
  streamId.startsWith(DEADLINE_STREAM) && type !== 'DeadlineMissed';

function rowsOf(event: ProjectedEvent): Row[] {
  const entry = { ...entryOf(event), stream_id: event.streamId };
  if (event.streamId.startsWith(DEADLINE_STREAM)) return [breachOf(event, entry)];
  const act = operatorActIn(event);
  if (act !== undefined) return [{ ...entry, ...operatorRow(act), back_dated: false }];
  const access = accessIn(event);
  if (access === undefined) return [{ ...entry, ...about(event), first_case: true }];
  const { decision, purpose, what, caseIds } = access;
  const read = { ...entry, decision, purpose, what, back_dated: false };
  const [first, ...others] = caseIds;
  if (first === undefined) return [{ ...read, case_key: '', first_case: true, case_ids: [] }];
  return [
    { ...read, case_key: first, case_id: first, first_case: true, case_ids: caseIds },
    ...others.map((id) => ({ ...read, case_key: id, case_id: id, first_case: false })),
  ];
}

/**
 * A breach of a case; that of a request for access concerns several cases, and stands in the municipality's trail only. Found
 * long afterwards, it was not recorded late: nobody was to record it.
 */
function breachOf({ streamId, data }: ProjectedEvent, entry: Row): Row {
  const caseId = data['rule'] === 'D15' ? null : (idIn(DEADLINE_STREAM, streamId) ?? null);
  return { ...entry, case_key: caseId ?? '', case_id: caseId, first_case: true, back_dated: false };
}

const COMMANDS: Readonly<Record<OperatorActName, string>> = {
  TOKEN: 'forlop token',
  REBUILD: 'forlop projections rebuild',
  SHRED: 'forlop shred',
  EXPORT: 'forlop export',
  RETRY: 'forlop projections retry',
  SKIP: 'forlop projections skip',
  GENERATE: 'forlop generate',
  START: 'forlop reactors start',
};

/** An operator's act concerns no case; a shredding concerns a person. */
const operatorRow = ({ act, target, reason }: OperatorAct): Row => ({
  case_key: '',
  case_id: null,
  person_id: act === 'SHRED' ? target : null,
  first_case: true,
  what: { view: COMMANDS[act], target, ...(reason === undefined ? {} : { reason }) },
});
type OperatorAct = NonNullable<ReturnType<typeof operatorActIn>>;

/** The case or the person that an event of their own stream is about. */
function about({ streamId }: ProjectedEvent): Row {
  const caseId = idIn(CASE_STREAM, streamId) ?? null;
  return { case_key: caseId ?? '', case_id: caseId, person_id: idIn(PERSON_STREAM, streamId) ?? null };
}
