import { accessedView } from '../audit-trail/trail-schema.js';

const text = { type: 'string' } as const;
const uuid = { type: 'string', format: 'uuid' } as const;
const date = { type: 'string', format: 'date' } as const;
const objects = { type: 'array', items: { type: 'object' } } as const;

const identity = {
  caseId: uuid,
  personId: uuid,
  municipality: { type: 'string', pattern: '^\\d{4}$' },
  district: { type: 'string', pattern: '^\\d{2}$' },
  state: text,
  revision: { type: 'integer', minimum: 0 },
} as const;

export const caseListItemSchema = {
  type: 'object',
  required: ['caseId', 'personId', 'municipality', 'state', 'revision', 'position'],
  properties: { ...identity, position: text, changedAt: { type: 'string', format: 'date-time' } },
} as const;

export const caseSchema = {
  type: 'object',
  required: [
    'caseId',
    'personId',
    'municipality',
    'state',
    'revision',
    'plans',
    'measures',
    'deadlines',
    'tasks',
  ],
  properties: {
    ...identity,
    referrals: objects,
    investigations: objects,
    participations: objects,
    parties: objects,
    consents: {
      type: 'array',
      items: {
        type: 'object',
        required: ['effective'],
        properties: { consentId: uuid, effective: { type: 'boolean' } },
      },
    },
    decisions: objects,
    plans: objects,
    measures: {
      type: 'array',
      items: {
        type: 'object',
        required: ['measureId', 'catalogueCode', 'state', 'startedOn', 'endedOn'],
        properties: {
          measureId: uuid,
          catalogueCode: text,
          state: text,
          startedOn: { ...date, type: ['string', 'null'] },
          endedOn: { ...date, type: ['string', 'null'] },
        },
      },
    },
    deadlines: {
      type: 'array',
      items: {
        type: 'object',
        required: ['rule', 'dueOn', 'dueOnRolled'],
        properties: {
          rule: text,
          dueOn: date,
          dueOnRolled: date,
          metOn: date,
          daysLate: { type: 'integer' },
        },
      },
    },
    tasks: {
      type: 'array',
      items: {
        type: 'object',
        required: ['kind', 'rule', 'dueOn', 'causedBy', 'overdue'],
        properties: {
          kind: text,
          rule: text,
          dueOn: date,
          causedBy: uuid,
          overdue: { type: 'boolean' },
          measureId: uuid,
          consentId: uuid,
        },
      },
    },
  },
} as const;

export const accessLogItemSchema = {
  type: 'object',
  required: ['position', 'eventId', 'accessedAt', 'recordedAt', 'who', 'role', 'org', 'decision'],
  properties: {
    position: text,
    eventId: uuid,
    accessedAt: { type: 'string', format: 'date-time' },
    recordedAt: { type: 'string', format: 'date-time' },
    who: text,
    role: text,
    org: text,
    unit: text,
    onBehalfOf: text,
    what: accessedView,
    purpose: text,
    decision: { type: 'string', enum: ['PERMIT', 'DENY'] },
    legalBasis: objects,
  },
} as const;
