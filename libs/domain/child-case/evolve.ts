/** The case after one more event. Knows every event of the case: an unknown one is a bug, not history. */
import { assertNever } from '../kernel/decider.js';
import { evolveConsents } from './evolve/consents.js';
import { evolveDecisions } from './evolve/decisions.js';
import { evolveFollowUp } from './evolve/follow-up.js';
import { evolveGroundwork } from './evolve/groundwork.js';
import { evolveIntake, evolveReferral } from './evolve/intake.js';
import { evolvePlans } from './evolve/plans.js';
import type { CaseEvent } from './events.js';
import type { CaseState } from './state.js';

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
