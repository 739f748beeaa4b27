/** A case with one measure that runs, told in few steps: what the later stories begin with. */
import { randomUUID } from 'node:crypto';
import type { LocalDate } from '#forlop/domain';
import type { Step } from '../step.js';
import { contentOn, FRI, MON, storyDays, THU, TUE, WED, type Day } from '../story-days.js';
import { caseIds, family, sha256Of, type CaseIds, type Family } from './cast.js';
import {
  accepted,
  INFORMED,
  investigated,
  journaled,
  participated,
  party,
  received,
  registered,
} from './steps.js';

export interface MeasureScene {
  readonly day: Day;
  readonly family: Family;
  readonly ids: CaseIds & {
    readonly measure: string;
    readonly consent: string;
    readonly plan: string;
    readonly goal: string;
  };
}

/** The first week in which nothing has happened yet. */
export const AFTER_START = 5;

/** @param weeksAgo at least `AFTER_START + 1`: the weeks that the story needs, from the referral to its end */
export const measureScene = (last: string, today: LocalDate, weeksAgo: number): MeasureScene => ({
  day: storyDays(today, weeksAgo),
  family: family(last, 9, today),
  ids: {
    ...caseIds(),
    measure: randomUUID(),
    consent: randomUUID(),
    plan: randomUUID(),
    goal: randomUUID(),
  },
});

/** Everything until the measure runs, in weeks 0 to 4. */
export const runningMeasure = (scene: MeasureScene): readonly Step[] =>
  untilItRuns(scene).map((step) => ({ ...step, prelude: true }));

const untilItRuns = (scene: MeasureScene): readonly Step[] => [
  ...untilInvestigation(scene),
  ...untilConsent(scene),
  ...decision(scene),
  accepted(
    { title: 'Familieveilederen begynner', on: scene.day(4, MON), as: 'OPPFOLGING' },
    'StartMeasure',
    `/cases/{caseId}/measures/${scene.ids.measure}/start`,
    { startedOn: scene.day(4, MON), provider: { type: 'KOMMUNE' } },
    'MeasureStarted',
  ),
];

const untilInvestigation = ({ day, family: { child, mother }, ids }: MeasureScene): readonly Step[] => [
  registered('Barnet registreres', child, day(0, MON)),
  registered('Mor registreres', mother, day(0, MON)),
  received(
    { title: 'Bekymringsmelding fra barnehage og skole mottas', on: day(0, MON) },
    {
      referralId: ids.referral,
      child,
      guardians: [{ person: mother, relation: 'MOR', dailyCare: true }],
      kind: 'BEKYMRINGSMELDING',
      reporter: { code: '11', isPublic: true, anonymous: false },
      contents: ['2.1.03', '8'],
      description: 'Barnet er urolig, og mor sier at hun ikke får det til om ettermiddagen.',
    },
  ),
  ...investigated(
    day(0, WED),
    ids.referral,
    ids.investigation,
    'Mor ber selv om hjelp, og skolen ser det samme. Det er rimelig grunn til å undersøke.',
    ids.investigationPlan,
  ),
];

const untilConsent = ({ day, family: { child, mother }, ids }: MeasureScene): readonly Step[] => [
  party({ title: 'Mor er part', on: day(1, MON) }, mother, 'PARENT_DAILY_CARE', 'FVL_2E'),
  party({ title: 'Barnet under 15 år er ikke part', on: day(1, MON) }, child, 'CHILD'),
  participated({ title: 'Barnet høres i undersøkelsen', on: day(1, TUE) }, 'UNDERSOKELSE', {
    opinion: 'Vil at det skal være mindre roping før middag.',
    weight: 'Hjelpen legges til ettermiddagen.',
  }),
  accepted(
    { title: 'Tiltak velges: hjemmeveiledning', on: day(2, TUE) },
    'ProposeMeasure',
    '/cases/{caseId}/proposals',
    {
      measureId: ids.measure,
      proposedOn: day(2, TUE),
      catalogueCode: 'hjemmeveiledning',
      whyThisMeasure: 'Det er i ettermiddagene hjemme det stopper opp.',
      suitability: 'Mor ønsker noen som kommer hjem.',
    },
    'MeasureProposed',
  ),
  participated({ title: 'Barnet høres om tiltaket og planen', on: day(2, WED) }, 'PLAN', {
    opinion: 'Det er greit at noen kommer, hvis de liker ludo.',
    weight: 'De to første gangene er bare ludo.',
  }),
  accepted(
    { title: 'Mor samtykker', on: day(3, MON) },
    'RecordConsent',
    '/cases/{caseId}/consents',
    {
      consentId: ids.consent,
      kind: 'TILTAK',
      subjectIds: [ids.measure],
      givenBy: mother.personId,
      capacity: 'DAILY_CARE',
      form: 'WRITTEN',
      givenOn: day(3, MON),
      purpose: 'Rolige ettermiddager.',
      validFrom: day(3, MON),
      untilMeasureEnds: true,
      informedOf: INFORMED,
    },
    'ConsentGiven',
  ),
];

