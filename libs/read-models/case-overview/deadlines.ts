/** The statutory deadlines of a case as they stand on a day: what is due, what was met, how late. Pure. */
import type { LocalDate, MeasureDays, StandingDeadline } from '#forlop/domain';
import { daysLate, shownDeadlines } from '#forlop/domain';
import { byDay, ofKind } from './item.js';
import type { Item } from './item.js';
import type { MeasureDates } from './state.js';

/** A deadline (frist) of a case. */
export interface CaseDeadline {
  /** D-number of model.md section 7. */
  readonly rule: string;
  readonly dueOn: LocalDate;
  /** The same, or the next virkedag. */
  readonly dueOnRolled: LocalDate;
  readonly metOn?: LocalDate;
  /** Days late when met, when what it was about ended, or until today; absent while there is time. */
  readonly daysLate?: number;
  /** The referral, investigation, decision, measure or plan that it belongs to. */
  readonly subject: string;
}

/** All of a case that the rules judge, by the day on which they are due. */
export const deadlinesOf = (items: readonly Item[], today: LocalDate): CaseDeadline[] =>
  shownDeadlines({
    referrals: ofKind(items, 'referral'),
    investigations: ofKind(items, 'investigation'),
    decisions: ofKind(items, 'decision'),
    plans: ofKind(items, 'plan'),
    measures: ofKind(items, 'measure').map(daysOf),
  })
    .map((deadline) => shown(deadline, today))
    .sort(byDay(({ dueOn }) => dueOn));

function daysOf({ key, document }: Item): MeasureDays {
  const { startedOn, endedOn } = document as MeasureDates;
  return {
    key,
    ...(startedOn === undefined ? {} : { startedOn }),
    ...(endedOn === undefined ? {} : { endedOn }),
  };
}

/** Nobody is late with a right. */
function shown(deadline: StandingDeadline, today: LocalDate): CaseDeadline {
  const { rule, dueOn, dueOnRolled, metOn, ceasedOn, kind, subject } = deadline;
  const late = kind === 'duty' ? daysLate(deadline, metOn ?? ceasedOn ?? today) : 0;
  return {
    rule,
    dueOn,
    dueOnRolled,
    ...(metOn === undefined ? {} : { metOn }),
    ...(late > 0 ? { daysLate: late } : {}),
    subject,
  };
}
