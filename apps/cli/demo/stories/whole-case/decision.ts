/** The decision and what goes with it the same day: notice, plan, the end of the investigation. */
import type { Step } from '../../step.js';
import { contentOn, MON, THU, TUE, WED } from '../../story-days.js';
import { sha256Of } from '../cast.js';
import { accepted, journaled, participated } from '../steps.js';
import { allOf, decided } from './measures.js';
import { planContent } from './plan.js';
import type { Scene } from './scene.js';

export const decision = (scene: Scene): readonly Step[] => {
  const { day, family, ids } = scene;
  const on = day(-1, THU);
  return [
    participated({ title: '6 Barnet høres før vedtaket', on: day(-1, TUE) }, 'VEDTAK', {
      opinion: 'Er glad for tiltakene, mest for støttekontakten.',
      weight: 'Støttekontakten får den tiden og de turene barnet har foreslått.',
    }),
    participated(
      { title: '7 Barnet er med på å lage planen', on: day(-1, WED) },
      'PLAN',
      {
        opinion: 'Ingen møter etter kl. 19, musikkpause i starten, og tante skal være med.',
        weight: 'Alt tre står i planen.',
      },
      true,
    ),
    journaled(
      { title: '6 Vedtaksbrevet journalføres', on },
      {
        documentId: ids.document,
        sha256: sha256Of('Vedtak om hjelpetiltak, øvingssak'),
        recipient: family.mother,
      },
    ),
    decide(scene, on),
    notify(scene, on),
    accepted(
      { title: '7 Tiltaksplanen fastsettes', on },
      'EstablishPlan',
      '/cases/{caseId}/plans',
      { planId: ids.plan, establishedOn: on, ...planContent(scene) },
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
        findings: 'Barnet mangler voksne rundt seg om kvelden. Foreldrene vil ha hjelp, og den finnes.',
        decisionId: ids.decision,
      },
      'InvestigationConcluded',
    ),
  ];
};

const decide = (scene: Scene, on: string): Step =>
  accepted(
    { title: '6 Vedtak om tre hjelpetiltak, § 3-1', on, as: 'LEDER' },
    'DecideMeasure',
    '/cases/{caseId}/decisions',
    {
      decisionId: scene.ids.decision,
      decidedOn: on,
      decisionType: 'NYTT',
      legalBasis: '3-1',
      documentId: scene.ids.document,
      measures: allOf(scene.measures).map((measure) => decided(measure, scene)),
      grounds: [contentOn(on, '2.1.03', '8')],
      facts: 'Barnet har vært borte fra første time 14 av 40 dager. Mor arbeider kveld fire dager i uken.',
      professionalAssessment:
        'Søvn og rutiner svikter fordi ingen voksen er til stede. Det kan endres med hjelp hjemme.',
      childOpinion: 'Barnet vil ha en voksen hjemme om kvelden, og noen å være sammen med i helgene.',
      weightGiven: 'Barnets mening er lagt til grunn for valg, tidspunkt og sted.',
      bestInterests: 'Tiltakene gir barnet ro hjemme, uten at det må flytte på seg.',
      familyTies: 'Mor og barn står hverandre nær. Far og tante er viktige, og er tatt med i planen.',
      whyThisMeasure: 'De tre tiltakene treffer hver sin side av samme vanske og tåles av familien nå.',
      consentIds: [scene.ids.measuresConsent],
      planId: scene.ids.plan,
      decidedBy: {},
    },
    'MeasureDecided',
  );

const notify = ({ day, family, ids }: Scene, on: string): Step =>
  accepted(
    { title: 'Foreldrene underrettes om vedtaket', on },
    'NotifyDecision',
    `/cases/{caseId}/decisions/${ids.decision}/notification`,
    {
      notifiedOn: on,
      recipients: [family.mother, family.father].map(({ personId }) => ({
        personRef: personId,
        capacity: 'PART',
        sentOn: on,
        reachedOn: day(0, MON),
      })),
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
  );
