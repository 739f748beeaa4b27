export {
  column,
  defineProjection,
  defineTable,
  increment,
  merge,
  remove,
  upsert,
  type Column,
  type ColumnMode,
  type Json,
  type JsonObject,
  type ProjectedEvent,
  type Projection,
  type Restating,
  type Row,
  type RowOperation,
  type Table,
  type Value,
} from './definition.js';
export { foldOperations, type TableChanges } from './fold.js';
export { BuildRunning, CheckpointUnusable, HandoverTimedOut, ProjectionFailed } from './errors.js';
export { sqlOver, type RunSql } from './sql.js';
export {
  ProjectionRunner,
  type ProjectionHealth,
  type ProjectionLog,
  type RunnerOptions,
  type RunnerStatus,
} from './runner.js';
export { rebuildAll, rebuildProjection, type Rebuilt, type RebuildOptions } from './rebuild.js';
export type { BuildOptions, BuildProgress } from './builds/build.js';
export { Builder, type BuilderOptions } from './builds/builder.js';
export { pruneBuilds } from './builds/begin.js';
export { readBuilds, type Build } from './builds/registry.js';
export {
  freshnessOf,
  listProjections,
  type AnswerFreshness,
  type Freshness,
  type ProjectionListing,
} from './freshness.js';
export { readFailures, type ProjectionFailure } from './failures/failures.js';
export { parkedAmong, type ParkedAmong, type Touched } from './failures/touched.js';
export { retryParked, skipParked, type Retried, type RetryOptions } from './failures/retry.js';
export { PositionWaiter } from './wait.js';
export { ProjectionFailures1764100000000 } from './migrations/projection-failures.migration.js';
export { ProjectionCheckpoint1764000000000 } from './migrations/projection-checkpoint.migration.js';
export { ProjectionBuilds1764000008000 } from './migrations/projection-builds.migration.js';
// What leading takes, whatever is led: the reactors are led in the same way.
export { BackOff, pause } from './pause.js';
export { errorClass, isOfEvent, isTransient } from './errors.js';
export { freshnessAt } from './freshness.js';
export { LeaderSession } from './leader-session.js';
export { tryLock } from './lock.js';
export { consuming } from './telemetry.js';
