/** Bodies as a client writes them that knows only the model and the contract: each is accepted, or the rule says why not. */
import { describe, expect, it } from '@jest/globals';
import { checkBody } from '../kernel/body.js';
import { caseCommands, type CaseCommandType } from './commands.js';
import { command, concluded, IDS, planned, prepared, running, TEXTS } from './test/case.fixture.js';
import { given } from './test/given.fixture.js';

const errorsOf = (type: CaseCommandType, body: object) => checkBody(caseCommands[type], body);

/** The body alone says everything: what the example has beside it is left out. */
function only(type: CaseCommandType, body: object) {
  const example = Object.keys(caseCommands[type].example as object);
  return command(type, { ...Object.fromEntries(example.map((field) => [field, undefined])), ...body });
}

const HISTORY: { readonly [T in CaseCommandType]?: ReturnType<typeof prepared> } = {
  AssessReferral: prepared().slice(0, 1),
  OpenInvestigation: prepared().slice(0, 2),
  ExtendInvestigation: prepared(),
  ConcludeInvestigation: prepared(),
  NotifyDecision: concluded(),
  EstablishPlan: concluded(),
  RevisePlan: running(),
  AcknowledgePlan: planned(),
  StartMeasure: planned(),
  RecordFollowUpStatus: running(),
  RecordEvaluation: running(),
  EndMeasure: running(),
};

const plan = {
  planType: '1',
  purpose: 'Formål',
  goals: [{ goalId: IDS.goal, text: 'Mål' }],
  measures: [{ measureId: IDS.measure }],
  durationUntil: '2026-09-01',
  firstEvaluationOn: '2026-04-06',
  mainEvaluationEvery: 'P12W',
  participation: 'Medvirkning',
  safety: 'Sikkerhet',
  emergency: 'Beredskap',
  closingCriteria: ['Stabilt i åtte uker'],
};
const evaluation = {
  planId: IDS.plan,
  planVersion: 1,
  evaluatedOn: '2026-04-07',
  kind: 'MINI',
  period: { from: '2026-03-03', to: '2026-04-07' },
  goals: [{ goalId: IDS.goal, result: 'NADD' }],
  worksAsIntended: true,
  needForNewMeasures: false,
  groundsForCareOrder: false,
  measures: [{ measureId: IDS.measure, recommendation: 'FORTSETT' }],
  nextDueOn: '2026-07-07',
};

