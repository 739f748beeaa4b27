/** Plans, their versions, and who has seen them. */
import { assertNever } from '../../kernel/decider.js';
import type { CaseEventOf } from '../events.js';
import type { OpenCase, Plan, PlanVersion } from '../state.js';
import { put, take } from './change.js';

type PlanEvent = CaseEventOf<'PlanEstablished' | 'PlanRevised' | 'PlanAcknowledged' | 'StartMeetingHeld'>;

export function evolvePlans(state: OpenCase, event: PlanEvent): OpenCase {
  switch (event.type) {
    case 'PlanEstablished':
      return withVersion(state, event.data, versionOf(event.data, event.data.establishedOn));
    case 'PlanRevised':
      return withVersion(state, event.data, versionOf(event.data, event.data.revisedOn));
    case 'PlanAcknowledged': {
      const { planId, version, personRef } = event.data;
      const plan = state.plans[planId];
      if (plan === undefined) return state;
      const acknowledged = [...plan.acknowledged, { version, personRef }];
      return { ...state, plans: put(state.plans, planId, { ...plan, acknowledged }) };
    }
    // No rule of the case asks for it.
    case 'StartMeetingHeld':
      return state;
    default:
      return assertNever(event);
  }
}

type PlanData = CaseEventOf<'PlanEstablished' | 'PlanRevised'>['data'];

const versionOf = ({ goals, measures }: PlanData, from: string): PlanVersion => ({
  from,
  goalIds: (goals ?? []).map(({ goalId }) => goalId),
  measureIds: (measures ?? []).map(({ measureId }) => measureId),
});

/** A version keeps its number when one before it was retracted: until this one, what was before it was in force. */
function upTo(number: number, before: readonly PlanVersion[], from: string): readonly PlanVersion[] {
  const gaps = Math.max(0, number - 1 - before.length);
  const last = before.at(-1) ?? { goalIds: [], measureIds: [] };
  return [...before, ...Array.from({ length: gaps }, () => ({ ...last, from }))];
}

function withVersion(state: OpenCase, data: PlanData, version: PlanVersion): OpenCase {
  const { planId, planType, firstEvaluationOn } = data;
  const before = state.plans[planId];
  const plan: Plan = {
    planType,
    firstEvaluationOn,
    versions: [...upTo(data.version, before?.versions ?? [], version.from), version],
    acknowledged: before?.acknowledged ?? [],
  };
  const ids = { ...take(state, 'goal', ...version.goalIds), [planId]: 'plan' as const };
  return { ...state, ids, plans: put(state.plans, planId, plan) };
}
