/** Measures are chosen with the family, consented to, decided and notified (bvl §§3-1 and 12-5). */
import {
  type CaseCommandOf,
  categoriesOf,
  categoryNeedsSpecification,
  entitledToNotice,
  isJudged,
  type LocalDate,
  measureKind,
  type ProviderType,
} from '#forlop/domain';
import { CHANCES, MEASURE_DAYS } from '../assumptions.js';
import { plus } from '../calendar.js';
import { unusedOrganisation } from '../places.js';
import type { Weighted } from '../random.js';
import { ageGroup, MEASURES } from '../statistics.js';
import type { Act, CaseLife } from './case-life.js';
import { contents, isConduct } from './codes.js';
import { journal } from './journal.js';
import type { DecidedMeasure, Measure } from './measure.js';
import { childIsAssessed, consent, consenters, hear } from './people.js';

type Decision = CaseCommandOf<'DecideMeasure'>['data'];

const HOW_MANY: Weighted<number> = [
  [1, 58],
  [2, 30],
  [3, 12],
];

/**
 * Chooses measures and asks for consent in the week before a decision.
 * @returns what can be decided when the day has come; nothing where a parent refused
 */
export function prepareMeasures(life: CaseLife, from: LocalDate): () => readonly Measure[] {
  let measures: readonly Measure[] = [];
  life.on(from, (now) => {
    measures = chosen(now);
    for (const { measureId, catalogueCode } of measures) {
      now.give('ProposeMeasure', {
        measureId,
        proposedOn: now.today,
        catalogueCode,
        whyThisMeasure: now.text('why'),
        alternativesConsidered: now.text('alternatives'),
        suitability: now.text('assessment'),
      });
    }
    if (now.random.chance(0.3)) clarifyRoles(now);
  });
  life.on(plus(from, 3), (now) => hear(now, now.random.chance(0.7) ? 'VEDTAK' : 'TILTAKSVALG'));
  life.on(plus(from, 5), (now) => {
    if (now.random.chance(CHANCES.refused)) {
      refuse(now, measures);
      measures = [];
    } else consentTo(now, measures);
  });
  return () => measures;
}

function chosen(life: CaseLife): readonly Measure[] {
  const { random } = life;
  const kinds = new Set<string>();
  for (let count = random.weighted(HOW_MANY); count > 0; count -= 1) {
    kinds.add(random.weighted(MEASURES[ageGroup(Math.min(17, life.age))]));
  }
  return [...kinds].map((catalogueCode) => newMeasure(life, catalogueCode));
}

export function newMeasure(life: CaseLife, catalogueCode: string): Measure {
  const { random, child, household } = life;
  const kind = measureKind(catalogueCode);
  const type = random.pick<ProviderType>(
    providersIn(life.place.municipality, kind?.providers ?? ['KOMMUNE']),
  );
  const [carer] = household.guardians;
  const isForChild = kind?.childPartyConsent === true || carer === undefined || random.chance(0.4);
  return {
    measureId: random.uuid(),
    catalogueCode,
    targetPerson: isForChild ? child.personId : carer.personId,
    provider:
      type === 'PRIVAT_VIRKSOMHET' || type === 'BUFETAT'
        ? { type, org: unusedOrganisation(`888800${random.between(10, 39)}`) }
        : { type },
    content: life.text('content'),
    specification: 'Tiltak som er avtalt med familien',
    consentIds: [],
    citedConsentIds: [],
    endPlanned: plus(life.today, 14 + random.days(MEASURE_DAYS)),
    hasEnded: false,
    isWeekly: random.chance(CHANCES.followedWeekly),
  };
}

const OSLO = '0301';

/** What Bufetat does elsewhere, Oslo does itself (bvl §16-6). */
const providersIn = (municipality: string, providers: readonly ProviderType[]): readonly ProviderType[] =>
  municipality === OSLO ? providers.filter((type) => type !== 'BUFETAT') : providers;

function clarifyRoles(life: CaseLife): void {
  const { random } = life;
  life.give('ClarifyRoles', {
    clarifiedOn: life.today,
    contacts: [
      {
        service: life.age < 6 ? 'Barnehage' : 'Skole',
        name: { first: 'Testine', last: 'Eksempel' },
        role: random.chance(0.5) ? 'Kontaktlærer' : 'Helsesykepleier',
      },
    ],
    coordinator: 'Barnevernstjenesten',
    informationLoops: life.text('clarified'),
  });
}

function refuse(life: CaseLife, measures: readonly Measure[]): void {
  const [who] = consenters(life);
  if (who === undefined || measures.length === 0) return;
  life.give('RecordConsentRefusal', {
    subjectIds: measures.map(({ measureId }) => measureId),
    by: who.personRef,
    on: life.today,
    reason: life.text('unwilling'),
  });
}

export function consentTo(life: CaseLife, measures: readonly Measure[]): void {
  if (measures.length === 0) return;
  const given = consent(
    life,
    measures.map(({ measureId }) => measureId),
  );
  for (const measure of measures) measure.consentIds = given;
}