const BODIES: readonly (readonly [CaseCommandType, object])[] = [
  [
    'AssessReferral',
    {
      assessedOn: '2026-01-06',
      conclusion: 'DISMISSED',
      immediateActionNeeded: false,
      manifestlyUnfounded: true,
    },
  ],
  [
    'AssessReferral',
    { assessedOn: '2026-01-06', conclusion: 'TRANSFERRED', immediateActionNeeded: true, reasons: 'Flyttet' },
  ],
  ['OpenInvestigation', { referralIds: [IDS.referral], startedOn: '2026-01-09' }],
  ['ExtendInvestigation', { extendedOn: '2026-03-01', granted: 1, reason: 'Særlig', newDueOn: '2026-06-01' }],
  ['ExtendInvestigation', { extendedOn: '2026-03-01', granted: 2, reason: 'Ikke særlig' }],
  [
    'ConcludeInvestigation',
    {
      concludedOn: '2026-03-02',
      outcome: 'BEGJAERING',
      ssbCode: '2',
      grounds: [{ code: '2.1.03' }],
      petitionId: IDS.other,
    },
  ],
  [
    'ConcludeInvestigation',
    {
      concludedOn: '2026-03-02',
      outcome: 'HENLAGT',
      ssbCode: '6',
      documentId: IDS.document,
      decidedBy: { delegation: 'Delegert' },
      ...TEXTS,
    },
  ],
  [
    'RecordChildParticipation',
    { phase: 'PLAN', none: 'DID_NOT_WISH', heldOn: '2026-02-20', informedOfUse: false },
  ],
  ['AssessPartyStatus', { personRef: IDS.child, assessedOn: '2026-02-20', role: 'CHILD', isParty: false }],
  ['SummariseFindings', { summarisedOn: '2026-02-20', findings: 'Funn' }],
  [
    'ProposeMeasure',
    {
      proposedOn: '2026-02-20',
      measureId: IDS.other,
      catalogueCode: '4.9',
      whyThisMeasure: 'Sinnemestring',
      suitability: 'Egnet',
      targetGroup: 'UNGDOM_ATFERD_LAV',
    },
  ],
  ['ClarifyRoles', { clarifiedOn: '2026-02-24' }],
  [
    'ClarifyRoles',
    {
      clarifiedOn: '2026-02-24',
      contacts: [
        {
          service: 'Skole',
          name: { first: 'Testine', last: 'Eksempel' },
          role: 'Lærer',
          consentId: IDS.consent,
        },
        { first: 'Testine', last: 'Eksempel' },
      ],
    },
  ],
  [
    'RecordConsent',
    {
      consentId: IDS.other,
      kind: 'SAMARBEID_INFO',
      subjectIds: ['SKOLE', '0192:999999999'],
      givenBy: IDS.mother,
      capacity: 'DAILY_CARE',
      form: 'ORAL',
      givenOn: '2026-02-25',
      purpose: 'Samarbeid',
      informationShared: [{ what: 'Oppmøte', withWhom: 'Skolen', why: 'Rutiner' }],
      validFrom: '2026-02-25',
      validTo: '2026-08-25',
      informedOf: { rightToWithdraw: true, rightToComplain: true, participation: true, sharing: true },
    },
  ],
  ['RecordConsentRefusal', { subjectIds: [IDS.measure], by: IDS.father, on: '2026-02-25' }],
  ['WithdrawConsent', { by: IDS.mother, on: '2026-05-04' }],
  [
    'DecideMeasure',
    {
      decisionId: IDS.other,
      decidedOn: '2026-02-27',
      decisionType: 'NYTT',
      legalBasis: '3-1',
      documentId: IDS.document,
      measures: [
        {
          measureId: IDS.measure,
          catalogueCode: 'hjemmeveiledning',
          targetPerson: IDS.mother,
          content: 'Veiledning',
          provider: { type: 'PRIVAT_VIRKSOMHET' },
          startPlanned: '2026-03-02',
          voluntary: true,
        },
      ],
      grounds: [{ code: '2.1.03' }],
      ...TEXTS,
      whyThisMeasure: 'Treffer årsaken',
      consentIds: [IDS.consent],
    },
  ],
  [
    'NotifyDecision',
    {
      notifiedOn: '2026-02-27',
      recipients: [{ personRef: IDS.mother, capacity: 'PART', sentOn: '2026-02-27' }],
      omitted: [{ personRef: IDS.father, capacity: 'FORELDREANSVAR_INFO', reason: 'FARE' }],
      includes: { complaintRight: true, body: true, deadline: true, procedure: true, accessRight: true },
    },
  ],
  ['EstablishPlan', { planId: IDS.plan, establishedOn: '2026-02-27', ...plan }],
  ['RevisePlan', { revisedOn: '2026-04-07', ...plan, reason: 'Nye behov' }],
  ['AcknowledgePlan', { version: 1, acknowledgedOn: '2026-03-02', personRef: IDS.child }],
  ['HoldStartMeeting', { on: '2026-03-02' }],
  ['StartMeasure', { startedOn: '2026-03-03', provider: { type: 'BUFETAT' } }],
  ['RecordFollowUpStatus', { planId: IDS.plan, on: '2026-03-10' }],
  [
    'RecordEvaluation',
    {
      ...evaluation,
      evaluationId: IDS.evaluation,
      evaluators: [{ name: { first: 'Testine', last: 'Eksempel' } }],
    },
  ],
  [
    'RecordEvaluation',
    { ...evaluation, evaluationId: IDS.evaluation, evaluators: [{ first: 'Testine', last: 'Eksempel' }] },
  ],
  ['EndMeasure', { endedOn: '2026-08-31', reason: 'PERIODE_UTLOPT' }],
  [
    'JournalDocument',
    {
      documentId: IDS.other,
      journaledOn: '2026-02-27',
      documentClass: 'VEDTAK',
      sha256: 'ab'.repeat(32),
      internal: false,
    },
  ],
];

describe('a body that holds what the model asks for, and nothing else', () => {
  it.each(BODIES)('%s %#', (type, body) => {
    expect(errorsOf(type, body)).toEqual([]);
    const [event] = given(HISTORY[type] ?? prepared())
      .when(only(type, body))
      .events();
    expect(event?.type).toBe(caseCommands[type].emits[0]);
  });

  it('is tried for every command that has one of its own', () => {
    const tried = new Set(BODIES.map(([type]) => type));
    expect(Object.keys(caseCommands).filter((type) => !tried.has(type as CaseCommandType))).toEqual([
      'ReceiveReferral',
    ]);
  });
});
