/** A synthetic case to test with: commands that are lawful as they stand, each with what a test wants otherwise. */
import type { CommandContext } from '../../kernel/decider.js';
import type { Role } from '../../kernel/envelope.js';
import { caseCommands, type CaseCommand, type CaseCommandOf, type CaseCommandType } from '../commands.js';
import { EXAMPLE } from '../commands/common.js';

export const IDS = {
  ...EXAMPLE,
  investigation: 'b0000000-0000-4000-8000-000000000001',
  childConsent: 'b0000000-0000-4000-8000-000000000002',
  fatherConsent: 'b0000000-0000-4000-8000-000000000003',
  endDecision: 'b0000000-0000-4000-8000-000000000004',
  finalEvaluation: 'b0000000-0000-4000-8000-000000000005',
  other: 'b0000000-0000-4000-8000-000000000006',
  another: 'b0000000-0000-4000-8000-000000000007',
  third: 'b0000000-0000-4000-8000-000000000008',
} as const;

export const TODAY = '2026-11-24';

export interface By {
  readonly role?: Role;
  readonly orgNumber?: string;
  readonly today?: string;
  readonly municipality?: string;
}

export const context = ({ role, orgNumber, today, municipality }: By = {}): CommandContext => ({
  now: `${today ?? TODAY}T11:00:00Z`,
  today: today ?? TODAY,
  by: { subjectId: 'employee-1', role: role ?? 'LEDER', orgNumber: orgNumber ?? '0192:999999999' },
  municipality: municipality ?? '3401',
});

/** Ids of the path, and what the service fills in. */
const FILLED: { readonly [T in CaseCommandType]?: object } = {
  ReceiveReferral: {
    concernId: IDS.concern,
    referralId: IDS.referral,
    childBirth: { date: '2014-05-01' },
  },
  AssessReferral: { referralId: IDS.referral },
  OpenInvestigation: { investigationId: IDS.investigation },
  ExtendInvestigation: { investigationId: IDS.investigation },
  ConcludeInvestigation: { investigationId: IDS.investigation },
  WithdrawConsent: { consentId: IDS.consent },
  NotifyDecision: { decisionId: IDS.decision },
  RevisePlan: { planId: IDS.plan },
  AcknowledgePlan: { planId: IDS.plan },
  StartMeasure: { measureId: IDS.measure },
  EndMeasure: { measureId: IDS.measure },
};

/** A command as its example has it, but for `changes`; a field of `undefined` is left out. */
export function command<T extends CaseCommandType>(
  type: T,
  changes: { readonly [F in keyof CaseCommandOf<T>['data']]?: unknown } = {},
  by: By = {},
): CaseCommand {
  const filled = { ...(caseCommands[type].example as object), ...FILLED[type], ...changes };
  const data = Object.fromEntries(Object.entries(filled).filter(([, value]) => value !== undefined));
  return { type, data, context: context(by) } as unknown as CaseCommand;
}

export const received = (changes = {}, by: By = {}) => command('ReceiveReferral', changes, by);
/** A referral of a child who was born on that day. */
export const born = (date: string) => received({ childBirth: { date } });

export const partyStatuses = (): readonly CaseCommand[] => [
  command('AssessPartyStatus'),
  command('AssessPartyStatus', {
    personRef: IDS.father,
    role: 'PARENT_VISITATION',
    isParty: false,
    basis: undefined,
  }),
];
export const childIsParty = (assessedOn = '2026-01-12') =>
  command('AssessPartyStatus', {
    personRef: IDS.child,
    role: 'CHILD',
    basis: 'AGE_15',
    hasParentalResponsibility: undefined,
    assessedOn,
  });
export const childConsents = (changes = {}) =>
  command('RecordConsent', {
    consentId: IDS.childConsent,
    givenBy: IDS.child,
    capacity: 'CHILD_PARTY',
    ...changes,
  });

/** A measure as the example decides it, but for `changes`. */
export const decided = (changes = {}, decision = {}, by: By = {}) => {
  const { measures } = caseCommands.DecideMeasure.example as { measures: readonly object[] };
  return command('DecideMeasure', { measures: [{ ...measures[0], ...changes }], ...decision }, by);
};
export const SUPPORT_CONTACT = {
  catalogueCode: 'stottekontakt',
  ssbCategory: '4.6',
  targetPerson: IDS.child,
} as const;

/** The six texts of bvl §12-5. */
export const TEXTS = {
  facts: 'Fakta',
  professionalAssessment: 'Vurdering',
  childOpinion: 'Barnets mening',
  weightGiven: 'Vekt',
  bestInterests: 'Barnets beste',
  familyTies: 'Familiebånd',
} as const;
/** A conclusion that dismisses, but for `changes`. */
export const dismissed = (changes = {}, by: By = {}) =>
  command(
    'ConcludeInvestigation',
    {
      outcome: 'HENLAGT',
      grounds: undefined,
      documentId: IDS.document,
      ...TEXTS,
      ...changes,
    },
    by,
  );

/** Up to a decision that only waits to be made. */
export const prepared = (referral = received()): readonly CaseCommand[] => [
  referral,
  command('AssessReferral'),
  command('OpenInvestigation'),
  ...partyStatuses(),
  command('RecordChildParticipation', { phase: 'UNDERSOKELSE', heldOn: '2026-02-01' }),
  command('SummariseFindings'),
  command('ProposeMeasure'),
  command('ClarifyRoles'),
  command('RecordChildParticipation'),
  command('RecordConsent'),
  command('JournalDocument'),
];
export const concluded = (referral = received()): readonly CaseCommand[] => [
  ...prepared(referral),
  command('DecideMeasure'),
  command('ConcludeInvestigation'),
];
export const planned = (): readonly CaseCommand[] => [
  ...concluded(),
  command('NotifyDecision'),
  command('RecordChildParticipation', { phase: 'PLAN', heldOn: '2026-02-27' }),
  command('EstablishPlan'),
];
export const running = (): readonly CaseCommand[] => [
  ...planned(),
  command('HoldStartMeeting'),
  command('StartMeasure'),
];
