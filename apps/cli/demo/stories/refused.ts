import { randomUUID } from 'node:crypto';
import type { LocalDate } from '#forlop/domain';
import type { Step, Story } from '../step.js';
import { contentOn, FRI, MON, storyDays, THU, TUE, WED, type Day } from '../story-days.js';
import { caseIds, family, sha256Of, type CaseIds, type Family } from './cast.js';
import { overview, readBack } from './reading.js';
import {
  accepted,
  INFORMED,
  investigated,
  journaled,
  participated,
  party,
  received,
  refused,
  registered,
} from './steps.js';

interface Scene {
  readonly day: Day;
  readonly family: Family;
  readonly ids: CaseIds & {
    readonly measure: string;
    readonly mothersConsent: string;
    readonly childsConsent: string;
  };
}

/** A støttekontakt for a fifteen-year-old who was not asked: refused, and accepted when the consent is there. */
export function refusedDecision(today: LocalDate): Story {
  const scene: Scene = {
    day: storyDays(today, 6),
    family: family('Fossekall', 15, today),
    ids: { ...caseIds(), measure: randomUUID(), mothersConsent: randomUUID(), childsConsent: randomUUID() },
  };
  const { day } = scene;
  return {
    id: 'samtykke-mangler',
    title: 'Et vedtak som må avvises: 15-åringens samtykke mangler',
    about:
      'Mor søker om støttekontakt for barnet på 15 år og samtykker. Barnet er part og er ikke spurt. Vedtaket avvises, ' +
      'og godtas når barnet selv har samtykket.',
    steps: [
      ...groundwork(scene),
      consent(scene, 'Mor samtykker', day(4, MON), scene.ids.mothersConsent, 'mother'),
      journaled(
        { title: 'Vedtaksbrevet journalføres', on: day(4, TUE) },
        {
          documentId: scene.ids.document,
          sha256: sha256Of('Vedtak om støttekontakt, øvingssak'),
          recipient: scene.family.child,
        },
      ),
      refused(
        { title: 'Vedtak om støttekontakt uten barnets samtykke', on: day(4, WED), as: 'LEDER' },
        ...decision(scene, day(4, WED), [scene.ids.mothersConsent]),
        409,
        'child-consent-missing',
      ),
      overview('Leder ser på saken', day(4, WED), 'UNDER_INVESTIGATION', 'LEDER'),
      consent(scene, 'Barnet samtykker selv', day(4, THU), scene.ids.childsConsent, 'child'),
      accepted(
        { title: 'Vedtak om støttekontakt med begges samtykke', on: day(4, FRI), as: 'LEDER' },
        ...decision(scene, day(4, FRI), [scene.ids.mothersConsent, scene.ids.childsConsent]),
        'MeasureDecided',
      ),
      concluded(scene, day(4, FRI)),
      overview('Oversikten viser at tiltak er vedtatt', today, 'MEASURES_DECIDED'),
      ...readBack(today),
    ],
  };
}

