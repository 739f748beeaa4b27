/** Every deadline of a case whose trigger is an entry of ours, by the day on which it is due. Pure. */
import type { Effective } from '../child-case/corrections/effective.js';
import { isJudged } from '../law/rulesets.js';
import { complaintOf, lateComplaintOf, planOf } from './decision-deadlines.js';
import { evaluationsOf, statusesOf } from './follow-up-deadlines.js';
import {
  conclusionOf,
  outcomeOf,
  preliminaryAnswerOf,
  receiptOf,
  reopeningOf,
  reviewOf,
} from './intake-deadlines.js';
import type { StandingDeadline } from './standing.js';
import { thingsOf, type CaseThings } from './things.js';

/**
 * The deadlines that a case is shown with: its reviews, investigations, plans, evaluations and the right to complain. Those
 * that ran out before the law of 2021 are not judged, and left out.
 */
export const shownDeadlines = (
  things: Pick<CaseThings, 'referrals' | 'investigations' | 'decisions' | 'plans' | 'measures'>,
): StandingDeadline[] =>
  judged([
    ...things.referrals.flatMap(reviewOf),
    ...things.investigations.flatMap(conclusionOf),
    ...things.decisions.flatMap((decision) => [...planOf(decision, things.plans), ...complaintOf(decision)]),
    ...things.plans.flatMap((plan) => evaluationsOf(plan, things.measures)),
  ]);

/** Those and all the others: what is recorded as facts. */
export function caseDeadlines(entries: readonly Effective[]): StandingDeadline[] {
  const things = thingsOf(entries);
  return [
    ...shownDeadlines(things),
    ...judged([
      ...things.referrals.flatMap((referral) => [...receiptOf(referral), ...preliminaryAnswerOf(referral)]),
      ...things.investigations.flatMap((one) => [...outcomeOf(one, things.referrals), ...reopeningOf(one)]),
      ...things.decisions.flatMap(lateComplaintOf),
      ...things.measures.flatMap((measure) => statusesOf(measure, things)),
    ]),
  ];
}

const judged = (deadlines: readonly StandingDeadline[]): StandingDeadline[] =>
  deadlines.filter(({ dueOn }) => isJudged(dueOn));
