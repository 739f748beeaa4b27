import { DIFFERENCES } from '#forlop/domain';
import { entryProperties } from '../audit-trail/trail-schema.js';
import { listSchema } from '../http/page-answer.js';

const text = { type: 'string' } as const;
const uuid = { type: 'string', format: 'uuid' } as const;
const instant = { type: 'string', format: 'date-time' } as const;
const object = { type: 'object' } as const;

const things = (id: string) => ({
  type: 'array',
  items: { type: 'object', required: [id, 'state'], properties: { [id]: uuid, state: text } },
});

const item = {
  type: 'object',
  required: [
    'position',
    'revision',
    'eventId',
    'type',
    'occurredAt',
    'recordedAt',
    'actor',
    'rulesetVersion',
    'flags',
    'flagsNow',
    'corrected',
    'retracted',
    'data',
  ],
  properties: {
    ...entryProperties,
    flagsNow: { type: 'array', items: object },
    corrected: { type: 'boolean' },
    retracted: { type: 'boolean' },
    correctedBy: { type: 'array', items: uuid },
    retractedBy: uuid,
    data: { ...object, description: 'As corrected by knownAt.' },
    dataThen: { ...object, description: 'As it was recorded, where that was corrected.' },
  },
} as const;

const list = listSchema(item);

/** JSON Schema of the chronology of a case, by both clocks. */
export const historySchema = {
  ...list,
  required: [...list.required, 'state', 'readBy'],
  properties: {
    ...list.properties,
    state: {
      type: ['object', 'null'],
      properties: {
        caseStatus: text,
        measures: things('measureId'),
        consents: things('consentId'),
        plans: things('planId'),
      },
    },
    readBy: {
      type: 'array',
      items: {
        type: 'object',
        required: ['who', 'role', 'org', 'reads', 'firstReadAt', 'lastReadAt'],
        properties: {
          who: text,
          role: text,
          org: text,
          onBehalfOf: text,
          reads: { type: 'integer', minimum: 1 },
          firstReadAt: instant,
          lastReadAt: instant,
        },
      },
    },
    differences: {
      type: 'array',
      items: {
        type: 'object',
        required: ['kind'],
        properties: {
          kind: { type: 'string', enum: [...DIFFERENCES] },
          eventId: uuid,
          type: text,
          pointer: text,
          from: {},
          to: {},
        },
      },
    },
  },
};
