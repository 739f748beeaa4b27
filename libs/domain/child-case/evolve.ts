/** The case after one more event. Knows every event of the case: an unknown one is a bug, not history. */
import { assertNever } from '../kernel/decider.js';
import { evolveConsents } from './evolve/consents.js';
import { evolveDecisions } from './evolve/decisions.js';
import { evolveFollowUp } from './evolve/follow-up.js';
import { evolveAdditions, evolveGroundwork, isAddition } from './evolve/groundwork.js';
import { evolveIntake, evolveReferral } from './evolve/intake.js';
import { evolvePlans } from './evolve/plans.js';
import type { CaseEvent } from './events.js';
import type { CaseState, OpenCase } from './state.js';

export function evolve(state: CaseState, event: CaseEvent): CaseState {
  if (event.type === 'ReferralReceived') return evolveReferral(state, event);
  if (state.situation === 'none') throw new TypeError(`A case cannot begin with ${event.type}`);
  switch (event.type) {
    case 'ReferralAssessed':
    case 'InvestigationOpened':
    case 'InvestigationExtended':
    case 'InvestigationConcluded':
      return evolveIntake(state, event);
    case 'ChildParticipationRecorded':
    case 'PartyStatusAssessed':
    case 'FindingsSummarised':
    case 'MeasureProposed':
    case 'RolesClarified':
    case 'DocumentJournaled':
      return evolveGroundwork(state, event);
    case 'ConsentGiven':
    case 'ConsentRefused':
    case 'ConsentWithdrawn':
      return evolveConsents(state, event);
    case 'MeasureDecided':
    case 'DecisionNotified':
      return evolveDecisions(state, event);
    case 'PlanEstablished':
    case 'PlanRevised':
    case 'PlanAcknowledged':
    case 'StartMeetingHeld':
      return evolvePlans(state, event);
    case 'MeasureStarted':
    case 'FollowUpStatusRecorded':
    case 'EvaluationRecorded':
    case 'MeasureEnded':
      return evolveFollowUp(state, event);
    default:
      return assertNever(event);
  }
}

/** The case after several more events: as one after the other, with what is only added to copied once for all of them. */
export function evolveAll(state: OpenCase, events: readonly CaseEvent[]): CaseState {
  const additions = events.filter(isAddition);
  if (additions.length === 0) return events.reduce<CaseState>(evolve, state);
  const others = events.length === additions.length ? [] : events.filter((event) => !isAddition(event));
  const after = others.reduce<CaseState>(evolve, state);
  return after.situation === 'none' ? after : evolveAdditions(after, additions);
}
