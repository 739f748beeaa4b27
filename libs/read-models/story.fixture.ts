/** One case from referral to an evaluation, invented, with every kind of event that a read model shows. */
import { uuid, type Happening, type Owner } from './testing.fixture.js';

export const ringsaker: Owner = { municipality: '3411' };

export const ids = {
  case: uuid(10),
  child: uuid(11),
  mother: uuid(12),
  concern: uuid(20),
  referral: uuid(21),
  investigation: uuid(22),
  measure: uuid(23),
  consent: uuid(24),
  decision: uuid(25),
  plan: uuid(26),
  goal: uuid(27),
  evaluation: uuid(28),
  document: uuid(29),
} as const;

/** Texts that must never stand in clear in a table. */
export const texts = {
  description: 'Barnet kommer til skolen uten mat og virker trøtt.',
  assessment: 'Det er rimelig grunn til å undersøke omsorgen nærmere.',
  opinion: 'Jeg vil helst være hjemme hos mamma.',
  why: 'Støttekontakt gir barnet en voksen til på fritiden.',
  content: 'Støttekontakt fire timer i uken.',
  purpose: 'Trygge rammer etter skoletid.',
  network: 'Tante Solveig følger til trening.',
} as const;

export const onCase = (type: string, data: object, over: Partial<Happening> = {}): Happening => ({
  streamId: `childcase-${ids.case}`,
  subject: ids.child,
  type,
  data,
  ...over,
});

export const received = onCase('ReferralReceived', {
  concernId: ids.concern,
  kind: 'BEKYMRINGSMELDING',
  receivedAt: '2026-02-02T09:00:00+01:00',
  reporters: [{ code: '5' }],
  contents: [{ code: '18' }],
  description: texts.description,
  referralId: ids.referral,
  stayMunicipality: '3411',
  guardians: [{ personRef: ids.mother, relation: 'MOR', dailyCare: true, foreldreansvar: true }],
  childRef: ids.child,
  childBirth: { date: '2014-05-01' },
  reviewDueOn: '2026-02-09',
  receiptDueOn: '2026-02-23',
});

export const assessed = onCase('ReferralAssessed', {
  referralId: ids.referral,
  assessedOn: '2026-02-05',
  conclusion: 'INVESTIGATE',
  immediateActionNeeded: false,
  professionalAssessment: texts.assessment,
  deadlineBreached: false,
});

export const opened = onCase('InvestigationOpened', {
  investigationId: ids.investigation,
  referralIds: [ids.referral],
  startedOn: '2026-02-05',
  dueOn: '2026-05-09',
});

export const participated = onCase('ChildParticipationRecorded', {
  phase: 'VEDTAK',
  method: 'CONVERSATION',
  heldOn: '2026-02-20',
  opinion: texts.opinion,
  informedOfUse: true,
});

export const partyStatus = onCase('PartyStatusAssessed', {
  personRef: ids.mother,
  assessedOn: '2026-02-20',
  role: 'PARENT_DAILY_CARE',
  isParty: true,
  basis: 'FVL_2E',
});

export const proposed = onCase('MeasureProposed', {
  measureId: ids.measure,
  proposedOn: '2026-02-24',
  catalogueCode: 'stottekontakt',
  whyThisMeasure: texts.why,
  suitability: texts.why,
});

export const consented = onCase('ConsentGiven', {
  consentId: ids.consent,
  kind: 'TILTAK',
  subjectIds: [ids.measure],
  givenBy: ids.mother,
  capacity: 'DAILY_CARE',
  form: 'WRITTEN',
  givenOn: '2026-02-26',
  purpose: texts.purpose,
  validFrom: '2026-03-01',
  untilMeasureEnds: true,
  informedOf: { rightToWithdraw: true, rightToComplain: true, participation: true, sharing: true },
});

export const withdrawn = onCase('ConsentWithdrawn', {
  consentId: ids.consent,
  by: ids.mother,
  on: '2026-05-05',
});

export const journaled = onCase('DocumentJournaled', {
  documentId: ids.document,
  journaledOn: '2026-03-02',
  noark: { type: 'U' },
  documentClass: texts.content,
  sha256: 'ab'.repeat(32),
  internal: false,
});