const groundwork = ({ day, family: { child, mother }, ids }: Scene): readonly Step[] => [
  registered('Barnet registreres', child, day(0, MON)),
  registered('Mor registreres', mother, day(0, MON)),
  received(
    { title: 'Søknad fra familien mottas', on: day(0, MON) },
    {
      referralId: ids.referral,
      child,
      guardians: [{ person: mother, relation: 'MOR', dailyCare: true }],
      kind: 'SOKNAD_FRA_FAMILIE',
      reporter: { code: '2', isPublic: false, anonymous: false },
      contents: ['1.4.02', '17'],
      description: 'Mor søker om en støttekontakt som kan følge ungdommen på trening.',
    },
  ),
  ...investigated(
    day(0, WED),
    ids.referral,
    ids.investigation,
    'Ungdommen har trukket seg fra venner. Behovet for støtte undersøkes.',
    ids.investigationPlan,
  ),
  party({ title: 'Mor er part', on: day(1, MON) }, mother, 'PARENT_DAILY_CARE', 'FVL_2E'),
  party({ title: 'Barnet er 15 år og selv part', on: day(1, MON) }, child, 'CHILD', 'AGE_15'),
  participated({ title: 'Barnet høres i undersøkelsen', on: day(2, TUE) }, 'UNDERSOKELSE', {
    opinion: 'Vil gjerne trene igjen, men vil vite hvem det er før det blir noe av.',
    weight: 'Barnet får møte støttekontakten først.',
  }),
  accepted(
    { title: 'Tiltak velges: støttekontakt', on: day(3, TUE) },
    'ProposeMeasure',
    '/cases/{caseId}/proposals',
    {
      measureId: ids.measure,
      proposedOn: day(3, TUE),
      catalogueCode: 'stottekontakt',
      whyThisMeasure: 'En voksen utenfor familien kan gjøre terskelen tilbake til laget lavere.',
      suitability: 'Ungdommen har interessen, og klubben er innen rekkevidde.',
    },
    'MeasureProposed',
  ),
  participated({ title: 'Barnet høres om valget av tiltak', on: day(3, WED) }, 'TILTAKSVALG', {
    opinion: 'Er positiv, og vil tenke over det.',
    weight: 'Barnet får den tiden det trenger.',
  }),
];

const consent = (
  { family: people, ids }: Scene,
  title: string,
  on: LocalDate,
  consentId: string,
  who: 'mother' | 'child',
): Step =>
  accepted(
    { title, on },
    'RecordConsent',
    '/cases/{caseId}/consents',
    {
      consentId,
      kind: 'TILTAK',
      subjectIds: [ids.measure],
      givenBy: people[who].personId,
      capacity: who === 'child' ? 'CHILD_PARTY' : 'DAILY_CARE',
      form: 'WRITTEN',
      givenOn: on,
      purpose: 'Støttekontakt som følger til trening.',
      validFrom: on,
      untilMeasureEnds: true,
      informedOf: INFORMED,
    },
    'ConsentGiven',
  );

const decision = (
  { family: { child }, ids }: Scene,
  on: LocalDate,
  consentIds: readonly string[],
): [command: string, path: string, body: object] => [
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
        catalogueCode: 'stottekontakt',
        targetPerson: child.personId,
        content: 'Støttekontakt som følger til trening og hjem',
        frequency: 'En ettermiddag i uken',
        provider: { type: 'PRIVATPERSON' },
        startPlanned: on,
        voluntary: true,
      },
    ],
    grounds: [contentOn(on, '1.4.02', '17')],
    facts: 'Ungdommen sluttet på laget i vinter og er mest alene.',
    professionalAssessment: 'Støtte til å komme tilbake blant jevnaldrende er egnet og tilstrekkelig.',
    childOpinion: 'Vil trene igjen, og vil kjenne den som skal følge.',
    weightGiven: 'Tiltaket er lagt opp slik ungdommen har beskrevet det.',
    bestInterests: 'Fellesskap med jevnaldrende er viktig for ungdommens utvikling.',
    familyTies: 'Forholdet til mor er godt, og avlastes av at en annen følger.',
    whyThisMeasure: 'En støttekontakt når fram der mor ikke lenger skal være med.',
    consentIds,
    decidedBy: {},
  },
];

const concluded = ({ ids }: Scene, on: LocalDate): Step =>
  accepted(
    { title: 'Undersøkelsen avsluttes med vedtak', on, as: 'LEDER' },
    'ConcludeInvestigation',
    `/cases/{caseId}/investigations/${ids.investigation}/conclusion`,
    {
      concludedOn: on,
      outcome: 'VEDTAK_TILTAK',
      grounds: [contentOn(on, '1.4.02', '17')],
      findings: 'Ungdommen har trukket seg tilbake og vil selv ha hjelp til å komme i gang.',
      decisionId: ids.decision,
    },
    'InvestigationConcluded',
  );
