/** Start, follow, evaluate and end a measure. */
import { defineCommand } from '../../kernel/definition.js';
import { end, evaluation, followUpStatus, start } from '../events/follow-up.js';
import { CASEWORK, CASEWORK_AND_FOLLOW_UP, EXAMPLE, required } from './common.js';

export const StartMeasure = defineCommand({
  type: 'StartMeasure',
  norwegian: 'Iverksette tiltak',
  emits: ['MeasureStarted'],
  path: ['measureId'],
  shape: start,
  roles: CASEWORK_AND_FOLLOW_UP,
  rules: ['01', '13', '14', '33', '34', '36b', '40'],
  example: { startedOn: '2026-03-03', provider: { type: 'KOMMUNE' } },
});

export const RecordFollowUpStatus = defineCommand({
  type: 'RecordFollowUpStatus',
  norwegian: 'Registrere ukestatus',
  emits: ['FollowUpStatusRecorded'],
  path: [],
  shape: followUpStatus,
  /** A provider reports on the measures that it carries out, judged in `decide`. */
  roles: [...CASEWORK_AND_FOLLOW_UP, 'LEVERANDOR'],
  rules: ['33', '36', '40'],
  example: {
    measureId: EXAMPLE.measure,
    on: '2026-03-10',
    week: 1,
    whatWorked: 'Felles frokost tre dager.',
    adjust: 'Legge klærne klare kvelden før.',
    riskFlag: false,
  },
  refine: ({ measureId, planId }) =>
    measureId === undefined && planId === undefined
      ? [required('/measureId', 'Oppgi tiltaket (measureId) eller planen (planId) som statusen gjelder.')]
      : [],
});

export const RecordEvaluation = defineCommand({
  type: 'RecordEvaluation',
  norwegian: 'Registrere evaluering',
  emits: ['EvaluationRecorded'],
  path: [],
  shape: evaluation,
  /** A provider gets as far as `decide`, which refuses it by rule 38: that says more than a wrong role would. */
  roles: [...CASEWORK, 'LEVERANDOR'],
  rules: ['10', '36', '37', '38', '39'],
  example: {
    evaluationId: EXAMPLE.evaluation,
    planId: EXAMPLE.plan,
    planVersion: 1,
    evaluatedOn: '2026-04-07',
    kind: 'FORSTE_4_6_UKER',
    period: { from: '2026-03-03', to: '2026-04-07' },
    goals: [{ goalId: EXAMPLE.goal, observed: '80 prosent oppmøte', result: 'FREMGANG' }],
    worksAsIntended: true,
    needForNewMeasures: false,
    groundsForCareOrder: false,
    childView: 'Barnet synes morgenene er blitt roligere.',
    parentView: 'Foreldrene ønsker å fortsette.',
    measures: [{ measureId: EXAMPLE.measure, recommendation: 'FORTSETT' }],
    evaluators: [{ name: { first: 'Testine', last: 'Eksempel' }, role: 'Saksbehandler' }],
    nextDueOn: '2026-07-07',
  },
  refine: ({ kind, nextDueOn }) =>
    kind !== 'AVSLUTTENDE' && nextDueOn === undefined
      ? [required('/nextDueOn', 'Oppgi når neste evaluering skal være.')]
      : [],
});

export const EndMeasure = defineCommand({
  type: 'EndMeasure',
  norwegian: 'Avslutte tiltak',
  emits: ['MeasureEnded'],
  path: ['measureId'],
  shape: end,
  roles: CASEWORK,
  rules: ['22', '33', '40', '41', '42'],
  example: {
    endedOn: '2026-08-31',
    reason: 'MAL_NADD',
    finalEvaluationId: EXAMPLE.evaluation,
    goalsReached: 'Oppmøtet har vært stabilt i åtte uker.',
    dialogueWith: ['Barnet', 'Foreldrene'],
    transitionNote: 'Skolen følger opp oppmøtet videre.',
  },
});
