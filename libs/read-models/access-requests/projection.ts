import type {
  AccessRequestEvent,
  AccessRequestEventOf,
  AccessRequestStatus,
  JsonObject,
} from '#forlop/domain';
import type { ProjectedEvent, Row, RowOperation } from '#forlop/projections';
import { column, defineTable, merge, remove, upsert } from '#forlop/projections';
import { defineReadModel } from '../current.js';
import { envelopeOf, idIn, ownerOf } from '../entry.js';

export const REQUEST_STREAM = 'accessrequest-';

export const accessRequestTable = defineTable({
  name: 'read.access_request_v1',
  columns: {
    request_id: column('uuid'),
    requester_ref: column('uuid'),
    case_ids: column('jsonb'),
    basis: column('text'),
    received_at: column('text'),
    due_on: column('date'),
    standings: column('jsonb'),
    state: column('text'),
    decision: column('jsonb'),
    delivery: column('jsonb'),
    assessments: column('jsonb', 'merge'),
    schema_version: column('integer'),
    event_id: column('uuid'),
    payload: column('text'),
    position: column('text'),
    revision: column('integer'),
    municipality: column('text'),
    district: column('text'),
  },
  key: ['request_id'],
});

export const innsynRefusalTable = defineTable({
  name: 'read.innsyn_refusal_v1',
  columns: {
    request_id: column('uuid'),
    document_id: column('uuid'),
    case_id: column('uuid'),
    investigation_id: column('uuid'),
    municipality: column('text'),
    district: column('text'),
  },
  key: ['request_id', 'document_id'],
});

/** The register of requests for access: what each is about, by when it is due, and what became of it. */
export const accessRequests = defineReadModel({
  name: 'access-requests',
  version: 1,
  tables: [accessRequestTable, innsynRefusalTable],
  streams: [REQUEST_STREAM],
  project: (event) => {
    const requestId = idIn(REQUEST_STREAM, event.streamId);
    return requestId === undefined ? [] : operationsOf(requestId, event);
  },
});

function operationsOf(requestId: string, event: ProjectedEvent): readonly RowOperation[] {
  const fact = { type: event.type, data: event.data } as unknown as AccessRequestEvent;
  switch (fact.type) {
    case 'InnsynRequested':
      return [onRequest(requestId, event, 'RECEIVED', requestedRow(event, fact.data))];
    case 'InnsynDocumentAssessed':
      return [
        onRequest(requestId, event, 'UNDER_ASSESSMENT', { assessments: assessmentOf(fact.data) }),
        refusalOf(requestId, event, fact.data),
      ];
    case 'InnsynDecided':
      return [onRequest(requestId, event, 'DECIDED', { decision: decisionOf(event, fact.data) })];
    case 'InnsynDelivered':
      return [onRequest(requestId, event, 'DELIVERED', { delivery: deliveryOf(event, fact.data) })];
    case 'RepresentativeDisclosureMade':
      return [onRequest(requestId, event)];
  }
}

/** The same state as `accessRequestStatus` folds: the last event that changes it says it. */
const onRequest = (
  requestId: string,
  event: ProjectedEvent,
  state: AccessRequestStatus | null = null,
  row: Row = {},
): RowOperation =>
  merge(accessRequestTable, {
    request_id: requestId,
    state,
    position: event.position,
    revision: event.revision,
    ...ownerOf(envelopeOf(event)),
    ...row,
  });

const requestedRow = (
  { eventId, schemaVersion, payload }: ProjectedEvent,
  data: AccessRequestEventOf<'InnsynRequested'>['data'],
): Row => ({
  requester_ref: data.requester.personRef ?? null,
  case_ids: data.caseIds,
  basis: data.basis,
  received_at: data.receivedAt,
  due_on: data.dueOn,
  standings: data.standings,
  event_id: eventId,
  schema_version: schemaVersion,
  payload,
});

const assessmentOf = (data: AccessRequestEventOf<'InnsynDocumentAssessed'>['data']): JsonObject => ({
  [data.documentId]: {
    caseId: data.caseId,
    assessedOn: data.assessedOn,
    result: data.result,
    ...(data.exemption === undefined ? {} : { exemption: { ...data.exemption } as JsonObject }),
    ...(data.investigationId === undefined ? {} : { investigationId: data.investigationId }),
  },
});

/** A refusal that an investigation bears stands until the document is assessed anew. */
function refusalOf(
  requestId: string,
  event: ProjectedEvent,
  { documentId, caseId, investigationId }: AccessRequestEventOf<'InnsynDocumentAssessed'>['data'],
): RowOperation {
  const key = { request_id: requestId, document_id: documentId };
  return investigationId === undefined
    ? remove(innsynRefusalTable, key)
    : upsert(innsynRefusalTable, {
        ...key,
        case_id: caseId,
        investigation_id: investigationId,
        ...ownerOf(envelopeOf(event)),
      });
}

const decisionOf = (
  { position }: ProjectedEvent,
  data: AccessRequestEventOf<'InnsynDecided'>['data'],
): JsonObject => ({
  position,
  decidedOn: data.decidedOn,
  outcome: data.outcome,
  refusalBasis: data.refusalBasis ?? [],
  ...(data.complaintDueOn === undefined ? {} : { complaintDueOn: data.complaintDueOn }),
});

const deliveryOf = (
  { position }: ProjectedEvent,
  data: AccessRequestEventOf<'InnsynDelivered'>['data'],
): JsonObject => ({ position, deliveredOn: data.deliveredOn, packageHash: data.packageHash });
