import type { ClientBase } from 'pg';
import type { Position } from '#forlop/event-store';
import { comparePositions } from '#forlop/event-store';
import { CheckpointMoved, CheckpointUnusable } from './errors.js';
import type { Projection } from './definition.js';
import type { RunSql } from './sql.js';

export type CheckpointStatus = 'running' | 'rebuilding' | 'failed';

/** How far a projection has come; the row stands in the database of its tables and moves with them. */
export interface Checkpoint {
  readonly projection: string;
  readonly version: number;
  readonly storeId: string;
  /** Null before the first event. */
  readonly position: Position | null;
  /** When the last event was stored; null before the first event. */
  readonly recordedAt: string | null;
  readonly updatedAt: string;
  readonly status: CheckpointStatus;
  /** Class of the error that stopped it, without any message: those can hold personal data. */
  readonly error: string | null;
  /** The event at which it stopped. */
  readonly errorPosition: Position | null;
}

type Connection = Pick<ClientBase, 'query'>;

const COLUMNS = `projection, version, store_id as "storeId", position, status, error, error_position as "errorPosition",
  to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "recordedAt",
  to_char(updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "updatedAt"`;

export async function readCheckpoint(sql: RunSql, projection: string): Promise<Checkpoint | undefined> {
  return (await readCheckpoints(sql, [projection]))[0];
}

/** All of the given names that have a checkpoint, in one statement. */
export const readCheckpoints = (sql: RunSql, projections: readonly string[]): Promise<Checkpoint[]> =>
  sql<Checkpoint>(
    `select ${COLUMNS} from read.projection_checkpoint where projection = any($1) order by projection`,
    [projections],
  );

/**
 * Moves the checkpoint inside the caller's transaction, from the position that the batch was read after. Throws
 * `CheckpointMoved` when it is not there any more: somebody else wrote these tables, so this batch must not.
 */
export async function moveCheckpoint(
  client: Connection,
  projection: string,
  from: Position | null,
  to: { readonly position: Position; readonly recordedAt: string | undefined },
): Promise<void> {
  const { rowCount } = await client.query(
    `update read.projection_checkpoint
        set position = $3, recorded_at = coalesce($4, recorded_at), updated_at = clock_timestamp(),
            error = null, error_position = null, status = case status when 'failed' then 'running' else status end
      where projection = $1 and position is not distinct from $2`,
    [projection, from, to.position, to.recordedAt ?? null],
  );
  if (rowCount !== 1) throw new CheckpointMoved(projection);
}

/** Makes or resets the checkpoint: nothing applied yet, by this version, from this store. */
export async function resetCheckpoint(
  client: Connection,
  { name, version }: Pick<Projection, 'name' | 'version'>,
  storeId: string,
  status: CheckpointStatus,
): Promise<void> {
  await client.query(
    `insert into read.projection_checkpoint (projection, version, store_id, status) values ($1, $2, $3, $4)
     on conflict (projection) do update
        set version = excluded.version, store_id = excluded.store_id, status = excluded.status, position = null,
            recorded_at = null, error = null, error_position = null, updated_at = clock_timestamp()`,
    [name, version, storeId, status],
  );
}

export async function markCheckpoint(
  client: Connection,
  projection: string,
  status: CheckpointStatus,
  failure?: { readonly error: string; readonly position: Position | null },
): Promise<void> {
  await client.query(
    `update read.projection_checkpoint
        set status = $2, error = $3, error_position = $4, updated_at = clock_timestamp()
      where projection = $1`,
    [projection, status, failure?.error ?? null, failure?.position ?? null],
  );
}

/**
 * Throws `CheckpointUnusable` when the rows cannot come from this store (another store, or a position that it never gave
 * out: the events were restored from an older backup) or were made by newer code than this.
 */
export function assertUsable(
  checkpoint: Checkpoint,
  { version }: Pick<Projection, 'version'>,
  storeId: string,
  head: Position | null,
): void {
  const { projection, position } = checkpoint;
  if (checkpoint.storeId !== storeId) throw new CheckpointUnusable(projection, 'other-store');
  if (checkpoint.version > version) throw new CheckpointUnusable(projection, 'newer-version');
  if (position !== null && (head === null || comparePositions(position, head) > 0))
    throw new CheckpointUnusable(projection, 'ahead-of-store');
}
