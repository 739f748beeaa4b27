/** The plan, after the seed's «Mini-mal for tiltaksplan», and the meeting that starts it. */
import type { Step } from '../../step.js';
import { MON, TUE, WED } from '../../story-days.js';
import { accepted } from '../steps.js';
import { allOf } from './measures.js';
import type { Scene } from './scene.js';

/** What a version of the plan holds; the revision changes how often, and nothing else. */
export const planContent = ({ day, ids, measures }: Scene, changed?: { readonly home: string }): object => ({
  planType: '1',
  purpose: 'At kveldene er trygge, at søvnen er nok, og at skoledagen begynner i tide.',
  goals: [
    {
      goalId: ids.sleepGoal,
      text: 'En trygg voksen er til stede ved leggetid minst fem kvelder i uken innen åtte uker.',
      indicator: 'Kvelder per uke med en voksen ved leggetid',
      baseline: '1 av 7 kvelder',
      target: '5 av 7 kvelder',
      dueOn: day(8, MON),
      childsOwnIndicator: 'Antall morgener uten krangel, på barnets eget barometer',
    },
    {
      goalId: ids.schoolGoal,
      text: 'Oppmøte på minst 90 prosent i de neste tolv ukene.',
      indicator: 'Oppmøte per uke, meldt av skolen hver fredag',
      baseline: '65 prosent',
      target: '90 prosent',
      dueOn: day(12, MON),
    },
  ],
  measures: allOf(measures).map((measure) => ({
    measureId: measure.measureId,
    what: measure.what,
    howOften: measure === measures.home ? (changed?.home ?? measure.howOften) : measure.howOften,
    who: measure.who,
  })),
  durationUntil: day(26, TUE),
  roles: [
    'Primærkontakt i barnevernstjenesten',
    'Skolekontakt, samtykke foreligger',
    'Helsesykepleier, samtykke foreligger',
  ],
  milestones: ['Oppstart i uke 0', 'Første evaluering i uke 5', 'Deretter evaluering hvert kvartal'],
  firstEvaluationOn: day(5, TUE),
  mainEvaluationEvery: 'P3M',
  participation: 'Ingen møter etter kl. 19. Musikkpause i starten. Tante er tillitsperson.',
  safety: 'Når en konflikt trappes opp, ringer barnet tante, og mor ringer primærkontakten.',
  emergency: 'Akutt: 112. Ellers barnevernvakten.',
  closingCriteria: ['Fem kvelder i uken og 90 prosent oppmøte, stabilt i åtte uker.'],
  consentIds: [ids.measuresConsent, ids.schoolConsent, ids.nurseConsent],
});

export const startMeeting = ({ day, family, ids }: Scene): readonly Step[] => {
  const on = day(0, MON);
  return [
    accepted(
      { title: '7 Oppstartsmøte kl. 16, med barnet og tante', on, as: 'OPPFOLGING' },
      'HoldStartMeeting',
      '/cases/{caseId}/start-meetings',
      {
        on,
        participants: [
          'Barnet',
          'Mor',
          'Far',
          'Tante',
          'Skolekontakten',
          'Miljøterapeuten',
          'Støttekontakten',
        ],
        childPresent: true,
        interpreter: false,
        agreed: 'Tider og steder som i planen. Ukekalender på kjøleskapet. Pausesignal: hodetelefoner på.',
      },
      'StartMeetingHeld',
    ),
    acknowledged('7 Mor har sett og forstått planen', on, ids.plan, 1, family.mother.personId),
    acknowledged('7 Barnet har sett og forstått planen', on, ids.plan, 1, family.child.personId),
  ];
};

const acknowledged = (title: string, on: string, planId: string, version: number, personRef: string): Step =>
  accepted(
    { title, on },
    'AcknowledgePlan',
    `/cases/{caseId}/plans/${planId}/acknowledgement`,
    { version, acknowledgedOn: on, personRef, form: 'Underskrevet på møtet' },
    'PlanAcknowledged',
  );

/** The evaluation asked for an adjustment, so there is a second version. */
export const revision = (scene: Scene): readonly Step[] => {
  const { day, family, ids } = scene;
  const on = day(5, WED);
  return [
    accepted(
      { title: '8 Planen endres: én kveld blir til én morgen', on },
      'RevisePlan',
      `/cases/{caseId}/plans/${ids.plan}/revision`,
      {
        revisedOn: on,
        ...planContent(scene, { home: 'Tirsdag kl. 17 og torsdag kl. 7, 60 minutter' }),
        reason: 'Kveldene går bedre, og morgenene er det som gjenstår.',
      },
      'PlanRevised',
    ),
    acknowledged('8 Mor har sett og forstått den nye planen', on, ids.plan, 2, family.mother.personId),
  ];
};
