/** The measures run, are followed week by week, evaluated twice and ended. */
import type { Step } from '../../step.js';
import { FRI, MON, TUE, WED } from '../../story-days.js';
import { overview } from '../reading.js';
import { accepted } from '../steps.js';
import { allOf, type StoryMeasure } from './measures.js';
import { revision } from './plan.js';
import type { Scene } from './scene.js';

export const starts = ({ day, measures }: Scene): readonly Step[] =>
  allOf(measures).map((measure) => {
    const on = day(...measure.starts);
    return accepted(
      { title: `7 ${measure.name} starter`, on, as: 'OPPFOLGING' },
      'StartMeasure',
      `/cases/{caseId}/measures/${measure.measureId}/start`,
      {
        startedOn: on,
        provider: measure.provider,
        ...(measure.provider.type === 'PRIVATPERSON' ? { policeCertificateSeenOn: day(-2, MON) } : undefined),
      },
      'MeasureStarted',
    );
  });

const WEEKS: readonly { readonly whatWorked: string; readonly adjust: string }[] = [
  { whatWorked: 'Barnet viste fram rommet sitt.', adjust: 'Begynne med musikk, så snakke.' },
  { whatWorked: 'Leggetid holdt tre kvelder.', adjust: 'Skjerm av en halv time før.' },
  { whatWorked: 'Mor leste høyt to kvelder.', adjust: 'Gjøre klesvalget kvelden før.' },
  { whatWorked: 'Fire av fem skoledager i tide.', adjust: 'Ingen endring denne uken.' },
  { whatWorked: 'Ny morgenøkt, rolig start.', adjust: 'Komme ti minutter tidligere.' },
  { whatWorked: 'Barnet stod opp på egen klokke.', adjust: 'Mor tar over mandagene selv.' },
];

/** The first six weeks, with the first evaluation and the new version of the plan in the fifth. */
export const closeFollowUp = (scene: Scene): readonly Step[] => [
  ...[1, 2, 3, 4].map((week) => weekly(scene, week)),
  firstEvaluation(scene),
  ...revision(scene),
  ...[5, 6].map((week) => weekly(scene, week)),
];

const weekly = ({ day, measures }: Scene, week: number): Step =>
  accepted(
    { title: `8 Ukestatus, uke ${week}`, on: day(week, FRI), as: 'OPPFOLGING' },
    'RecordFollowUpStatus',
    '/cases/{caseId}/statuses',
    {
      measureId: measures.home.measureId,
      on: day(week, FRI),
      week,
      ...WEEKS[week - 1],
      riskFlag: false,
    },
    'FollowUpStatusRecorded',
  );

const firstEvaluation = (scene: Scene): Step => {
  const { day, ids, measures } = scene;
  return evaluated(scene, '9 Første evaluering, uke 5', day(5, TUE), {
    evaluationId: ids.firstEvaluation,
    planVersion: 1,
    kind: 'FORSTE_4_6_UKER',
    period: { from: day(0, TUE), to: day(5, TUE) },
    goals: [
      { goalId: ids.sleepGoal, observed: '4 av 7 kvelder', result: 'FREMGANG' },
      { goalId: ids.schoolGoal, observed: '82 prosent oppmøte', result: 'FREMGANG' },
    ],
    childView: 'Kveldene er blitt koselige. Morgenene er fortsatt stressende.',
    parentView: 'Mor vil bytte én kveld mot én morgen.',
    sideEffects: 'Ingen tegn til at det blir for mye, men to møter på samme dag bør unngås.',
    measures: [
      { measureId: measures.home.measureId, recommendation: 'JUSTER' },
      { measureId: measures.guidance.measureId, recommendation: 'FORTSETT' },
      { measureId: measures.companion.measureId, recommendation: 'FORTSETT' },
    ],
    nextDueOn: day(17, MON),
  });
};

const finalEvaluation = (scene: Scene): Step => {
  const { day, ids, measures } = scene;
  return evaluated(scene, '9 Avsluttende evaluering', day(16, TUE), {
    evaluationId: ids.finalEvaluation,
    planVersion: 2,
    kind: 'AVSLUTTENDE',
    period: { from: day(5, TUE), to: day(16, TUE) },
    goals: [
      { goalId: ids.sleepGoal, observed: '6 av 7 kvelder, stabilt siden uke 8', result: 'NADD' },
      { goalId: ids.schoolGoal, observed: '94 prosent oppmøte, stabilt siden uke 8', result: 'NADD' },
    ],
    childView: 'Barometeret har stått på grønt lenge. Vil gjerne fortsette å møte støttekontakten som venn.',
    parentView: 'Mor har byttet til dagvakter og klarer det selv.',
    networkView: 'Tante kommer annenhver søndag.',
    serviceView: 'Skolen har ikke hatt fravær å melde på åtte uker.',
    measures: [measures.home, measures.companion].map(({ measureId }) => ({
      measureId,
      recommendation: 'AVSLUTT',
    })),
  });
};

const evaluated = ({ ids }: Scene, title: string, on: string, particulars: object): Step =>
  accepted(
    { title, on },
    'RecordEvaluation',
    '/cases/{caseId}/evaluations',
    {
      planId: ids.plan,
      evaluatedOn: on,
      worksAsIntended: true,
      needForNewMeasures: false,
      groundsForCareOrder: false,
      evaluators: [{ name: { first: 'Testine', last: 'Ask' }, role: 'Saksbehandler' }],
      ...particulars,
    },
    'EvaluationRecorded',
  );

/** COS-P ends when its eight times are over, the two others when what they were for is reached. */
export const ending = (scene: Scene): readonly Step[] => {
  const { day, ids, measures } = scene;
  return [
    ended(measures.guidance, '10 COS-P er gjennomført og avsluttes', day(7, WED), {
      reason: 'PERIODE_UTLOPT',
      goalsReached: 'Alle åtte samlingene er gjennomført.',
    }),
    overview('Leder ser på saken', day(16, MON), 'MEASURES_ACTIVE', 'LEDER'),
    finalEvaluation(scene),
    ended(measures.home, '10 Miljøterapeuten avslutter: målet er nådd', day(17, MON), {
      reason: 'MAL_NADD',
      finalEvaluationId: ids.finalEvaluation,
      goalsReached: 'Begge mål er nådd og har vært stabile i åtte uker.',
      transitionNote: 'Skolen og helsesykepleier kjenner tegnene og vet hvem de ringer.',
    }),
    ended(measures.companion, '10 Støttekontakten avslutter: målet er nådd', day(17, WED), {
      reason: 'MAL_NADD',
      finalEvaluationId: ids.finalEvaluation,
      goalsReached: 'Barnet har fått venner i korpset og ber selv om fri lørdag.',
      transitionNote: 'Siste tur ble feiret med kakao.',
    }),
  ];
};

const ended = ({ measureId }: StoryMeasure, title: string, on: string, particulars: object): Step =>
  accepted(
    { title, on },
    'EndMeasure',
    `/cases/{caseId}/measures/${measureId}/end`,
    { endedOn: on, dialogueWith: ['Barnet', 'Mor', 'Far'], ...particulars },
    'MeasureEnded',
  );
