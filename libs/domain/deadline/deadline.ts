/** Deadline (frist): what is known of the deadlines of one case or request, and what has become of them since. */
import { addDays, type LocalDate } from '../kernel/dates.js';
import type { Decider } from '../kernel/decider.js';
import type { FlagSlug } from '../kernel/flags.js';
import { daysLate, deadlineFlag, type DeadlineId } from '../law/deadlines.js';
import type { DeadlineEvent } from './events.js';
import { lastDayOf, type StandingDeadline } from './standing.js';

interface Known {
  readonly rule: DeadlineId;
  readonly triggerEventId: string;
  readonly dueOn: LocalDate;
  readonly dueOnRolled: LocalDate;
  /** `missed`: and still not met. */
  readonly situation: 'running' | 'missed' | 'met' | 'lapsed';
  readonly metOn?: LocalDate;
  /** Facts about it so far. */
  readonly facts: number;
}

/** By deadline id. */
export type DeadlineState = Readonly<Record<string, Known>>;

/** A deadline as its entries have it, under the id that it has in the stream. */
export interface IdentifiedDeadline extends StandingDeadline {
  readonly deadlineId: string;
  /**
   * The Oslo day on which it became known: who enters what happened long ago has that day to enter what was done about it, before
   * the clock says that nothing was.
   */
  readonly knownOn?: LocalDate;
}

/** Not asked for by anybody: the entries have changed, or a day has passed. */
export interface FollowDeadlines {
  readonly type: 'FollowDeadlines';
  /** All that stand now; what is not among them has fallen away. */
  readonly standing: readonly IdentifiedDeadline[];
  /** Oslo date. */
  readonly today: LocalDate;
  /** Four digits. */
  readonly municipality: string;
}

const initialState: DeadlineState = {};

const SITUATIONS = {
  DeadlineSet: 'running',
  DeadlineExtended: 'running',
  DeadlineMet: 'met',
  DeadlineMissed: 'missed',
  DeadlineLapsed: 'lapsed',
} as const;

function evolve(state: DeadlineState, { type, data }: DeadlineEvent): DeadlineState {
  const { deadlineId, rule, triggerEventId, dueOn, dueOnRolled, on } = data;
  const known: Known = {
    rule,
    triggerEventId,
    dueOn,
    dueOnRolled,
    situation: SITUATIONS[type],
    ...(type === 'DeadlineMet' ? { metOn: on } : {}),
    facts: (state[deadlineId]?.facts ?? 0) + 1,
  };
  return { ...state, [deadlineId]: known };
}

/** The facts that are lacking; `[]` when all is said. It says nothing twice, however often it is asked. */
function decide(
  { standing, today, municipality }: FollowDeadlines,
  state: DeadlineState,
): readonly DeadlineEvent[] {
  const ids = new Set(standing.map(({ deadlineId }) => deadlineId));
  const gone = Object.entries(state).filter(([id, { situation }]) => !ids.has(id) && situation !== 'lapsed');
  return [
    ...standing.flatMap((deadline) => factsOf(deadline, state[deadline.deadlineId], today, municipality)),
    ...gone.map(([deadlineId, known]) => lapsed(deadlineId, known, today)),
  ];
}

export const deadlines: Decider<DeadlineState, FollowDeadlines, DeadlineEvent> = {
  initialState,
  evolve,
  decide,
};

function factsOf(
  deadline: IdentifiedDeadline,
  known: Known | undefined,
  today: LocalDate,
  municipality: string,
): DeadlineEvent[] {
  const before = known === undefined ? untilExtended(deadline, municipality) : [];
  if (before.length > 0) {
    const since = before.reduce(evolve, initialState)[deadline.deadlineId];
    return [...before, ...factsOf(deadline, since, today, municipality)];
  }
  const again = known === undefined || known.situation === 'lapsed' || isOtherwise(deadline, known);
  const situation = again ? 'running' : known.situation;
  const lastDay = lastDayOf(deadline, municipality);
  const isMissed =
    lastDay !== undefined &&
    (deadline.metOn === undefined ? today > waitedUntil(deadline, lastDay) : deadline.metOn > lastDay);
  return [
    ...(again ? [begun(deadline, known)] : []),
    ...(isMissed && situation === 'running' ? [missed(deadline, addDays(lastDay, 1))] : []),
    ...(deadline.metOn !== undefined && situation !== 'met' ? [met(deadline, deadline.metOn)] : []),
  ];
}

