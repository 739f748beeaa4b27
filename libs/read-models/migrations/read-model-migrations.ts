import {
  ProjectionBuilds1764000008000,
  ProjectionCheckpoint1764000000000,
  ProjectionFailures1764100000000,
} from '#forlop/projections';
import { SqlMigration } from './sql-migration.js';

class PublishReadModels1764000001000 extends SqlMigration {
  protected readonly file = new URL('./publish.sql', import.meta.url);
  protected readonly undo = 'drop function read.publish(text, text)';
}

class CaseHistory1764000002000 extends SqlMigration {
  protected readonly file = new URL('../case-history/table.sql', import.meta.url);
  protected readonly undo = 'drop table read.case_history_v1 cascade';
}

class AuditTrail1764000003000 extends SqlMigration {
  protected readonly file = new URL('../audit-trail/table.sql', import.meta.url);
  protected readonly undo = 'drop table read.audit_trail_v1 cascade';
}

class AccessLog1764000004000 extends SqlMigration {
  protected readonly file = new URL('../access-log/table.sql', import.meta.url);
  protected readonly undo = 'drop table read.access_log_v1 cascade';
}

class CaseOverview1764000005000 extends SqlMigration {
  protected readonly file = new URL('../case-overview/table.sql', import.meta.url);
  protected readonly undo = 'drop table read.case_overview_v1, read.case_item_v1 cascade';
}

class StateReport1764000006000 extends SqlMigration {
  protected readonly file = new URL('../state-report/table.sql', import.meta.url);
  protected readonly undo = 'drop table read.report_entry_v1, read.state_report_v1 cascade';
}

class AccessRequests1764000007000 extends SqlMigration {
  protected readonly file = new URL('../access-requests/table.sql', import.meta.url);
  protected readonly undo = 'drop table read.access_request_v1, read.innsyn_refusal_v1 cascade';
}

/** Schema `read`, in the order in which it is made. */
export const readModelMigrations = [
  ProjectionCheckpoint1764000000000,
  PublishReadModels1764000001000,
  CaseHistory1764000002000,
  AuditTrail1764000003000,
  AccessLog1764000004000,
  CaseOverview1764000005000,
  StateReport1764000006000,
  AccessRequests1764000007000,
  ProjectionBuilds1764000008000,
  ProjectionFailures1764100000000,
] as const;
