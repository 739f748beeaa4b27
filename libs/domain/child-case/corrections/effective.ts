/**
 * What a case says once its corrections are taken into account. A correction never changes an event: it is one more event
 * of the stream, and whoever folds the stream folds what these functions give. They are total: any list gives an answer.
 */
import type { LocalDate } from '../../kernel/dates.js';
import type { CaseEvent } from '../events.js';
import { evolve } from '../evolve.js';
import { openedBy } from '../evolve/intake.js';
import { noCase, type CaseState } from '../state.js';
import { withDerived } from '../derived.js';
import { isCorrection, type CaseFact, type CorrectionEventOf } from './events.js';
import { patched } from './patch.js';

/** An event of a case, as it stands in the stream. */
export interface Recorded {
  readonly eventId: string;
  readonly event: CaseFact;
}

/** An entry and what has become of it. No entry is left out, so that a history loses none. */
export interface Effective<E extends Recorded = Recorded> {
  readonly recorded: E;
  /** As corrected; of a retracted entry, as it last was. */
  readonly event: CaseFact;
  /** The corrections that count for it, oldest first. */
  readonly correctedBy: readonly E[];
  readonly retractedBy?: E;
  /** Of a correction: the correction that took its place. */
  readonly replacedBy?: E;
}

/**
 * Every entry, in the order of the stream, with what corrections have made of it: of several for one entry, the newest
 * counts field by field; a correction of a correction takes its place; what is retracted no longer counts.
 * @param validOn leaves out corrections that are effective only after that day
 */
export function effectiveEntries<E extends Recorded>(
  entries: readonly E[],
  validOn?: LocalDate,
): readonly Effective<E>[] {
  if (!entries.some(({ event }) => isCorrection(event))) {
    return entries.map((recorded) => ({ recorded, event: recorded.event, correctedBy: [] }));
  }
  const known = standingOf(entries, validOn);
  return rederived(entries.map((recorded) => effective(recorded, known)));
}

/** The events that count, as corrected: what state, deadlines and figures are folded from. */
export const effectiveEvents = (entries: readonly Recorded[], validOn?: LocalDate): readonly CaseEvent[] =>
  effectiveEntries(entries, validOn).flatMap((entry) => countedEvent(entry) ?? []);

/** The fact that an entry adds to the case; `undefined` of a correction, and of what is retracted. */
export function countedEvent({ event, retractedBy }: Effective): CaseEvent | undefined {
  return retractedBy === undefined && !isCorrection(event) ? event : undefined;
}

/**
 * The state of a case.
 * @param happened which entries to go by; all when not given
 */
export function caseStateOf(
  entries: readonly Effective[],
  happened: (entry: Effective) => boolean = () => true,
): CaseState {
  const after = stepping(entries);
  return entries.filter(happened).reduce(after, noCase);
}

/** The state as the case's own commands are judged by it. */
export const caseStateIn = (entries: readonly Recorded[]): CaseState =>
  caseStateOf(effectiveEntries(entries));

/**
 * One more entry. A case whose opening referral is retracted, or lies after what is asked about, is still the case of its
 * child: what is retracted is that a referral came.
 */
export function stepping(entries: readonly Effective[]): (state: CaseState, entry: Effective) => CaseState {
  const [first] = entries;
  const opening = (): CaseState =>
    first?.event.type === 'ReferralReceived' ? openedBy(first.event) : noCase;
  return (state, entry) => {
    const event = countedEvent(entry);
    if (event === undefined) return entry === first && state.situation === 'none' ? opening() : state;
    if (event.type === 'ReferralReceived') return evolve(state, event);
    const begun = state.situation === 'none' ? opening() : state;
    return begun.situation === 'none' ? begun : evolve(begun, event);
  };
}

/** The entry that a correction is about in the end: a correction of a correction is about the same. */
export function rootOf<E extends Recorded>(byId: ReadonlyMap<string, E>, eventId: string): E | undefined {
  let entry = byId.get(eventId);
  for (let steps = byId.size; entry?.event.type === 'EntryCorrected' && steps > 0; steps -= 1) {
    entry = byId.get(entry.event.data.targetEventId);
  }
  return entry?.event.type === 'EntryCorrected' ? undefined : entry;
}

export const byEventId = <E extends Recorded>(entries: readonly E[]): ReadonlyMap<string, E> =>
  new Map(entries.map((entry) => [entry.eventId, entry]));

interface Standing<E> {
  readonly retracted: ReadonlyMap<string, E>;
  readonly replaced: ReadonlyMap<string, E>;
  readonly corrected: ReadonlyMap<string, readonly E[]>;
}

/** Backwards: whether a correction counts is known once everything that came after it is. */
function standingOf<E extends Recorded>(entries: readonly E[], validOn: LocalDate | undefined): Standing<E> {
  const retracted = new Map<string, E>();
  const replaced = new Map<string, E>();
  const corrected = new Map<string, readonly E[]>();
  const earlier = new Map(byEventId(entries));
  for (const entry of [...entries].reverse()) {
    earlier.delete(entry.eventId);
    const { event, eventId } = entry;
    if (!isCorrection(event) || retracted.has(eventId) || replaced.has(eventId)) continue;
    const { targetEventId, effectiveOn } = amended(event, corrected.get(eventId)).data;
    const target = earlier.get(targetEventId);
    const root = rootOf(earlier, targetEventId);
    if (target === undefined || root === undefined || (validOn !== undefined && effectiveOn > validOn))
      continue;
    if (event.type === 'EntryRetracted') {
      retracted.set(targetEventId, entry);
      continue;
    }
    if (target !== root) replaced.set(targetEventId, entry);
    corrected.set(root.eventId, [entry, ...(corrected.get(root.eventId) ?? [])]);
  }
  return { retracted, replaced, corrected };
}

function effective<E extends Recorded>(recorded: E, known: Standing<E>): Effective<E> {
  const { eventId, event } = recorded;
  const correctedBy = known.corrected.get(eventId) ?? [];
  const retractedBy = known.retracted.get(eventId);
  const replacedBy = known.replaced.get(eventId);
  return {
    recorded,
    event: amended(event, correctedBy),
    correctedBy,
    ...(retractedBy === undefined ? {} : { retractedBy }),
    ...(replacedBy === undefined ? {} : { replacedBy }),
  };
}

/** The event with its corrections, and with the flags of the last: those that it was judged to have then. */
function amended<F extends CaseFact>(event: F, corrections: readonly Recorded[] = []): F {
  const patches = corrections.map((entry) => entry.event as CorrectionEventOf<'EntryCorrected'>);
  const last = patches.at(-1);
  if (last === undefined) return event;
  const data = patches.reduce<object>((before, { data: patch }) => patched(before, patch), event.data);
  return { ...event, data, flags: last.flags ?? [] };
}

/** What the service computed from other entries follows their corrections. */
function rederived<E extends Recorded>(entries: readonly Effective<E>[]): readonly Effective<E>[] {
  const after = stepping(entries);
  let state: CaseState = noCase;
  return entries.map((entry) => {
    const event = countedEvent(entry);
    const now = event === undefined ? entry : { ...entry, event: withDerived(event, state) };
    state = after(state, now);
    return now;
  });
}
