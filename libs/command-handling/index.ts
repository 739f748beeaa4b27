export type { CaseCommandType } from './case-command.js';
export { AccessLog } from './access-log.js';
export { AccessSpool, type Transacting } from './spool/access-spool.js';
export { soon } from './spool/patience.js';
export { SpoolDrain } from './spool/spool-drain.js';
export type { Access } from './access-log.js';
export { clearDataIn, decode, envelopeIn, encode } from './codec.js';
export type { ReadEvent } from './codec.js';
export { CommandHandling } from './command-handling.js';
export {
  AccessLogUnavailable,
  ConcurrentChange,
  IdempotencyKeyReused,
  NotFound,
  StaleRevision,
} from './errors.js';
export { caseIdOf, commandIdOf, eventIdOf } from './ids.js';
export { PostgresSnapshots } from './kept/postgres-snapshots.js';
export { StreamMemory } from './kept/stream-memory.js';
export { Innsyn } from './innsyn/innsyn.js';
export type { ProposalItem } from './innsyn/innsyn.js';
export type { InnsynPackage } from './innsyn/request-file.js';
export { accessLogEntries, casesIn } from './operator/access-log-entries.js';
export type { AccessLogEntry, AccessLogSearch } from './operator/access-log-entries.js';
export { snapshotMigrations } from './migrations/snapshot-migrations.js';
export { recordOperatorAct } from './operator/acts.js';
export type { OperatorAct } from './operator/acts.js';
export type { Occasion } from './occasion.js';
export { assertDistrict } from './permission.js';
export { ownerOf } from './owner.js';
export { isOpenTo } from './register.js';
export type { FoundPerson, Identifier, NewPerson, PersonAccepted } from './person-command.js';
export type { ReferralAccepted, ReferralBody, ReferredCase } from './referral.js';
export type { Accepted, AcceptedEvent, Caller, CommandRequest, Owner } from './request.js';
export { shredSubject } from './shredding.js';
export type { ShredRequest } from './shredding.js';
export type { CountFigures, FiguresAsked, FiguresTaken } from './state-report/figures.js';
export type { CommandDeps, StreamDeps } from './stream.js';
export { traceparentNow } from './telemetry.js';
export { SUPERVISORY } from './supervision/command.js';
export { Supervisions } from './supervision/supervisions.js';
export type { AsOf, OwnedCase, Pin, ReplayOccasion, SupervisionFile } from './supervision/supervisions.js';
