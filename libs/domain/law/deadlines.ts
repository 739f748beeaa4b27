/**
 * Deadlines of model.md section 7 as pure functions of local dates in Europe/Oslo. The day of the trigger is not counted;
 * weeks and months end on the day of the same name or number, or the last of the month (domstolloven §148).
 */
import { addVirkedager, nextVirkedag } from '../kernel/calendar.js';
import {
  addDays,
  addMonths,
  addWeeks,
  addYears,
  birthdayAt,
  daysBetween,
  type LocalDate,
} from '../kernel/dates.js';
import { addDuration } from '../kernel/duration.js';
import type { Flag, FlagSlug } from '../kernel/flags.js';

export const DEADLINES = [
  'D1',
  'D2',
  'D3',
  'D4',
  'D5',
  'D6',
  'D7',
  'D8',
  'D9',
  'D10',
  'D11',
  'D12',
  'D13',
  'D14',
  'D15',
  'D16',
  'D17',
  'D18',
] as const;
export type DeadlineId = (typeof DEADLINES)[number];

export interface Deadline {
  readonly rule: DeadlineId;
  /** The last day by the law's own count. */
  readonly dueOn: LocalDate;
  /** The same, moved to the next virkedag when it falls on none (domstolloven §149). */
  readonly dueOnRolled: LocalDate;
  /**
   * Which of the two a breach is counted on. A party's right is lost on the rolled date only; whether an authority's duty
   * rolls at all is open, so it is counted strictly, on the raw one, as the national controls do.
   */
  readonly countedOn: 'raw' | 'rolled';
}

/** A duty of the authority that is due on a day, counted or fixed by a decision. */
export const dutyDeadline = (rule: DeadlineId, dueOn: LocalDate): Deadline => ({
  rule,
  dueOn,
  dueOnRolled: nextVirkedag(dueOn),
  countedOn: 'raw',
});
const right = (rule: DeadlineId, dueOn: LocalDate): Deadline => ({
  ...dutyDeadline(rule, dueOn),
  countedOn: 'rolled',
});

/** Days after the deadline, 0 when in time. */
export const daysLate = (deadline: Deadline, doneOn: LocalDate): number =>
  Math.max(0, daysBetween(deadline.countedOn === 'raw' ? deadline.dueOn : deadline.dueOnRolled, doneOn));

/** The flag of a deadline that was missed, `undefined` when in time. `rule`: where a rule of model.md section 6 names it. */
export function deadlineFlag(
  deadline: Deadline,
  slug: FlagSlug,
  doneOn: LocalDate,
  rule: string = deadline.rule,
): Flag | undefined {
  const late = daysLate(deadline, doneOn);
  return late === 0 ? undefined : { rule, slug, dueOn: deadline.dueOn, daysLate: late };
}

/** D1: a referral is reviewed within a week (bvl §2-1 first paragraph). */
export const reviewDeadline = (receivedOn: LocalDate): Deadline =>
  dutyDeadline('D1', addWeeks(receivedOn, 1));

/** D2: its receipt is confirmed within three weeks (bvl §13-3 first paragraph). */
export const receiptDeadline = (receivedOn: LocalDate): Deadline =>
  dutyDeadline('D2', addWeeks(receivedOn, 3));

/** D3: a public or professional reporter is told of the outcome within three weeks (bvl §13-3 second paragraph). */
export const outcomeDeadline = (concludedOn: LocalDate): Deadline =>
  dutyDeadline('D3', addWeeks(concludedOn, 3));

/**
 * D4: an investigation is concluded within three months after the week of the review has run out (bvl §2-2 second paragraph),
 * counted from the raw end of that week, however early the review was.
 */
export const investigationDeadline = (receivedOn: LocalDate): Deadline =>
  dutyDeadline('D4', addMonths(reviewDeadline(receivedOn).dueOn, 3));

/** D5: extended in special cases, six months in total from the same day. */
export const extendedInvestigationDeadline = (receivedOn: LocalDate): Deadline =>
  dutyDeadline('D5', addMonths(reviewDeadline(receivedOn).dueOn, 6));