/** Any decision: journaled, made today by somebody who may, notified within days. */
export function decide(life: CaseLife, decisionType: Decision['decisionType'], measures: readonly Measure[]) {
  const { random, today } = life;
  const grounds = contents(random, today);
  childIsAssessed(life, isConduct(grounds));
  // Who has become party since the consents were given is asked now.
  if (decisionType !== 'OPPHORT') consentOfNewParties(life, measures);
  const decisionId = random.uuid();
  // From 18 on each end is a decision about aftercare.
  const legalBasis = !isJudged(today) ? '4-4' : life.birthday(18) <= today ? '3-6' : '3-1';
  const documentId = journal(life, 'U', 'VEDTAK');
  const isLeader = random.chance(0.35);
  life.give(
    'DecideMeasure',
    {
      decisionId,
      decidedOn: today,
      decisionType,
      legalBasis,
      documentId,
      measures: measures.map((measure) => decidedMeasure(life, measure, decisionType === 'OPPHORT')),
      grounds,
      ...decisionTexts(life),
      whyThisMeasure: life.text('why', random.between(1, 2)),
      consentIds: [...new Set(measures.flatMap(({ consentIds }) => consentIds))],
      ...(isLeader ? {} : { decidedBy: { delegation: 'Delegert fra barnevernsleder' } }),
    },
    isLeader ? life.colleague('LEDER') : life.caseworker,
  );
  for (const measure of measures) measure.citedConsentIds = measure.consentIds;
  if (random.chance(0.98)) life.in(random.between(0, 4), notify(decisionId));
  return { decisionId, grounds };
}

/** A child that has turned 15, or is party by what the case is about, consents besides. */
export function consentOfNewParties(life: CaseLife, measures: readonly Measure[]): void {
  const { state } = life;
  const consents = state.situation === 'open' ? state.consents : {};
  const stands = (id: string, by: string): boolean =>
    consents[id]?.givenBy === by && consents[id].withdrawnOn === undefined;
  const missing = measures.filter(({ consentIds }) =>
    consenters(life).some(({ personRef }) => !consentIds.some((id) => stands(id, personRef))),
  );
  consentTo(life, missing);
}

function decidedMeasure(life: CaseLife, measure: Measure, isEnd: boolean): DecidedMeasure {
  const { measureId, catalogueCode, targetPerson, content, provider, endPlanned, specification } = measure;
  const kind = measureKind(catalogueCode);
  const [category] = kind === undefined ? [] : categoriesOf(kind, life.today);
  const asks = category !== undefined && categoryNeedsSpecification(category, life.today);
  return {
    measureId,
    catalogueCode,
    targetPerson,
    content,
    ...(asks ? { specification } : {}),
    frequency: life.random.pick([
      'Ukentlig',
      'Hver fjortende dag',
      'To ganger i uken, 60 minutter',
      'Månedlig',
    ]),
    provider,
    startPlanned: life.today,
    ...(isEnd || endPlanned <= life.today ? {} : { endPlanned }),
    voluntary: true,
  };
}

/** The six texts of bvl §12-5. */
export const decisionTexts = (life: CaseLife) => ({
  facts: life.text('findings', 2),
  professionalAssessment: life.text('assessment', 2),
  childOpinion: life.text('opinion'),
  weightGiven: life.text('weight'),
  bestInterests: life.text('best'),
  familyTies: life.text('ties'),
});

/** Every party, and everybody else with foreldreansvar, is told (bvl §12-2, fvl §27). */
export const notify =
  (decisionId: string): Act =>
  (life) => {
    const { random, state, today } = life;
    if (state.situation !== 'open') return;
    const isOfAge = life.birthday(18) <= today;
    const sentOn = today;
    // What a youth of age gets is none of the parents' business (bvl §13-1).
    const entitled = entitledToNotice(state, today).filter(
      ({ personRef }) => !isOfAge || personRef === life.child.personId,
    );
    const told = entitled
      .filter(({ capacity }) => capacity === 'PART')
      .map((party) => ({ ...party, sentOn, ...(random.chance(0.8) ? { reachedOn: today } : {}) }));
    const informed = entitled.flatMap(({ personRef, capacity }) =>
      capacity === 'PART' ? [] : [{ personRef, capacity }],
    );
    const isOmitted = informed.length > 0 && random.chance(0.06);
    life.give('NotifyDecision', {
      decisionId,
      notifiedOn: today,
      recipients: [...told, ...(isOmitted ? [] : informed.map((one) => ({ ...one, sentOn })))],
      includes: {
        complaintRight: true,
        body: true,
        deadline: true,
        procedure: true,
        accessRight: true,
        suspension: random.chance(0.9),
      },
      ...(isOmitted
        ? {
            omitted: informed.map((one) => ({
              ...one,
              reason: random.pick(['FARE', 'IKKE_TILGJENGELIG'] as const),
            })),
          }
        : {}),
    });
  };