const decision = (scene: MeasureScene): readonly Step[] => {
  const { day, family: people, ids } = scene;
  const on = day(3, THU);
  return [
    participated({ title: 'Barnet høres før vedtaket', on: day(3, TUE) }, 'VEDTAK', {
      opinion: 'Vil fortsatt at noen kommer.',
      weight: 'Vedtaket følger det barnet ønsker.',
    }),
    journaled(
      { title: 'Vedtaksbrevet journalføres', on },
      {
        documentId: ids.document,
        sha256: sha256Of('Vedtak om hjemmeveiledning, øvingssak'),
        recipient: people.mother,
      },
    ),
    accepted(
      { title: 'Vedtak om hjemmeveiledning, § 3-1', on, as: 'LEDER' },
      'DecideMeasure',
      '/cases/{caseId}/decisions',
      {
        decisionId: ids.decision,
        decidedOn: on,
        decisionType: 'NYTT',
        legalBasis: '3-1',
        documentId: ids.document,
        measures: [
          {
            measureId: ids.measure,
            catalogueCode: 'hjemmeveiledning',
            targetPerson: people.mother.personId,
            content: 'Familieveileder hjemme om ettermiddagen',
            frequency: 'To ganger i uken',
            provider: { type: 'KOMMUNE' },
            startPlanned: day(4, MON),
            voluntary: true,
          },
        ],
        grounds: [contentOn(on, '2.1.03', '8')],
        facts: 'Mor og skole beskriver det samme: ettermiddagene låser seg.',
        professionalAssessment: 'Veiledning der det skjer, er egnet og tilstrekkelig.',
        childOpinion: 'Vil ha mindre roping, og synes det er greit at noen kommer.',
        weightGiven: 'Barnets ønske bestemmer når og hvordan veilederen kommer.',
        bestInterests: 'Ro hjemme er det barnet trenger mest.',
        familyTies: 'Mor og barn bor sammen og skal fortsette med det.',
        whyThisMeasure: 'Ingen av de andre tiltakene når fram dit vansken er.',
        consentIds: [ids.consent],
        decidedBy: {},
      },
      'MeasureDecided',
    ),
    ...following(scene, on),
  ];
};

const following = ({ day, family: { mother }, ids }: MeasureScene, on: LocalDate): readonly Step[] => [
  accepted(
    { title: 'Mor underrettes om vedtaket', on },
    'NotifyDecision',
    `/cases/{caseId}/decisions/${ids.decision}/notification`,
    {
      notifiedOn: on,
      recipients: [{ personRef: mother.personId, capacity: 'PART', sentOn: on, reachedOn: day(3, FRI) }],
      includes: {
        complaintRight: true,
        body: true,
        deadline: true,
        procedure: true,
        accessRight: true,
        suspension: true,
      },
    },
    'DecisionNotified',
  ),
  accepted(
    { title: 'Tiltaksplanen fastsettes', on },
    'EstablishPlan',
    '/cases/{caseId}/plans',
    {
      planId: ids.plan,
      establishedOn: on,
      planType: '1',
      purpose: 'Rolige ettermiddager.',
      goals: [
        {
          goalId: ids.goal,
          text: 'Middag uten roping minst fem dager i uken.',
          indicator: 'Dager per uke uten roping før middag',
          baseline: '1 av 7 dager',
          target: '5 av 7 dager',
          dueOn: day(12, MON),
        },
      ],
      measures: [
        {
          measureId: ids.measure,
          what: 'Familieveileder hjemme',
          howOften: 'To ganger i uken',
          who: 'Familieveileder i kommunen',
        },
      ],
      durationUntil: day(26, TUE),
      firstEvaluationOn: day(9, TUE),
      mainEvaluationEvery: 'P3M',
      participation: 'Ludo de to første gangene.',
      safety: 'Mor ringer primærkontakten når det låser seg.',
      emergency: 'Akutt: 112. Ellers barnevernvakten.',
      closingCriteria: ['Fem rolige dager i uken, stabilt i åtte uker.'],
      consentIds: [ids.consent],
    },
    'PlanEstablished',
  ),
  accepted(
    { title: 'Undersøkelsen avsluttes med vedtak', on, as: 'LEDER' },
    'ConcludeInvestigation',
    `/cases/{caseId}/investigations/${ids.investigation}/conclusion`,
    {
      concludedOn: on,
      outcome: 'VEDTAK_TILTAK',
      grounds: [contentOn(on, '2.1.03', '8')],
      findings: 'Mor trenger hjelp i ettermiddagene, og vil ha den.',
      decisionId: ids.decision,
    },
    'InvestigationConcluded',
  ),
];
