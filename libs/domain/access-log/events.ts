// @NOTE stored format: additive changes only; anything else is a new version plus an upcaster.
/** Events of the access log, one stream per municipality and day: appended, never decided. */
import { defineEvent, type EventOf } from '../kernel/definition.js';
import { ROLES } from '../kernel/envelope.js';
import { provision } from '../kernel/law-reference.js';
import { date, id, instant, list, oneOf, optional, record, reference } from '../kernel/schema.js';
import { organisation, provisionShape } from '../kernel/shapes.js';
import { decisionRef } from '../person/events.js';

export const PURPOSES = ['TJENSTLIG', 'INNSYN', 'TILSYN', 'RAPPORT'] as const;
export type Purpose = (typeof PURPOSES)[number];

export const ACCESS_DECISIONS = ['PERMIT', 'DENY'] as const;
export type AccessDecision = (typeof ACCESS_DECISIONS)[number];

/** `sub` of a token: an id in whatever form the issuer gives it, without spaces. */
export const subjectId = () =>
  reference(/^[A-Za-z0-9][A-Za-z0-9._:@|+/=~-]{0,127}$/, 'id-en fra tokenet, uten mellomrom', 'ansatt-17');

/** The route as the service declares it, with `{…}` for what a caller fills in, or the name of an operator's command. */
export const viewName = () =>
  reference(
    /^[A-Za-z][A-Za-z0-9 /{}._:-]{0,127}$/,
    'ruten slik tjenesten beskriver den',
    'GET /cases/{caseId}/history',
  );

export const position = () =>
  reference(/^[a-z]{2,8}(?::\d{20}){1,2}$/, 'posisjonen slik tjenesten ga den', 'pg:00000000000000000042');

/** Tilgangslogg. */
export const CaseHistoryAccessed = defineEvent({
  type: 'CaseHistoryAccessed',
  schemaVersion: 1,
  norwegian: 'Tilgang til sak',
  summary: 'Somebody read, searched or tried to: recorded before the answer leaves, permitted or denied.',
  aggregate: 'accesslog',
  legalDate: 'when',
  law: [provision('BVL2021', '13-1')],
  shape: {
    who: subjectId(),
    role: oneOf(ROLES),
    org: organisation(),
    caseIds: list(id()),
    what: record({ view: viewName(), from: optional(position()), to: optional(position()) }),
    when: instant(),
    purpose: oneOf(PURPOSES),
    decision: oneOf(ACCESS_DECISIONS),
    legalBasis: optional(list(provisionShape())),
  },
  journalRelevant: false,
});

export const OPERATOR_ACTS = [
  'TOKEN',
  'REBUILD',
  'SHRED',
  'EXPORT',
  'RETRY',
  'SKIP',
  'GENERATE',
  'START',
] as const;
export type OperatorActName = (typeof OPERATOR_ACTS)[number];

/** What an operator's act was about: `LEDER:dev-leder` of a token, a personId, a projection (`case-history:childcase-…`). */
export const operatorTarget = () =>
  reference(
    /^[A-Za-z0-9][A-Za-z0-9._:@|+/=~-]{0,199}$/,
    'det handlingen gjaldt, uten mellomrom og uten navn',
    'LEDER:dev-leder',
  );

/** Driftshandling. */
export const OperatorActRecorded = defineEvent({
  type: 'OperatorActRecorded',
  schemaVersion: 1,
  norwegian: 'Driftshandling',
  summary:
    'Whoever runs the service issued a token, rebuilt or mended a read model, destroyed a key or took data out.',
  aggregate: 'accesslog',
  legalDate: 'on',
  law: [provision('BVL2021', '13-1')],
  shape: {
    act: oneOf(OPERATOR_ACTS),
    /** `operator:` and the account name. */
    operator: subjectId(),
    target: operatorTarget(),
    /** The decision that it rests on. */
    reason: optional(decisionRef()),
    on: date(),
  },
  journalRelevant: false,
});

export type AccessLogEvent = EventOf<typeof CaseHistoryAccessed> | EventOf<typeof OperatorActRecorded>;

export const accessLogEvents = { CaseHistoryAccessed, OperatorActRecorded } as const;
