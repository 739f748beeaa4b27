import { ANSWERS, AUTHORITIES } from '#forlop/domain';

const text = { type: 'string' } as const;
const uuid = { type: 'string', format: 'uuid' } as const;
const date = { type: 'string', format: 'date' } as const;

const asOf = {
  type: 'object',
  required: ['storeId', 'position', 'lastEventId'],
  properties: { storeId: text, position: text, lastEventId: uuid },
} as const;

export const supervisionSchema = {
  type: 'object',
  required: [
    'supervisionId',
    'authority',
    'authorityOrg',
    'basis',
    'scope',
    'state',
    'openedOn',
    'replays',
    'judgedOn',
    'cases',
    'questions',
  ],
  properties: {
    supervisionId: uuid,
    authority: { type: 'string', enum: [...AUTHORITIES] },
    authorityOrg: text,
    basis: { type: ['object', 'string'] },
    scope: { type: 'object' },
    state: { type: 'string', enum: ['OPEN', 'CLOSED'] },
    openedOn: date,
    closedOn: date,
    replays: { type: 'array', items: { type: 'object' } },
    judgedOn: date,
    cases: {
      type: 'array',
      items: {
        type: 'object',
        required: ['caseId', 'municipality', 'asOf'],
        properties: { caseId: uuid, municipality: text, district: text, asOf },
      },
    },
    questions: {
      type: 'array',
      items: {
        type: 'object',
        required: ['caseId', 'id', 'question', 'answer', 'explanation', 'evidence'],
        properties: {
          caseId: uuid,
          id: text,
          question: text,
          answer: { type: 'string', enum: [...ANSWERS] },
          explanation: text,
          evidence: { type: 'array', items: uuid },
        },
      },
    },
    next: text,
  },
} as const;