export const decided = onCase('MeasureDecided', {
  decisionId: ids.decision,
  decidedOn: '2026-03-02',
  decisionType: 'NYTT',
  legalBasis: '3-1',
  documentId: ids.document,
  measures: [
    {
      measureId: ids.measure,
      catalogueCode: 'stottekontakt',
      ssbCategory: '4.6',
      targetPerson: ids.child,
      content: texts.content,
      provider: { type: 'KOMMUNE' },
      startPlanned: '2026-03-09',
      endPlanned: '2026-12-31',
      voluntary: true,
    },
  ],
  grounds: [{ code: '18' }],
  facts: texts.assessment,
  professionalAssessment: texts.assessment,
  childOpinion: texts.opinion,
  weightGiven: texts.opinion,
  bestInterests: texts.why,
  familyTies: texts.network,
  whyThisMeasure: texts.why,
  consentIds: [ids.consent],
  planDueOn: '2026-03-02',
});

export const concluded = onCase('InvestigationConcluded', {
  investigationId: ids.investigation,
  concludedOn: '2026-03-02',
  outcome: 'VEDTAK_TILTAK',
  grounds: [{ code: '18' }],
  findings: texts.assessment,
  decisionId: ids.decision,
  deadlineBreached: false,
});

export const notified = onCase('DecisionNotified', {
  decisionId: ids.decision,
  notifiedOn: '2026-03-04',
  recipients: [{ personRef: ids.mother, capacity: 'PART', sentOn: '2026-03-04', reachedOn: '2026-03-05' }],
  includes: {
    complaintRight: true,
    body: true,
    deadline: true,
    procedure: true,
    accessRight: true,
    suspension: true,
  },
  complaintDueOn: '2026-03-26',
});

const planContent = {
  planId: ids.plan,
  planType: '1',
  purpose: texts.purpose,
  goals: [{ goalId: ids.goal, text: texts.purpose, indicator: texts.content }],
  measures: [{ measureId: ids.measure, what: texts.content }],
  durationUntil: '2026-12-31',
  firstEvaluationOn: '2026-04-20',
  mainEvaluationEvery: 'P3M',
  participation: texts.opinion,
  safety: texts.network,
  emergency: texts.network,
  closingCriteria: [texts.purpose],
} as const;

export const planned = onCase(
  'PlanEstablished',
  { ...planContent, establishedOn: '2026-03-06', version: 1 },
  { flags: [{ rule: '29', slug: 'plan-late', dueOn: '2026-03-02', daysLate: 4 }] },
);

export const revised = onCase('PlanRevised', {
  ...planContent,
  revisedOn: '2026-04-27',
  version: 2,
  reason: texts.why,
});

/** Recorded a week after the start: more than three virkedager. */
export const started = onCase(
  'MeasureStarted',
  { measureId: ids.measure, startedOn: '2026-03-09', provider: { type: 'KOMMUNE' } },
  { recordedAt: '2026-03-16T10:00:00.000Z' },
);

export const evaluated = onCase('EvaluationRecorded', {
  evaluationId: ids.evaluation,
  planId: ids.plan,
  planVersion: 1,
  evaluatedOn: '2026-04-22',
  kind: 'FORSTE_4_6_UKER',
  period: { from: '2026-03-09', to: '2026-04-22' },
  goals: [{ goalId: ids.goal, observed: texts.opinion, result: 'FREMGANG' }],
  worksAsIntended: true,
  needForNewMeasures: false,
  groundsForCareOrder: false,
  measures: [{ measureId: ids.measure, recommendation: 'JUSTER' }],
  evaluators: [{ role: texts.network }],
  nextDueOn: '2026-07-20',
});

export const ended = onCase('MeasureEnded', {
  measureId: ids.measure,
  endedOn: '2026-06-01',
  reason: 'MAL_NADD',
  goalsReached: texts.purpose,
});

/** The case as far as its first evaluation, in the order of its events. */
export const story: readonly Happening[] = [
  received,
  assessed,
  opened,
  participated,
  partyStatus,
  proposed,
  consented,
  journaled,
  decided,
  concluded,
  notified,
  planned,
  started,
  evaluated,
];

/** Somebody reads cases. */
export const accessed = (caseIds: readonly string[], over: Partial<Happening> = {}): Happening => ({
  streamId: 'accesslog-3411-2026-04-23',
  type: 'CaseHistoryAccessed',
  data: {
    who: 'ansatt-17',
    role: 'SAKSBEHANDLER',
    org: '0192:999999999',
    caseIds,
    what: { view: 'GET /cases/{caseId}' },
    when: '2026-04-23T08:00:00Z',
    purpose: 'TJENSTLIG',
    decision: 'PERMIT',
  },
  ...over,
});

export const registered: Happening = {
  streamId: `person-${ids.child}`,
  subject: ids.child,
  type: 'PersonRegistered',
  data: {
    personId: ids.child,
    identifier: { kind: 'NONE' },
    name: { first: 'Ask', last: texts.network },
    birthDate: '2014-05-01',
    addressProtection: 'UGRADERT',
    on: '2026-02-02',
  },
};
