/**
 * The two clocks: what was known at one instant about the time until another. Entries recorded later are not there, nor are
 * corrections among them, so the answer for an earlier instant never changes.
 */
import {
  endOfDayOslo,
  epochMs,
  isLocalDate,
  osloDate,
  startOfDayOslo,
  type Instant,
  type LocalDate,
} from '../../kernel/dates.js';
import type { RulesetVersion } from '../../kernel/envelope.js';
import type { Flag } from '../../kernel/flags.js';
import { rulesetAt } from '../../law/rulesets.js';
import { caseStateOf, effectiveEntries, type Effective } from './effective.js';
import { isCorrection, type CaseFact } from './events.js';
import { flagsNow, legalDateIn, legalValueIn, type Entry } from './judge.js';
import { standsAt, type Standing } from './standing.js';

/** An instant, or a date: the end of that day in Europe/Oslo. Both are inclusive. */
export type Moment = string;

export const lastInstantOf = (moment: Moment): Instant =>
  isLocalDate(moment) ? endOfDayOslo(moment) : moment;

export interface Clocks {
  /** Entries recorded until then; all when not given. */
  readonly knownAt?: Moment;
  /** What had happened until then. */
  readonly validAt: Moment;
}

/** An entry that was known, and what was known of it. */
export interface EntryAsKnown<E extends Entry = Entry> {
  readonly recorded: E;
  /** As corrected by then. */
  readonly event: CaseFact;
  /** By its legal date as corrected, with the offset of its day. */
  readonly occurredAt: () => Instant;
  readonly rulesetVersion: RulesetVersion;
  /** By the SOFT rules as the case was known by then; those it was recorded with stand on the event. */
  readonly flagsNow: readonly Flag[];
  /** Corrections that counted for it, oldest first; of a correction, the one that took its place. */
  readonly correctedBy: readonly string[];
  readonly retractedBy?: string;
}

export interface CaseAsKnown<E extends Entry = Entry> {
  readonly entries: readonly EntryAsKnown<E>[];
  /** `null` while nothing had happened. */
  readonly state: Standing | null;
}

export function caseAsKnown<E extends Entry>(
  entries: readonly E[],
  { knownAt, validAt }: Clocks,
): CaseAsKnown<E> {
  const until = knownAt === undefined ? Infinity : epochMs(lastInstantOf(knownAt));
  const valid = lastInstantOf(validAt);
  const day = osloDate(valid);
  const known = entries.filter(({ recordedAt }) => epochMs(recordedAt) <= until);
  const effective = effectiveEntries(known, day);
  const flags = flagsNow(known, effective);
  const happened = (entry: Effective): boolean => hasHappened(entry.event, valid, day);
  const state = caseStateOf(effective, happened);
  return {
    entries: effective.filter(happened).map((entry) => knownEntry(entry, flags)),
    state: state.situation === 'none' ? null : standsAt(state, day),
  };
}

function knownEntry<E extends Entry>(
  { recorded, event, correctedBy, replacedBy, retractedBy }: Effective<E>,
  flags: ReadonlyMap<string, readonly Flag[]>,
): EntryAsKnown<E> {
  return {
    recorded,
    event,
    occurredAt: () => occurredAtOf(event),
    rulesetVersion: rulesetAt(isCorrection(event) ? event.data.on : legalDateIn(event)),
    flagsNow: flags.get(recorded.eventId) ?? [],
    correctedBy: [...correctedBy, ...(replacedBy === undefined ? [] : [replacedBy])].map(
      ({ eventId }) => eventId,
    ),
    ...(retractedBy === undefined ? {} : { retractedBy: retractedBy.eventId }),
  };
}

/**
 * Whether an entry says something about the time until an instant: a correction from its effective date on, whenever it was
 * made. A day has happened once it has begun, so its date is compared with that of the instant.
 */
function hasHappened(event: CaseFact, valid: Instant, day: LocalDate): boolean {
  const value = isCorrection(event) ? event.data.effectiveOn : legalValueIn(event);
  return isLocalDate(value) ? value <= day : epochMs(value) <= epochMs(valid);
}

function occurredAtOf(event: CaseFact): Instant {
  const value = isCorrection(event) ? event.data.on : legalValueIn(event);
  return isLocalDate(value) ? startOfDayOslo(value) : value;
}
