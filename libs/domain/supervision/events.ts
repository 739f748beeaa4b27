// @NOTE stored format: additive changes only; anything else is a new version plus an upcaster.
/** A supervision (tilsynssak): what gives a supervisor the right to replay cases, and each replay. */
import { defineEvent, type EventOf } from '../kernel/definition.js';
import { provision } from '../kernel/law-reference.js';
import { computed, instant, oneOf } from '../kernel/schema.js';
import { organisation } from '../kernel/shapes.js';
import { AUTHORITIES, closing, replay, supervision } from './shapes.js';

export { AUTHORITIES, COMPLAINT, type Authority } from './shapes.js';

export const SupervisionOpened = defineEvent({
  type: 'SupervisionOpened',
  schemaVersion: 1,
  norwegian: 'Tilsyn åpnet',
  summary:
    'A supervisory authority opened a supervision, or the treatment of a complaint, of named municipalities.',
  aggregate: 'supervision',
  legalDate: 'on',
  law: [
    provision('BVL2021', '17-2'),
    provision('BVL2021', '17-3'),
    provision('BVL2021', '17-4'),
    provision('BVL2021', '12-9'),
  ],
  shape: {
    ...supervision,
    authority: oneOf(AUTHORITIES),
    /** Whose supervision it is: another office of the same kind replays nothing in it. */
    authorityOrg: computed(organisation()),
  },
  journalRelevant: false,
});

export const CaseHistoryReplayed = defineEvent({
  type: 'CaseHistoryReplayed',
  schemaVersion: 1,
  norwegian: 'Sak gjennomgått',
  summary: 'A supervisor replayed the history of cases inside the scope, as it was known at an instant.',
  aggregate: 'supervision',
  legalDate: 'replayedAt',
  law: [provision('BVL2021', '17-4')],
  shape: { ...replay, replayedAt: computed(instant()) },
  journalRelevant: false,
});

export const SupervisionClosed = defineEvent({
  type: 'SupervisionClosed',
  schemaVersion: 1,
  norwegian: 'Tilsyn avsluttet',
  summary: 'The supervision ended, and with it the right to replay.',
  aggregate: 'supervision',
  legalDate: 'on',
  law: [provision('BVL2021', '17-3')],
  shape: closing,
  journalRelevant: false,
});

export const supervisionEvents = { SupervisionOpened, CaseHistoryReplayed, SupervisionClosed } as const;

export type SupervisionEventType = keyof typeof supervisionEvents;
export type SupervisionEvent = {
  [T in SupervisionEventType]: EventOf<(typeof supervisionEvents)[T]>;
}[SupervisionEventType];
