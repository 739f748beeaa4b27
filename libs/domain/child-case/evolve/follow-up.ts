/** Measures start and end, plans are evaluated. */
import { assertNever } from '../../kernel/decider.js';
import type { CaseEventOf } from '../events.js';
import { grantsOf, type Measure, type OpenCase } from '../state.js';
import { present, put, take } from './change.js';

type FollowUpEvent = CaseEventOf<
  'MeasureStarted' | 'FollowUpStatusRecorded' | 'EvaluationRecorded' | 'MeasureEnded'
>;

export function evolveFollowUp(state: OpenCase, event: FollowUpEvent): OpenCase {
  switch (event.type) {
    case 'MeasureStarted':
      return started(state, event);
    // No rule of the case asks for it.
    case 'FollowUpStatusRecorded':
      return state;
    case 'EvaluationRecorded':
      return evaluated(state, event);
    case 'MeasureEnded':
      return ended(state, event);
    default:
      return assertNever(event);
  }
}

function started(state: OpenCase, { data }: CaseEventOf<'MeasureStarted'>): OpenCase {
  const { measureId, startedOn, provider } = data;
  const measure: Measure = {
    situation: 'started',
    grants: grantsOf(state.measures[measureId]),
    startedOn,
    providerType: provider.type,
    ...(provider.org === undefined ? {} : { providerOrg: provider.org }),
  };
  return {
    ...state,
    ids: take(state, 'measure', measureId),
    measures: put(state.measures, measureId, measure),
  };
}

function evaluated(state: OpenCase, { data }: CaseEventOf<'EvaluationRecorded'>): OpenCase {
  const { evaluationId, planId, kind, evaluatedOn, nextDueOn } = data;
  const evaluation = { planId, kind, evaluatedOn, ...present({ nextDueOn }) };
  return {
    ...state,
    ids: take(state, 'evaluation', evaluationId),
    evaluations: put(state.evaluations, evaluationId, evaluation),
  };
}

function ended(state: OpenCase, { data: { measureId, endedOn } }: CaseEventOf<'MeasureEnded'>): OpenCase {
  const before = state.measures[measureId];
  const measure: Measure =
    before?.situation === 'started'
      ? { ...before, situation: 'ended', endedOn }
      : { situation: 'lapsed', grants: grantsOf(before), endedOn };
  return {
    ...state,
    measures: put(state.measures, measureId, measure),
    settled: 'MEASURES_ENDED',
  };
}
