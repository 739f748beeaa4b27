/** What `decide` needs to know of a case, and nothing more. Plain, readonly data; `evolve` makes a new one each time. */
import type { LocalDate } from '../kernel/dates.js';
import type { ProviderType, Relation } from '../kernel/shapes.js';
import type {
  Capacity,
  ConsentKind,
  DecisionType,
  EvaluationKind,
  LegalBasis,
  Outcome,
  PartyRole,
  Phase,
  ReviewConclusion,
} from './fields.js';

export type ById<T> = Readonly<Record<string, T>>;

/** What an id of the case names; an id names one thing. */
export type IdKind =
  | 'concern'
  | 'referral'
  | 'investigation'
  | 'measure'
  | 'consent'
  | 'decision'
  | 'plan'
  | 'goal'
  | 'evaluation'
  | 'document';

interface Received {
  readonly receivedOn: LocalDate;
}
export type Referral = Received &
  (
    | { readonly situation: 'received' }
    | {
        readonly situation: 'assessed';
        readonly conclusion: ReviewConclusion;
        readonly assessedOn: LocalDate;
      }
    /** Taken up by an investigation, so it opens no other; `reviewed`: by then or since. */
    | { readonly situation: 'investigated'; readonly investigationId: string; readonly reviewed: boolean }
  );

interface Opened {
  readonly startedOn: LocalDate;
  /** When the first of its referrals was received: what its deadlines count from. */
  readonly firstReceivedOn: LocalDate;
  /** The last day as extended (D5). */
  readonly extendedTo?: LocalDate;
}
export type Investigation = Opened &
  (
    | { readonly situation: 'open' }
    | { readonly situation: 'concluded'; readonly outcome?: Outcome; readonly concludedOn: LocalDate }
  );

export interface Participation {
  readonly phase: Phase;
  readonly heldOn: LocalDate;
}

export interface Guardian {
  readonly relation: Relation;
  readonly dailyCare: boolean;
  readonly foreldreansvar: boolean;
}

export interface PartyStatus {
  readonly personRef: string;
  readonly role: PartyRole;
  readonly isParty: boolean;
  readonly assessedOn: LocalDate;
  readonly hasParentalResponsibility?: boolean;
  readonly understandsCase?: boolean;
}

export interface Consent {
  readonly kind: ConsentKind;
  readonly subjectIds: readonly string[];
  readonly givenBy: string;
  readonly capacity: Capacity;
  readonly givenOn: LocalDate;
  readonly validFrom: LocalDate;
  /** Absent: until the measure ends. */
  readonly validTo?: LocalDate;
  readonly withdrawnOn?: LocalDate;
}

export interface Refusal {
  readonly subjectIds: readonly string[];
  readonly by: string;
  readonly on: LocalDate;
}

/** What one decision says of one measure. */
export interface Grant {
  readonly decisionId: string;
  readonly decidedOn: LocalDate;
  readonly decisionType: DecisionType;
  readonly legalBasis: LegalBasis;
  readonly catalogueCode: string;
  readonly targetPerson: string;
  readonly voluntary: boolean;
  readonly providerOrg?: string;
  readonly consentIds: readonly string[];
}

interface Running {
  readonly startedOn: LocalDate;
  readonly providerType: ProviderType;
  readonly providerOrg?: string;
}
export type Measure =
  | { readonly situation: 'proposed' }
  | { readonly situation: 'decided'; readonly grants: readonly Grant[] }
  | ({ readonly situation: 'started'; readonly grants: readonly Grant[] } & Running)
  | ({
      readonly situation: 'ended';
      readonly grants: readonly Grant[];
      readonly endedOn: LocalDate;
    } & Running)
  /** Decided, never started, and given up. */
  | { readonly situation: 'lapsed'; readonly grants: readonly Grant[]; readonly endedOn: LocalDate };

export interface Notice {
  readonly notifiedOn: LocalDate;
  readonly told: readonly { readonly personRef: string; readonly capacity: 'PART' | 'FORELDREANSVAR_INFO' }[];
}
export interface Decision {
  readonly decidedOn: LocalDate;
  /** Absent for a henleggelse, which is a decision too. */
  readonly decisionType?: DecisionType;
  readonly measureIds: readonly string[];
  readonly notices: readonly Notice[];
}

export interface PlanVersion {
  readonly from: LocalDate;
  readonly goalIds: readonly string[];
  readonly measureIds: readonly string[];
}
export interface Plan {
  readonly planType: string;
  /** Version n stands at index n − 1. */
  readonly versions: readonly PlanVersion[];
  readonly firstEvaluationOn: LocalDate;
  readonly acknowledged: readonly { readonly version: number; readonly personRef: string }[];
}

export interface Evaluation {
  readonly planId: string;
  readonly kind: EvaluationKind;
  readonly evaluatedOn: LocalDate;
  readonly nextDueOn?: LocalDate;
}

/** Where the case stands when nothing in it is going on. */
export type Settled =
  | 'RECEIVED'
  | 'ASSESSED'
  | 'DISMISSED'
  | 'INVESTIGATION_DISMISSED'
  | 'DISMISSED_REOPENABLE'
  | 'MEASURES_DECIDED'
  | 'PETITIONED'
  | 'MEASURES_ENDED';

/** Birth as last copied from the Person; unknown to us where the person's key was destroyed. */
export interface Birth {
  readonly date?: LocalDate;
  /** Termindato of a child not yet born. */
  readonly dueDate?: LocalDate;
}

export interface OpenCase {
  readonly situation: 'open';
  readonly childRef: string;
  readonly birth: Birth;
  /** When the first referral was received: nothing in the case happened before. */
  readonly startedOn: LocalDate;
  /** Where the child stays by the referral that was received last. */
  readonly stay: { readonly municipality: string; readonly asOf: string };
  readonly ids: ById<IdKind>;
  readonly referrals: ById<Referral>;
  readonly investigations: ById<Investigation>;
  readonly participations: readonly Participation[];
  readonly guardians: ById<Guardian>;
  /** In the order they were recorded. */
  readonly partyStatuses: readonly PartyStatus[];
  readonly consents: ById<Consent>;
  readonly refusals: readonly Refusal[];
  readonly decisions: ById<Decision>;
  readonly measures: ById<Measure>;
  readonly plans: ById<Plan>;
  readonly evaluations: ById<Evaluation>;
  readonly settled: Settled;
}

export type CaseState = { readonly situation: 'none' } | OpenCase;

export const noCase: CaseState = { situation: 'none' };

/** Whether the referral has been reviewed (bvl §2-1): before an investigation took it up, or since. */
export const isReviewed = (referral: Referral): boolean =>
  referral.situation === 'assessed' || (referral.situation === 'investigated' && referral.reviewed);

export const grantsOf = (measure: Measure | undefined): readonly Grant[] =>
  measure === undefined || measure.situation === 'proposed' ? [] : measure.grants;
