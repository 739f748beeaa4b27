const text = { type: 'string' } as const;
const uuid = { type: 'string', format: 'uuid' } as const;

/** What was read: the route as it is written, and between which positions where it was a replay. */
export const accessedView = {
  type: 'object',
  required: ['view'],
  properties: { view: text, from: text, to: text },
} as const;

/** The same of a trail, where an operator's command has a target. */
const trailed = {
  ...accessedView,
  properties: { ...accessedView.properties, target: text, reason: text },
} as const;

/** JSON Schema of what history and audit trail have in common. */
export const entryProperties = {
  position: text,
  revision: { type: 'integer', minimum: 0 },
  eventId: uuid,
  type: text,
  occurredAt: { type: 'string', format: 'date-time' },
  recordedAt: { type: 'string', format: 'date-time' },
  actor: {
    type: 'object',
    required: ['subjectId', 'role', 'orgNumber'],
    properties: { subjectId: text, role: text, orgNumber: text, unit: text, onBehalfOf: text },
  },
  legalBasis: { type: 'array', items: { type: 'object' } },
  rulesetVersion: text,
  flags: { type: 'array', items: { type: 'object' } },
} as const;

export const trailItemSchema = {
  type: 'object',
  required: ['position', 'eventId', 'type', 'occurredAt', 'recordedAt', 'actor', 'backDated'],
  properties: {
    ...entryProperties,
    backDated: { type: 'boolean' },
    caseId: uuid,
    personId: uuid,
    caseIds: { type: 'array', items: uuid },
    decision: { type: 'string', enum: ['PERMIT', 'DENY'] },
    purpose: text,
    what: trailed,
  },
} as const;
