/** What `decide` and the package need to know of a request for access. */
import type { ById } from '../child-case/state.js';
import type { LocalDate } from '../kernel/dates.js';
import { sameJson } from '../kernel/same-json.js';
import type { LawReference } from '../kernel/law-reference.js';
import type { Deadline } from '../law/deadlines.js';
import type { AccessRequestEventOf, InnsynBasis, InnsynResult } from './events.js';

/** How a document was assessed last. */
export interface Assessment {
  readonly caseId: string;
  readonly assessedOn: LocalDate;
  readonly result: InnsynResult;
  /** Absent for FULL. */
  readonly exemption?: LawReference;
  readonly redactions: readonly string[];
  /** The investigation whose end lifts the refusal. */
  readonly investigationId?: string;
  /** The corrections that the document stood with when it was assessed. */
  readonly corrections: readonly string[];
  /** Whether a decision has been made on it: only then does the party see anything of the document. */
  readonly decided: boolean;
  /** As recorded, so that a repeat is known as one. */
  readonly recorded: AccessRequestEventOf<'InnsynDocumentAssessed'>['data'];
}

/** Whether a document still says what was assessed: it stands with the same corrections. */
export const isAsAssessed = (assessment: Assessment, corrections: readonly string[] = []): boolean =>
  sameJson(assessment.corrections, corrections);

export interface InnsynDecision {
  readonly decidedOn: LocalDate;
  readonly outcome: InnsynResult;
  readonly refusalBasis: readonly LawReference[];
  /** D16. */
  readonly complaintDueOn?: LocalDate;
  readonly deliveredOn?: LocalDate;
}

export interface OpenRequest {
  readonly situation: 'requested';
  readonly requestId: string;
  readonly caseIds: readonly string[];
  readonly requester: AccessRequestEventOf<'InnsynRequested'>['data']['requester'];
  readonly basis: InnsynBasis;
  readonly receivedOn: LocalDate;
  /** D15. */
  readonly deadline: Deadline;
  readonly assessments: ById<Assessment>;
  /** The first, and one more each time refusals had lifted. */
  readonly decisions: readonly InnsynDecision[];
  /** Documents by the representative whom they were made known to. */
  readonly disclosed: ById<readonly string[]>;
}

export type AccessRequestState = { readonly situation: 'none' } | OpenRequest;

export const noRequest: AccessRequestState = { situation: 'none' };

export type AccessRequestStatus = 'RECEIVED' | 'UNDER_ASSESSMENT' | 'DECIDED' | 'DELIVERED';

/**
 * The name of the state that a request is in. An assessment after the decision, of what had lifted, puts it under assessment
 * again.
 */
export function accessRequestStatus({ assessments, decisions }: OpenRequest): AccessRequestStatus {
  if (Object.values(assessments).some(({ decided }) => !decided)) return 'UNDER_ASSESSMENT';
  const last = decisions.at(-1);
  if (last === undefined) return 'RECEIVED';
  return last.deliveredOn === undefined ? 'DECIDED' : 'DELIVERED';
}
