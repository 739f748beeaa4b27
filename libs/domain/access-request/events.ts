// @NOTE stored format: additive changes only; anything else is a new version plus an upcaster.
/** A request for access to the file (innsynsbegjæring), from the day it came to the day it was answered. */
import { defineEvent, type EventOf } from '../kernel/definition.js';
import { provision } from '../kernel/law-reference.js';
import { computed, date, id, list, oneOf, optional, record } from '../kernel/schema.js';
import { sha256 } from '../kernel/shapes.js';
import { assessment, delivery, disclosure, innsynDecision, request, STANDINGS } from './shapes.js';

export {
  INNSYN_BASES,
  INNSYN_RESULTS,
  STANDINGS,
  type InnsynBasis,
  type InnsynResult,
  type Standing,
} from './shapes.js';

export const InnsynRequested = defineEvent({
  type: 'InnsynRequested',
  schemaVersion: 1,
  norwegian: 'Innsynsbegjæring',
  summary: 'Somebody who has been identified asked to see the file of one or more cases.',
  aggregate: 'accessrequest',
  legalDate: 'receivedAt',
  law: [provision('BVL2021', '12-6', 1), provision('FVL1967', '18', 1)],
  shape: {
    ...request,
    /** Case by case, as it was known on that day. */
    standings: computed(list(record({ caseId: id(), standing: oneOf(STANDINGS) }))),
    /** D15. */
    dueOn: computed(date()),
  },
  journalRelevant: true,
});

export const InnsynDocumentAssessed = defineEvent({
  type: 'InnsynDocumentAssessed',
  schemaVersion: 1,
  norwegian: 'Dokumentvurdering',
  summary:
    'Whether the party sees a document or an entry, in full, in part or not at all, and on what ground not.',
  aggregate: 'accessrequest',
  legalDate: 'assessedOn',
  law: [provision('BVL2021', '12-6'), provision('FVL1967', '18', 2), provision('FVL1967', '19')],
  shape: {
    ...assessment,
    /** The case that it stands in. */
    caseId: computed(id()),
    /** Whose end lifts the refusal. */
    investigationId: optional(computed(id())),
    /** The corrections that it stood with, oldest first: what is corrected later was not assessed. */
    corrections: optional(computed(list(id()))),
  },
  journalRelevant: true,
});

export const InnsynDecided = defineEvent({
  type: 'InnsynDecided',
  schemaVersion: 1,
  norwegian: 'Innsyn avgjort',
  summary: 'The request was decided, document by document, with the grounds and the time to complain.',
  aggregate: 'accessrequest',
  legalDate: 'decidedOn',
  law: [provision('FVL1967', '21', 1), provision('BVL2021', '12-6')],
  /** `complaintDueOn` is D16. */
  shape: { ...innsynDecision, complaintDueOn: optional(computed(date())) },
  journalRelevant: true,
});

export const InnsynDelivered = defineEvent({
  type: 'InnsynDelivered',
  schemaVersion: 1,
  norwegian: 'Innsyn utlevert',
  summary: 'The package was handed over; its hash proves what was in it.',
  aggregate: 'accessrequest',
  legalDate: 'deliveredOn',
  law: [provision('FVL1967', '20', 1), provision('FVL1967', '20', 2)],
  shape: { ...delivery, packageHash: computed(sha256()) },
  journalRelevant: true,
});

export const RepresentativeDisclosureMade = defineEvent({
  type: 'RepresentativeDisclosureMade',
  schemaVersion: 1,
  norwegian: 'Gjort kjent for representant',
  summary: 'What was withheld from the party was made known to a representative of the party.',
  aggregate: 'accessrequest',
  legalDate: 'disclosedOn',
  law: [provision('BVL2021', '12-6', 2), provision('FVL1967', '19', 1, 'd')],
  shape: disclosure,
  journalRelevant: true,
});

export const accessRequestEvents = {
  InnsynRequested,
  InnsynDocumentAssessed,
  InnsynDecided,
  InnsynDelivered,
  RepresentativeDisclosureMade,
} as const;

export type AccessRequestEventType = keyof typeof accessRequestEvents;
/** The event of a type. */
export type AccessRequestEventOf<T extends AccessRequestEventType> = EventOf<(typeof accessRequestEvents)[T]>;
export type AccessRequestEvent = {
  [T in AccessRequestEventType]: AccessRequestEventOf<T>;
}[AccessRequestEventType];