/** D6: a new investigation may be opened within six months of a conclusion that allowed for it (bvl §2-5 third paragraph). */
export const reopeningDeadline = (concludedOn: LocalDate): Deadline =>
  dutyDeadline('D6', addMonths(concludedOn, 6));

/** D7: the plan is made when the decision is (bvl §8-1 second paragraph): no time is given. */
export const planDeadline = (decidedOn: LocalDate): Deadline => dutyDeadline('D7', decidedOn);

/** Days after D7 until a missing plan is counted as an avvik (P). */
export const PLAN_GRACE_DAYS = 14;

/** D8: the weekly status of week 1–6 after the start (seed 003). */
export const weeklyStatusDeadline = (startedOn: LocalDate, week: number): Deadline =>
  dutyDeadline('D8', addWeeks(startedOn, week));

/** D9: the first evaluation comes in week 4–6 after the start: due at the end of week 6. */
export const firstEvaluationDeadline = (startedOn: LocalDate): Deadline =>
  dutyDeadline('D9', addWeeks(startedOn, 6));

/** The first day of D9's window. */
export const firstEvaluationOpens = (startedOn: LocalDate): LocalDate => addWeeks(startedOn, 4);

/** How often a plan is evaluated when it does not say (seed 003; no statute gives an interval). */
export const DEFAULT_EVALUATION_INTERVAL = 'P3M';

/** D10: the next evaluation, by the plan's own interval. */
export const nextEvaluationDeadline = (
  previousOn: LocalDate,
  every: string = DEFAULT_EVALUATION_INTERVAL,
): Deadline => dutyDeadline('D10', addDuration(previousOn, every));

export type OrderKind = 'ORDINARY' | 'CENTRE' | 'PARENT_SUPPORT';

/**
 * D11: the last day of an ordered measure: a year, three months in a centre (bvl §3-4 fourth paragraph), six months after the
 * tribunal's decision for parent support without the child's consent (§3-5). Barnehage and day care have none.
 */
export const orderDeadline = (decidedOn: LocalDate, kind: OrderKind): Deadline =>
  dutyDeadline('D11', addMonths(decidedOn, { ORDINARY: 12, CENTRE: 3, PARENT_SUPPORT: 6 }[kind]));

/** D12: a party complains within three weeks after the notice reached the party (fvl §29 first paragraph). */
export const complaintDeadline = (reachedOn: LocalDate): Deadline => right('D12', addWeeks(reachedOn, 3));

/** D13: no complaint is heard more than a year after the decision (fvl §31 third paragraph). */
export const lateComplaintLimit = (decidedOn: LocalDate): Deadline => right('D13', addYears(decidedOn, 1));

/** D14: a preliminary answer within a month (fvl §11 a). */
export const preliminaryAnswerDeadline = (receivedOn: LocalDate): Deadline =>
  dutyDeadline('D14', addMonths(receivedOn, 1));

/** D15: access is decided within three virkedager (practice of Sivilombudet). */
export const accessDeadline = (receivedOn: LocalDate): Deadline =>
  dutyDeadline('D15', addVirkedager(receivedOn, 3));

/** D16: a refusal of access is complained of within three weeks after it reached the party (fvl §§21, 29). */
export const accessComplaintDeadline = (reachedOn: LocalDate): Deadline =>
  right('D16', addWeeks(reachedOn, 3));

/** D17: contact about aftercare, twelve months before the 18th birthday (P: bvl §3-6 says «i god tid før»). */
export const aftercareContactDeadline = (birth: LocalDate): Deadline =>
  dutyDeadline('D17', addMonths(birthdayAt(birth, 18), -12));

/** D18: the last day on which a measure under bvl §3-6 may run: the day before the 25th birthday. */
export const aftercareLimit = (birth: LocalDate): Deadline =>
  dutyDeadline('D18', addDays(birthdayAt(birth, 25), -1));
