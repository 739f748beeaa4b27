import { accessLog } from './access-log/projection.js';
import { accessRequests } from './access-requests/projection.js';
import { auditTrail } from './audit-trail/projection.js';
import { caseHistory } from './case-history/projection.js';
import { caseOverview } from './case-overview/projection.js';
import { stateReportProjection } from './state-report/projection.js';

/** Every projection of the service, for the process that runs them and for the operator's tool. */
export const projections = [
  caseHistory,
  auditTrail,
  caseOverview,
  accessLog,
  accessRequests,
  stateReportProjection,
] as const;

export type ReadModelName =
  'case-history' | 'audit-trail' | 'case-overview' | 'access-log' | 'access-requests' | 'state-report';

export { accessLog, accessRequests, auditTrail, caseHistory, caseOverview, stateReportProjection };
export { accessLogOf, type AccessLogItem } from './access-log/queries.js';
export {
  accessRequestOf,
  accessRequestsIn,
  liftedRefusalTasks,
  type AccessRequestItem,
  type AccessRequestView,
  type AssessmentView,
  type LiftedRefusalTask,
} from './access-requests/queries.js';
export {
  caseAuditTrail,
  municipalityAuditTrail,
  type AuditTrailItem,
  type RecordedWithin,
} from './audit-trail/queries.js';
export {
  historyAt,
  type CaseHistory,
  type HistoryClocks,
  type KnownItem,
  type Reader,
} from './case-history/as-known.js';
export { caseHistoryOf, type HistoryItem } from './case-history/queries.js';
export type { CaseDeadline } from './case-overview/deadlines.js';
export type { CaseOverview, ConsentView, MeasureView } from './case-overview/overview.js';
export type { TaskView } from './case-overview/tasks.js';
export {
  caseOverviewOf,
  caseOwner,
  casesIn,
  documentsOf,
  type CaseListItem,
} from './case-overview/queries.js';
export type { MeasureState } from './case-overview/state.js';
export { readModelMigrations } from './migrations/read-model-migrations.js';
export { upcasted } from './current.js';
export { openerOf, type Opener } from './opener.js';
export { BadPage, DEFAULT_LIMIT, MAX_LIMIT, type Page, type PageRequest } from './page.js';
export { restatedCase, restatingCases, type RestatedEvent } from './restated.js';
export { readInScope, type ReadScope } from './scope.js';
export {
  countedAt,
  eventsBehind,
  figuresAt,
  entryPosition,
  lastEntryAt,
  ReportNotCaughtUp,
  type EventBehind,
  type ReportTime,
} from './state-report/queries.js';
export { reportAsCsv, reportAsJson } from './state-report/render-data.js';
export { reportAsHtml } from './state-report/render-html.js';
export {
  everHidden,
  periodEnd,
  reportsOf,
  statusOf,
  type ReportStatus,
  type ReportVersion,
  type ReportYear,
} from './state-report/reports.js';
export {
  differencesBetween,
  viewOf,
  type Difference,
  type ReportSource,
  type ReportView,
} from './state-report/view.js';
