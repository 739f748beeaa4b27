import { INNSYN_BASES, INNSYN_RESULTS, STANDINGS } from '#forlop/domain';

const text = { type: 'string' } as const;
const uuid = { type: 'string', format: 'uuid' } as const;
const date = { type: 'string', format: 'date' } as const;
const flag = { type: 'boolean' } as const;
const result = { type: 'string', enum: [...INNSYN_RESULTS] } as const;
const provisions = { type: 'array', items: { type: 'object' } } as const;

export const accessRequestItemSchema = {
  type: 'object',
  required: ['requestId', 'caseIds', 'basis', 'receivedAt', 'dueOn', 'overdue', 'state', 'revision'],
  properties: {
    requestId: uuid,
    requesterRef: uuid,
    caseIds: { type: 'array', items: uuid },
    basis: { type: 'string', enum: [...INNSYN_BASES] },
    receivedAt: { type: 'string', format: 'date-time' },
    dueOn: date,
    overdue: flag,
    state: { type: 'string', enum: ['RECEIVED', 'UNDER_ASSESSMENT', 'DECIDED', 'DELIVERED'] },
    outcome: result,
    decidedOn: date,
    deliveredOn: date,
    revision: { type: 'integer', minimum: 0 },
    position: text,
  },
} as const;

export const accessRequestSchema = {
  type: 'object',
  required: [...accessRequestItemSchema.required, 'requester', 'standings'],
  properties: {
    ...accessRequestItemSchema.properties,
    requester: { type: 'object' },
    identityProof: text,
    scope: text,
    standings: {
      type: 'array',
      items: {
        type: 'object',
        required: ['caseId', 'standing'],
        properties: { caseId: uuid, standing: { type: 'string', enum: [...STANDINGS] } },
      },
    },
    refusalBasis: provisions,
    complaintDueOn: date,
    packageHash: text,
    assessments: {
      type: 'array',
      items: {
        type: 'object',
        required: ['documentId', 'caseId', 'assessedOn', 'result'],
        properties: {
          documentId: uuid,
          caseId: uuid,
          assessedOn: date,
          result,
          exemption: { type: 'object' },
          investigationId: uuid,
        },
      },
    },
    tasks: {
      type: 'array',
      items: {
        type: 'object',
        required: ['kind', 'rule', 'dueOn', 'causedBy', 'overdue', 'requestId', 'documentId'],
        properties: {
          kind: text,
          rule: text,
          dueOn: date,
          causedBy: uuid,
          overdue: flag,
          requestId: uuid,
          documentId: uuid,
        },
      },
    },
  },
} as const;

export const proposalItemSchema = {
  type: 'object',
  required: [
    'documentId',
    'caseId',
    'eventId',
    'position',
    'kind',
    'type',
    'norwegian',
    'legalDate',
    'internal',
    'confidential',
    'mustBeAssessed',
    'retracted',
  ],
  properties: {
    documentId: uuid,
    caseId: uuid,
    eventId: uuid,
    position: text,
    kind: { type: 'string', enum: ['DOCUMENT', 'ENTRY'] },
    type: text,
    norwegian: text,
    documentClass: text,
    legalDate: date,
    internal: flag,
    confidential: flag,
    mustBeAssessed: flag,
    retracted: flag,
    assessment: { type: 'object' },
  },
} as const;

/** The manifest: keys in order, so that equal packages are equal byte for byte. */
export const packageSchema = {
  type: 'object',
  required: ['asOf', 'basis', 'caseIds', 'decision', 'entries', 'format', 'receivedOn', 'requestId'],
  properties: {
    format: text,
    requestId: uuid,
    caseIds: { type: 'array', items: uuid },
    basis: text,
    receivedOn: date,
    asOf: { type: 'object', properties: { storeId: text, position: text } },
    decision: { type: 'object' },
    entries: {
      type: 'array',
      items: {
        type: 'object',
        required: ['number', 'eventId', 'position', 'hash', 'type', 'kind', 'result'],
        properties: {
          number: { type: 'integer', minimum: 1 },
          caseId: uuid,
          eventId: uuid,
          position: text,
          hash: text,
          type: text,
          name: text,
          legalDate: date,
          documentId: uuid,
          kind: { type: 'string', enum: ['DOCUMENT', 'ENTRY'] },
          retracted: flag,
          result: { type: 'string', enum: [...INNSYN_RESULTS, 'IKKE_AVGJORT'] },
          content: { type: 'object' },
          withheld: { type: 'object' },
          archive: { type: 'object' },
        },
      },
    },
  },
} as const;
