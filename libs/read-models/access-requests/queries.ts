import type { DataSource } from 'typeorm';
import type {
  AccessRequestEventOf,
  AccessRequestStatus,
  InnsynBasis,
  InnsynResult,
  LawReference,
  LocalDate,
  Standing,
} from '#forlop/domain';
import { accessDeadline } from '#forlop/domain';
import type { TaskView } from '../case-overview/tasks.js';
import type { Opener } from '../opener.js';
import type { ListRow, Page, PageRequest } from '../page.js';
import { pageOf, pageValues, statement } from '../page.js';
import type { ReadScope } from '../scope.js';
import { readInScope } from '../scope.js';

/** A request in the register. */
export interface AccessRequestItem {
  readonly requestId: string;
  /** Of a registered person. */
  readonly requesterRef?: string;
  readonly caseIds: readonly string[];
  readonly basis: InnsynBasis;
  readonly receivedAt: string;
  /** D15. */
  readonly dueOn: LocalDate;
  /** Not decided, and its day has passed. */
  readonly overdue: boolean;
  readonly state: AccessRequestStatus;
  readonly outcome?: InnsynResult;
  readonly decidedOn?: LocalDate;
  readonly deliveredOn?: LocalDate;
  readonly revision: number;
  /** Of its last change, which the list ascends by. */
  readonly position: string;
}

/** How a document was assessed last, without the texts of the assessment. */
export interface AssessmentView {
  readonly documentId: string;
  readonly caseId: string;
  readonly assessedOn: LocalDate;
  readonly result: InnsynResult;
  readonly exemption?: LawReference;
  readonly investigationId?: string;
}

/** A document to be assessed anew, because what it was refused for is over (rule 56). */
export interface LiftedRefusalTask extends TaskView {
  readonly requestId: string;
  readonly documentId: string;
}

export interface AccessRequestView extends AccessRequestItem {
  readonly requester: AccessRequestEventOf<'InnsynRequested'>['data']['requester'];
  readonly identityProof?: string;
  readonly scope?: string;
  readonly standings: readonly { readonly caseId: string; readonly standing: Standing }[];
  readonly refusalBasis?: readonly LawReference[];
  /** D16. */
  readonly complaintDueOn?: LocalDate;
  readonly packageHash?: string;
  readonly assessments: readonly AssessmentView[];
  readonly tasks: readonly LiftedRefusalTask[];
}

interface Decision {
  readonly position: string;
  readonly decidedOn: LocalDate;
  readonly outcome: InnsynResult;
  readonly refusalBasis: readonly LawReference[];
  readonly complaintDueOn?: LocalDate;
}

interface Delivery {
  readonly position: string;
  readonly deliveredOn: LocalDate;
  readonly packageHash: string;
}

type RequestRow = Omit<
  AccessRequestItem,
  'requesterRef' | 'overdue' | 'outcome' | 'decidedOn' | 'deliveredOn'
> & {
  readonly requesterRef: string | null;
  readonly decision: Decision | null;
  readonly delivery: Delivery | null;
};

type WholeRow = RequestRow &
  Pick<AccessRequestView, 'standings'> & {
    readonly assessments: Readonly<Record<string, Omit<AssessmentView, 'documentId'>>>;
    readonly eventId: string;
    readonly type: string;
    readonly schemaVersion: number;
    readonly payload: string;
  };

const REQUESTS = statement('./requests.sql', import.meta.url);
const REQUEST = statement('./request.sql', import.meta.url);
const LIFTED = statement('./lifted.sql', import.meta.url);

/**
 * The register, ascending by the last change. Throws `BadPage`.
 * @param requesterRef only the requests of this person
 * @param today in Oslo
 */
export async function accessRequestsIn(
  dataSource: DataSource,
  scope: ReadScope,
  { today, requesterRef }: { readonly today: LocalDate; readonly requesterRef?: string },
  page: PageRequest = {},
): Promise<Page<AccessRequestItem>> {
  const values = [requesterRef ?? null, ...pageValues(page)];
  const rows = await readInScope(dataSource, scope, (sql) => sql<ListRow & RequestRow>(REQUESTS, values));
  return pageOf(rows, page, (row) => itemOf(row, today));
}

/**
 * One request; `undefined` when it is not there or not in scope.
 * @param today in Oslo
 */
export async function accessRequestOf(
  dataSource: DataSource,
  opener: Opener,
  scope: ReadScope,
  requestId: string,
  today: LocalDate,
): Promise<AccessRequestView | undefined> {
  const [row] = await readInScope(dataSource, scope, (sql) => sql<WholeRow>(REQUEST, [requestId]));
  if (row === undefined) return undefined;
  const [data] = await opener.open([row]);
  const { requester, identityProof, scope: asked } = data as unknown as Requested;
  const { refusalBasis, complaintDueOn } = row.decision ?? {};
  const delivery = deliveryOf(row);
  return {
    ...itemOf(row, today),
    requester,
    ...(identityProof === undefined ? {} : { identityProof }),
    ...(asked === undefined ? {} : { scope: asked }),
    standings: row.standings,
    ...(refusalBasis === undefined ? {} : { refusalBasis }),
    ...(complaintDueOn === undefined ? {} : { complaintDueOn }),
    ...(delivery === undefined ? {} : { packageHash: delivery.packageHash }),
    assessments: Object.entries(row.assessments).map(([documentId, each]) => ({ documentId, ...each })),
    tasks: await liftedRefusalTasks(dataSource, scope, { requestId }, today),
  };
}

type Requested = AccessRequestEventOf<'InnsynRequested'>['data'];

interface LiftedRow {
  readonly requestId: string;
  readonly documentId: string;
  readonly caseId: string;
  readonly concludedOn: LocalDate;
  readonly causedBy: string;
}

/**
 * What is left to do of refusals that have lifted, of one request or of one case. The days that a request itself may take
 * (D15) count from the conclusion.
 * @param today in Oslo
 */
export async function liftedRefusalTasks(
  dataSource: DataSource,
  scope: ReadScope,
  of: { readonly requestId: string } | { readonly caseId: string },
  today: LocalDate,
): Promise<readonly LiftedRefusalTask[]> {
  const values = 'requestId' in of ? [of.requestId, null] : [null, of.caseId];
  const rows = await readInScope(dataSource, scope, (sql) => sql<LiftedRow>(LIFTED, values));
  return rows.map(({ concludedOn, causedBy, requestId, documentId }) => {
    const { dueOn } = accessDeadline(concludedOn);
    const task = { kind: 'REASSESS_ACCESS', rule: '56', dueOn, causedBy, overdue: dueOn < today };
    return { ...task, requestId, documentId };
  });
}

function itemOf(row: RequestRow, today: LocalDate): AccessRequestItem {
  const { decision, requesterRef } = row;
  const delivery = deliveryOf(row);
  return {
    requestId: row.requestId,
    ...(requesterRef === null ? {} : { requesterRef }),
    caseIds: row.caseIds,
    basis: row.basis,
    receivedAt: row.receivedAt,
    dueOn: row.dueOn,
    overdue: decision === null && row.dueOn < today,
    state: row.state,
    ...(decision === null ? {} : { outcome: decision.outcome, decidedOn: decision.decidedOn }),
    ...(delivery === undefined ? {} : { deliveredOn: delivery.deliveredOn }),
    revision: row.revision,
    position: row.position,
  };
}

/** The delivery of the last decision; one of an earlier decision is another package. */
const deliveryOf = ({ decision, delivery }: RequestRow): Delivery | undefined =>
  delivery !== null && decision !== null && delivery.position > decision.position ? delivery : undefined;
