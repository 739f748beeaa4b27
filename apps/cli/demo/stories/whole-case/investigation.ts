/** From the referral to the choice of measures. */
import type { Step } from '../../step.js';
import { codeOn, FRI, MON, THU, TUE, WED } from '../../story-days.js';
import { accepted, INFORMED, investigated, participated, party, received, registered } from '../steps.js';
import { allOf, type StoryMeasure } from './measures.js';
import type { Scene } from './scene.js';

export const referralAndReview = ({ day, family, ids }: Scene): readonly Step[] => {
  const on = day(-12, MON);
  const { child, mother, father } = family;
  return [
    registered('Barnet registreres', child, on),
    registered('Mor registreres', mother, on),
    registered('Far registreres', father, on),
    received(
      { title: 'Bekymringsmelding fra skolen mottas', on },
      {
        referralId: ids.referral,
        child,
        guardians: [
          { person: mother, relation: 'MOR', dailyCare: true },
          { person: father, relation: 'FAR', dailyCare: false },
        ],
        kind: 'BEKYMRINGSMELDING',
        reporter: { code: '11', isPublic: true, anonymous: false },
        contents: ['2.1.03', '8'],
        description: 'Barnet sovner i timen, kommer ofte for sent og sier at det er alene om kvelden.',
      },
    ),
    ...investigated(
      day(-12, THU),
      ids.referral,
      ids.investigation,
      'Fraværet øker og barnet beskriver kvelder uten voksne. Det er rimelig grunn til å undersøke.',
      ids.investigationPlan,
    ),
  ];
};

export const investigation = ({ day, family }: Scene): readonly Step[] => [
  participated(
    { title: 'Barnet fortelles om undersøkelsen og blir hørt', on: day(-10, TUE) },
    'UNDERSOKELSE',
    {
      opinion: 'Vil at mor skal være hjemme når det er kveld, og at læreren slutter å mase.',
      weight: 'Undersøkelsen rettes mot kveldene, og skolen bes om å vente med flere samtaler.',
    },
  ),
  party({ title: 'Mor er part', on: day(-9, MON) }, family.mother, 'PARENT_DAILY_CARE', 'FVL_2E'),
  party({ title: 'Far er part', on: day(-9, MON) }, family.father, 'PARENT_VISITATION', 'FVL_2E'),
  party({ title: 'Barnet under 15 år er ikke part', on: day(-9, MON) }, family.child, 'CHILD'),
  accepted(
    { title: '1 Funnene oppsummeres med barnet og foreldrene', on: day(-3, TUE) },
    'SummariseFindings',
    '/cases/{caseId}/findings',
    {
      summarisedOn: day(-3, TUE),
      findings: 'Mor arbeider kveld, ingen følger leggingen, og søvnen går ut over skolen.',
      childView: 'Kjenner seg igjen, og synes det er fint at noen sier det høyt.',
      parentView: 'Foreldrene er enige om bildet og ønsker hjelp.',
      ...needs(day(-3, TUE)),
    },
    'FindingsSummarised',
  ),
];

/** Needs are told by the codes of «Barnets behov i sentrum», which the national list has from 2026 on. */
const needs = (on: string): object =>
  on < '2026-01-01'
    ? {}
    : {
        riskFactors: [codeOn('saksinnhold', on, '2.1.03')],
        protectiveFactors: [codeOn('saksinnhold', on, '3.3.02')],
      };

/** Steps 2 to 5 of the nine: what is to be reached, by what, with whom, with whose consent. */
export const choice = (scene: Scene): readonly Step[] => {
  const { day, measures } = scene;
  return [
    participated(
      { title: '2 Barnet er med på å velge mål og tiltak', on: day(-3, WED) },
      'TILTAKSVALG',
      {
        opinion: 'Vil måle om det går bedre med hvor mange morgener det ikke er krangel.',
        weight: 'Barnets eget barometer tas inn i planen.',
      },
      true,
    ),
    ...allOf(measures).map((measure) => proposed(measure, day(-2, MON))),
    ...cooperation(scene),
    consented(scene),
  ];
};

