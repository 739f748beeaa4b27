// @NOTE stored format: additive changes only; anything else is a new version plus an upcaster.
/** An entry of a case is corrected or retracted: nothing is edited, nothing deleted (rule 53). */
import { defineEvent, type EventOf } from '../../kernel/definition.js';
import { provision } from '../../kernel/law-reference.js';
import {
  byRule,
  computed,
  date,
  id,
  list,
  oneOf,
  openRecord,
  optional,
  record,
  reference,
  text,
  type Shape,
} from '../../kernel/schema.js';
import { caseEvents, type CaseEvent, type CaseEventType } from '../events.js';
import { patchShape } from './patch.js';

const LAW = [provision('BVL2021', '12-4', 1), provision('ARKL2025', '5')];

export const retraction = {
  /** The entry: any event of the case, a correction or a retraction too. */
  targetEventId: id(),
  /** Why (rule 53). */
  reason: byRule(text()),
  /** From which day it counts; the legal date of the entry when not given. */
  effectiveOn: optional(date()),
  /** When it was found out and put right. */
  on: date(),
};
export const correction = {
  ...retraction,
  /** Fields of the entry's own shape, each whole; `null` takes away one that it should not have had. */
  newValues: openRecord(),
};

const TYPES = [...(Object.keys(caseEvents) as CaseEventType[]), 'EntryCorrected', 'EntryRetracted'] as const;
/** What can be corrected: a correction of a correction is one of the entry that both are about. */
const CORRECTABLE = [...(Object.keys(caseEvents) as CaseEventType[]), 'EntryRetracted'] as const;
export type CorrectableType = (typeof CORRECTABLE)[number];

const standing = {
  targetEventId: id(),
  reason: text(),
  effectiveOn: date(),
  on: date(),
};
const correctedShape = {
  ...standing,
  /** Type of the entry whose fields `newValues` are. */
  targetType: computed(oneOf(CORRECTABLE)),
  newValues: openRecord(),
  /** Fields that the entry should not have had. */
  removed: optional(computed(list(reference(/^[A-Za-z]{1,40}$/, 'navnet på et felt', 'validTo')))),
};

export const EntryRetracted = defineEvent({
  type: 'EntryRetracted',
  schemaVersion: 1,
  norwegian: 'Oppføring trukket tilbake',
  summary: 'An entry was wrong altogether and no longer counts; it stays in the history, marked.',
  aggregate: 'childcase',
  legalDate: 'on',
  law: LAW,
  shape: { ...standing, targetType: computed(oneOf(TYPES)) },
  journalRelevant: true,
});

/** The fields of an entry that can be corrected. */
export const shapeOfEntry = (type: CorrectableType): Shape =>
  type === 'EntryRetracted'
    ? { reason: standing.reason, effectiveOn: standing.effectiveOn, on: standing.on }
    : caseEvents[type].shape;

/** One shape for each type, made once: the seal remembers what it derives from a shape. */
const shapes = new Map<CorrectableType, Shape>(
  CORRECTABLE.map((type) => [type, { ...correctedShape, newValues: record(patchShape(shapeOfEntry(type))) }]),
);

export const EntryCorrected = defineEvent({
  type: 'EntryCorrected',
  schemaVersion: 1,
  norwegian: 'Oppføring rettet',
  summary: 'An entry was wrong in some of its fields; what it said before stays in the history.',
  aggregate: 'childcase',
  legalDate: 'on',
  law: LAW,
  shape: correctedShape,
  shapeOf: (data) => shapes.get((data as { targetType: CorrectableType }).targetType) ?? correctedShape,
  journalRelevant: true,
});

export const correctionEvents = { EntryCorrected, EntryRetracted } as const;
export type CorrectionEventOf<T extends keyof typeof correctionEvents> = EventOf<
  (typeof correctionEvents)[T]
>;
export type CorrectionEvent = CorrectionEventOf<'EntryCorrected'> | CorrectionEventOf<'EntryRetracted'>;

/** Whatever the stream of a case holds. */
export type CaseFact = CaseEvent | CorrectionEvent;

export const isCorrection = (event: CaseFact): event is CorrectionEvent =>
  event.type === 'EntryCorrected' || event.type === 'EntryRetracted';
