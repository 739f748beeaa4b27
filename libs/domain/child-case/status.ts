/** The name of the state that a case is in (model.md section 1; contract section 5, «Order of things»). */
import type { ById, CaseState, OpenCase, Settled } from './state.js';

export type CaseStatus = Settled | 'UNDER_INVESTIGATION' | 'MEASURES_ACTIVE';

/**
 * What goes on counts before what is settled: a measure that runs, an investigation that is open, a decided measure that
 * waits for its start, a referral that waits for its review. Throws a `TypeError` for a case that was never opened.
 */
export function caseStatus(state: CaseState): CaseStatus {
  if (state.situation === 'none') throw new TypeError('A case without a referral has no status');
  if (holds(state.measures, 'started')) return 'MEASURES_ACTIVE';
  if (holds(state.investigations, 'open')) return 'UNDER_INVESTIGATION';
  if (awaitsStart(state)) return 'MEASURES_DECIDED';
  if (holds(state.referrals, 'received')) return 'RECEIVED';
  if (awaitsInvestigation(state)) return 'ASSESSED';
  return state.settled;
}

const holds = (items: ById<{ readonly situation: string }>, situation: string): boolean =>
  Object.values(items).some((item) => item.situation === situation);

/** A decided measure that has neither started nor been brought to an end by a later decision. */
const awaitsStart = (state: OpenCase): boolean =>
  Object.values(state.measures).some(
    (measure) => measure.situation === 'decided' && measure.grants.at(-1)?.decisionType !== 'OPPHORT',
  );

const awaitsInvestigation = (state: OpenCase): boolean =>
  Object.values(state.referrals).some(
    (referral) => referral.situation === 'assessed' && referral.conclusion === 'INVESTIGATE',
  );