const proposed = (measure: StoryMeasure, on: string): Step =>
  accepted(
    { title: `3 Tiltak velges: ${measure.name}`, on },
    'ProposeMeasure',
    '/cases/{caseId}/proposals',
    {
      measureId: measure.measureId,
      proposedOn: on,
      catalogueCode: measure.catalogueCode,
      whyThisMeasure: measure.whyThisMeasure,
      suitability: measure.suitability,
      alternativesConsidered:
        'Et gruppetilbud ble vurdert, og ville kommet på toppen av det familien makter nå.',
      networkConsidered:
        'Tante stiller opp som tillitsperson, men bor for langt unna til å være der i hverdagen.',
    },
    'MeasureProposed',
  );

const cooperation = ({ day, family, ids }: Scene): readonly Step[] => [
  sharing(day(-2, TUE), family.mother.personId, ids.schoolConsent, 'SKOLE', 'Oppmøte og trivsel'),
  sharing(day(-2, TUE), family.mother.personId, ids.nurseConsent, 'SKOLEHELSETJENESTE', 'Søvn og helse'),
  accepted(
    { title: '4 Roller og samhandling avklares', on: day(-2, WED) },
    'ClarifyRoles',
    '/cases/{caseId}/roles',
    {
      clarifiedOn: day(-2, WED),
      contacts: [
        { service: 'Barnevernstjenesten', name: { first: 'Testine', last: 'Ask' }, role: 'Primærkontakt' },
        {
          service: 'Skolen',
          name: { first: 'Prøvar', last: 'Bjørk' },
          role: 'Skolekontakt',
          consentId: ids.schoolConsent,
        },
        {
          service: 'Skolehelsetjenesten',
          name: { first: 'Forsøka', last: 'Rogn' },
          role: 'Helsesykepleier',
          consentId: ids.nurseConsent,
        },
      ],
      coordinator: 'Barnevernstjenesten leder samarbeidet',
      informationLoops: 'Skolen melder oppmøte hver fredag. Det som sies i samtalene hjemme, deles ikke.',
    },
    'RolesClarified',
  ),
];

const sharing = (on: string, givenBy: string, consentId: string, service: string, what: string): Step =>
  accepted(
    { title: `4 Samtykke til samarbeid: ${service.toLowerCase()}`, on },
    'RecordConsent',
    '/cases/{caseId}/consents',
    {
      consentId,
      kind: 'SAMARBEID_INFO',
      subjectIds: [service],
      givenBy,
      capacity: 'DAILY_CARE',
      form: 'WRITTEN',
      givenOn: on,
      purpose: 'At de som møter barnet i hverdagen, kan dra i samme retning.',
      informationShared: [{ what, withWhom: service, why: 'For å se om målene i planen nås.' }],
      validFrom: on,
      untilMeasureEnds: true,
      informedOf: INFORMED,
    },
    'ConsentGiven',
  );

const consented = ({ day, family, ids, measures }: Scene): Step =>
  accepted(
    { title: '5 Mor samtykker til de tre tiltakene', on: day(-2, FRI) },
    'RecordConsent',
    '/cases/{caseId}/consents',
    {
      consentId: ids.measuresConsent,
      kind: 'TILTAK',
      subjectIds: allOf(measures).map(({ measureId }) => measureId),
      givenBy: family.mother.personId,
      capacity: 'DAILY_CARE',
      form: 'WRITTEN',
      givenOn: day(-2, FRI),
      purpose: 'Trygge kvelder, nok søvn og oppmøte på skolen.',
      validFrom: day(-2, FRI),
      untilMeasureEnds: true,
      informedOf: INFORMED,
      interpreterUsed: false,
    },
    'ConsentGiven',
  );
