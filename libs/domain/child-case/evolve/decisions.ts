/** Decisions on measures, and their notice. */
import { assertNever } from '../../kernel/decider.js';
import type { CaseEventOf } from '../events.js';
import { grantsOf, type Grant, type Measure, type OpenCase } from '../state.js';
import { put, take } from './change.js';

export function evolveDecisions(
  state: OpenCase,
  event: CaseEventOf<'MeasureDecided' | 'DecisionNotified'>,
): OpenCase {
  switch (event.type) {
    case 'MeasureDecided':
      return decided(state, event);
    case 'DecisionNotified':
      return notified(state, event);
    default:
      return assertNever(event);
  }
}

type DecisionData = CaseEventOf<'MeasureDecided'>['data'];
type DecidedMeasure = DecisionData['measures'][number];

function decided(state: OpenCase, { data }: CaseEventOf<'MeasureDecided'>): OpenCase {
  const measureIds = data.measures.map(({ measureId }) => measureId);
  let measures = state.measures;
  for (const measure of data.measures) {
    const { measureId } = measure;
    measures = put(measures, measureId, granted(measures[measureId], grantOf(data, measure)));
  }
  const { decidedOn, decisionType } = data;
  const decision = { decidedOn, decisionType, measureIds, notices: [] };
  const ids = { ...take(state, 'measure', ...measureIds), [data.decisionId]: 'decision' as const };
  return { ...state, ids, measures, decisions: put(state.decisions, data.decisionId, decision) };
}

const grantOf = (data: DecisionData, measure: DecidedMeasure): Grant => ({
  decisionId: data.decisionId,
  decidedOn: data.decidedOn,
  decisionType: data.decisionType,
  legalBasis: measure.legalBasis ?? data.legalBasis,
  catalogueCode: measure.catalogueCode,
  targetPerson: measure.targetPerson,
  voluntary: measure.voluntary,
  ...(measure.provider.org === undefined ? {} : { providerOrg: measure.provider.org }),
  consentIds: data.consentIds ?? [],
});

/** A later decision adds to what was decided before; it does not start or stop the measure. */
function granted(measure: Measure | undefined, grant: Grant): Measure {
  const grants = [...grantsOf(measure), grant];
  return measure === undefined || measure.situation === 'proposed'
    ? { situation: 'decided', grants }
    : { ...measure, grants };
}

function notified(state: OpenCase, { data }: CaseEventOf<'DecisionNotified'>): OpenCase {
  const decision = state.decisions[data.decisionId];
  if (decision === undefined) return state;
  const told = [...data.recipients, ...(data.omitted ?? [])].map(({ personRef, capacity }) => ({
    personRef,
    capacity,
  }));
  const notices = [...decision.notices, { notifiedOn: data.notifiedOn, told }];
  return { ...state, decisions: put(state.decisions, data.decisionId, { ...decision, notices }) };
}
