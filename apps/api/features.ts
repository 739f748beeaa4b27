import type { Provider, Type } from '@nestjs/common';
import { AccessRequestsController } from './access-requests/access-requests.controller.js';
import { GetAccessRequestHandler } from './access-requests/get-access-request.js';
import { GetInnsynPackageHandler } from './access-requests/get-package.js';
import { GetProposalHandler } from './access-requests/get-proposal.js';
import { InnsynCommandHandler } from './access-requests/innsyn-command.js';
import { ListAccessRequestsHandler } from './access-requests/list-access-requests.js';
import { AuditTrailController } from './audit-trail/audit-trail.controller.js';
import { GetMunicipalTrailHandler } from './audit-trail/municipal-trail.js';
import { GetCaseAccessLogHandler } from './cases/case-access-log.js';
import { GetCaseAuditTrailHandler } from './cases/case-audit-trail.js';
import { CaseCommandHandler } from './cases/case-command.js';
import { CorrectionsController } from './cases/corrections.controller.js';
import { CasesController } from './cases/cases.controller.js';
import { GetCaseHistoryHandler } from './cases/get-case-history.js';
import { GetCaseHandler } from './cases/get-case.js';
import { ListCasesHandler } from './cases/list-cases.js';
import { CodesController } from './codes/codes.controller.js';
import { ListCodeListsHandler, ListCodesHandler } from './codes/list-codes.js';
import { ConsentsController } from './consents/consents.controller.js';
import { DecisionsController } from './decisions/decisions.controller.js';
import { DocsController } from './docs/docs.controller.js';
import { DocumentsController } from './documents/documents.controller.js';
import { ListDocumentsHandler } from './documents/list-documents.js';
import { EvaluationsController } from './evaluations/evaluations.controller.js';
import { HealthController } from './health/health.controller.js';
import { InvestigationsController } from './investigations/investigations.controller.js';
import { MeasuresController } from './measures/measures.controller.js';
import { ParticipationController } from './participation/participation.controller.js';
import { PersonCommandHandler } from './persons/person-command.js';
import { PersonsController } from './persons/persons.controller.js';
import { SearchPersonHandler } from './persons/search-person.js';
import { PlansController } from './plans/plans.controller.js';
import { ReferralAssessmentsController } from './referrals/case-referrals.controller.js';
import { ReceiveReferralHandler } from './referrals/receive-referral.js';
import { ReferralsController } from './referrals/referrals.controller.js';
import { GetIndicatorEventsHandler } from './state-reports/get-indicator-events.js';
import { GetStateReportHandler } from './state-reports/get-state-report.js';
import { StateReportCommandHandler } from './state-reports/state-report-command.js';
import { StateReportsController } from './state-reports/state-reports.controller.js';
import { GetSupervisionHandler } from './supervisions/get-supervision.js';
import { SuperviseCommandHandler } from './supervisions/supervision-command.js';
import { SupervisionsController } from './supervisions/supervisions.controller.js';

/** In the order of the document: how a case comes in, what is done in it, what is read of it. */
export const controllers: Type[] = [
  PersonsController,
  ReferralsController,
  ReferralAssessmentsController,
  InvestigationsController,
  ParticipationController,
  ConsentsController,
  DecisionsController,
  PlansController,
  MeasuresController,
  EvaluationsController,
  DocumentsController,
  CorrectionsController,
  CasesController,
  AccessRequestsController,
  SupervisionsController,
  StateReportsController,
  AuditTrailController,
  CodesController,
  HealthController,
  DocsController,
];

export const handlers: Provider[] = [
  PersonCommandHandler,
  SearchPersonHandler,
  ReceiveReferralHandler,
  CaseCommandHandler,
  ListCasesHandler,
  GetCaseHandler,
  GetCaseHistoryHandler,
  GetCaseAuditTrailHandler,
  GetCaseAccessLogHandler,
  ListDocumentsHandler,
  GetMunicipalTrailHandler,
  InnsynCommandHandler,
  ListAccessRequestsHandler,
  GetAccessRequestHandler,
  GetProposalHandler,
  GetInnsynPackageHandler,
  SuperviseCommandHandler,
  GetSupervisionHandler,
  StateReportCommandHandler,
  GetStateReportHandler,
  GetIndicatorEventsHandler,
  ListCodeListsHandler,
  ListCodesHandler,
];