/** What would have been said of it by the day on which more time was granted. */
const untilExtended = (
  { extendedFrom, triggeredOn, deadlineId }: IdentifiedDeadline,
  municipality: string,
): DeadlineEvent[] =>
  extendedFrom === undefined
    ? []
    : factsOf({ ...extendedFrom, deadlineId }, undefined, triggeredOn, municipality);

/** The last day on which the clock says nothing of it. */
const waitedUntil = ({ knownOn }: IdentifiedDeadline, lastDay: LocalDate): LocalDate =>
  knownOn !== undefined && knownOn > lastDay ? knownOn : lastDay;

/** It counts from another entry or to another day than is known, or what met it has changed. */
const isOtherwise = (deadline: IdentifiedDeadline, known: Known): boolean =>
  deadline.rule !== known.rule ||
  deadline.triggerEventId !== known.triggerEventId ||
  deadline.dueOn !== known.dueOn ||
  deadline.dueOnRolled !== known.dueOnRolled ||
  (known.situation === 'met' && deadline.metOn !== known.metOn);

/** More time for one that runs is an extension; all else is said anew. */
function begun(deadline: IdentifiedDeadline, known: Known | undefined): DeadlineEvent {
  const isExtension =
    deadline.extendedFrom !== undefined &&
    known !== undefined &&
    known.rule === deadline.extendedFrom.rule &&
    known.situation !== 'lapsed';
  const type = isExtension ? 'DeadlineExtended' : 'DeadlineSet';
  return { type, data: { ...factOf(deadline), on: deadline.triggeredOn } };
}

const met = (deadline: IdentifiedDeadline, on: LocalDate): DeadlineEvent => {
  const late = deadline.kind === 'duty' ? daysLate(deadline, on) : 0;
  return {
    type: 'DeadlineMet',
    data: { ...factOf(deadline), on, ...(late === 0 ? {} : { daysLate: late }) },
  };
};

/** The rule that a breach goes by, where model.md section 6 names one for the deadline, and what it is called. */
const FLAGS: Partial<Record<DeadlineId, readonly [rule: string, slug: FlagSlug]>> = {
  D1: ['D1', 'review-late'],
  D4: ['D4', 'investigation-late'],
  D5: ['D5', 'investigation-late'],
  D7: ['29', 'plan-late'],
  D9: ['39', 'evaluation-late'],
  D10: ['39', 'evaluation-late'],
  D15: ['D15', 'access-late'],
};

/** Flagged as the entry would be that comes too late; a weekly status has no flag, as its lack is a reminder (rule 35). */
function missed(deadline: IdentifiedDeadline, on: LocalDate): DeadlineEvent {
  const [rule, slug] = FLAGS[deadline.rule] ?? [];
  const flag = slug && deadlineFlag(deadline, slug, on, rule);
  return {
    type: 'DeadlineMissed',
    data: { ...factOf(deadline), on, daysLate: daysLate(deadline, on) },
    ...(flag === undefined ? {} : { flags: [flag] }),
  };
}

const lapsed = (
  deadlineId: string,
  { rule, triggerEventId, dueOn, dueOnRolled }: Known,
  today: LocalDate,
): DeadlineEvent => ({
  type: 'DeadlineLapsed',
  data: { deadlineId, rule, triggerEventId, dueOn, dueOnRolled, on: today },
});

const factOf = ({ deadlineId, rule, triggerEventId, dueOn, dueOnRolled }: IdentifiedDeadline) => ({
  deadlineId,
  rule,
  triggerEventId,
  dueOn,
  dueOnRolled,
});

/** The first day on which the clock alone will make one of them missed; `undefined` when none is waited for. */
export function nextBreach({ standing, today, municipality }: FollowDeadlines): LocalDate | undefined {
  const days = standing.flatMap((deadline) => {
    const lastDay = deadline.metOn === undefined ? lastDayOf(deadline, municipality) : undefined;
    const until = lastDay && waitedUntil(deadline, lastDay);
    return until === undefined || until < today ? [] : [addDays(until, 1)];
  });
  return days.sort()[0];
}
