/** A deadline as the entries of its case or request have it at this moment, corrections taken into account. */
import { addDays, type LocalDate } from '../kernel/dates.js';
import type { Deadline } from '../law/deadlines.js';
import { PLAN_GRACE_DAYS } from '../law/deadlines.js';
import { isExempted } from '../law/exemptions.js';

/**
 * - `duty`: the authority is to have done something by that day, and late when it has not.
 * - `unobserved`: such a duty, but no entry of ours tells when it was done, so that nobody can be said to be late.
 * - `planned`: a day that the authority has set itself, before the duty begins. Nobody is late with it yet.
 * - `limit`: the last day on which something may be done, by a party or by the authority. Nobody is late with it.
 */
export type DeadlineKind = 'duty' | 'unobserved' | 'planned' | 'limit';

export interface StandingDeadline extends Deadline {
  readonly kind: DeadlineKind;
  /** Which of the deadlines of its subject; the same whatever day it is due on. */
  readonly slot: string;
  /** The referral, investigation, decision, measure, plan or request that it belongs to. */
  readonly subject: string;
  readonly triggerEventId: string;
  /** Legal date of that entry. */
  readonly triggeredOn: LocalDate;
  /** Of a deadline that was extended: what it was before. */
  readonly extendedFrom?: StandingDeadline;
  /** Of one that was missed: since when nothing is due any more, as what it was about has ended. */
  readonly ceasedOn?: LocalDate;
  readonly metOn?: LocalDate;
  /** The entry that met it. */
  readonly metByEventId?: string;
}

/** The same deadline with what met it, if anything has. */
export const metBy = (
  deadline: StandingDeadline,
  met: { readonly eventId: string; readonly on: LocalDate } | undefined,
): StandingDeadline =>
  met === undefined ? deadline : { ...deadline, metOn: met.on, metByEventId: met.eventId };

/** The day that a breach is counted on. */
export const countedDay = ({ countedOn, dueOn, dueOnRolled }: Deadline): LocalDate =>
  countedOn === 'raw' ? dueOn : dueOnRolled;

/**
 * The last day on which it is not yet missed; `undefined` where nobody can be late, exempted ones (bvl §2-7) among them.
 * A plan is due with the decision, and its absence is an avvik after the days of grace.
 */
export function lastDayOf(deadline: StandingDeadline, municipality: string): LocalDate | undefined {
  if (deadline.kind !== 'duty' || isExempted(deadline.rule, municipality, deadline.triggeredOn)) {
    return undefined;
  }
  const counted = countedDay(deadline);
  return deadline.rule === 'D7' ? addDays(counted, PLAN_GRACE_DAYS) : counted;
}
