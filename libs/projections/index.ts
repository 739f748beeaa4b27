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
export { CheckpointUnusable, HandoverTimedOut, ProjectionFailed } from './errors.js';
export { sqlOver, type RunSql } from './sql.js';
export {
  ProjectionRunner,
  type ProjectionHealth,
  type ProjectionLog,
  type RunnerOptions,
  type RunnerStatus,
} from './runner.js';
export { rebuildProjection, type Rebuilt, type RebuildOptions } from './rebuild.js';
export { freshnessOf, listProjections, type Freshness, type ProjectionListing } from './freshness.js';
export { PositionWaiter } from './wait.js';
export { ProjectionCheckpoint1764000000000 } from './migrations/projection-checkpoint.migration.js';
