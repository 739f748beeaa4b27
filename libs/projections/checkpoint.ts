import type { ClientBase } from 'pg';
import type { EventStore, Position } from '#forlop/event-store';
import { comparePositions } from '#forlop/event-store';
import type { Placed } from './builds/place.js';
import { CheckpointMoved, CheckpointUnusable } from './errors.js';
import type { Projection } from './definition.js';
import type { RunSql } from './sql.js';

export type CheckpointStatus = 'running' | 'rebuilding' | 'failed';

/** How far a projection has come; the row stands in the database of its tables and moves with them. */
export interface Checkpoint {
  readonly projection: string;
  /** Of the live build. */
  readonly version: number;
  readonly build: number;
  readonly storeId: string;
  /** Null before the first event. */
  readonly position: Position | null;
  /** The event at the position; null before the first, and where an older program moved it last. */
  readonly eventId: string | null;
  /** When the last event was stored; null before the first event. */
  readonly recordedAt: string | null;
  readonly updatedAt: string;
  readonly status: CheckpointStatus;
  /** Class of the error that stopped it, without any message: those can hold personal data. */
  readonly error: string | null;
  /** The event at which it stopped. */
  readonly errorPosition: Position | null;
  /** Streams that wait, each at an event that cannot be applied. */
  readonly parked: number;
}

type Connection = Pick<ClientBase, 'query'>;

const COLUMNS = `projection, version, build, store_id as "storeId", position, event_id as "eventId", status, error, error_position as "errorPosition",
  (select count(*)::int from read.projection_failures f where f.projection = projection_checkpoint.projection
      and f.status = 'parked') as parked,
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

/** Where a batch ends. */
export interface CheckpointEnd {
  readonly position: Position;
  readonly recordedAt: string | undefined;
  /** Of the event at exactly that position, if there is one. */
  readonly eventId: string | undefined;
}

const MOVE = `set position = $3, recorded_at = coalesce($4, recorded_at), event_id = $5, updated_at = clock_timestamp()`;
const MOVE_LIVE = `update read.projection_checkpoint ${MOVE}, error = null, error_position = null,
    status = case status when 'failed' then 'running' else status end
  where projection = $1 and position is not distinct from $2 and build = $6`;
const MOVE_BUILDING = `update read.projection_build ${MOVE}
  where projection = $1 and position is not distinct from $2 and build = $6 and status = 'building'`;

/**
 * Moves the checkpoint of a build inside the caller's transaction, from the position that the batch was read after. Throws
 * `CheckpointMoved` when it is not there any more: somebody else wrote these tables or others are live, so this batch must
 * not.
 */
export async function moveCheckpoint(
  client: Connection,
  { name, build = 1, state = 'live' }: Pick<Projection, 'name'> & Partial<Pick<Placed, 'build' | 'state'>>,
  from: Position | null,
  to: CheckpointEnd,
): Promise<void> {
  const { rowCount } = await client.query(state === 'live' ? MOVE_LIVE : MOVE_BUILDING, [
    name,
    from,
    to.position,
    to.recordedAt ?? null,
    to.eventId ?? null,
    build,
  ]);
  if (rowCount !== 1) throw new CheckpointMoved(name);
}

/** Makes the live checkpoint, or sets it to a build and where that has come. */
export async function setCheckpoint(
  client: Connection,
  { name, version }: Pick<Projection, 'name' | 'version'>,
  to: Pick<Checkpoint, 'build' | 'storeId' | 'position' | 'eventId' | 'recordedAt'>,
): Promise<void> {
  await client.query(
    `insert into read.projection_checkpoint
       (projection, version, build, store_id, position, event_id, recorded_at, status)
     values ($1, $2, $3, $4, $5, $6, $7, 'running')
     on conflict (projection) do update
        set version = excluded.version, build = excluded.build, store_id = excluded.store_id,
            position = excluded.position, event_id = excluded.event_id, recorded_at = excluded.recorded_at,
            status = excluded.status, error = null, error_position = null, updated_at = clock_timestamp()`,
    [name, version, to.build, to.storeId, to.position, to.eventId, to.recordedAt],
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
 * Throws `CheckpointUnusable` when the rows cannot come from this store (another store, a position that it never gave out, or
 * another event there: the events were restored from a backup) or were made by newer code than this.
 */
export async function assertUsable(
  checkpoint: Checkpoint,
  { version }: Pick<Projection, 'version'>,
  store: Pick<EventStore, 'storeId' | 'head' | 'readAt'>,
): Promise<void> {
  const { projection, position, eventId } = checkpoint;
  if (checkpoint.storeId !== store.storeId) throw new CheckpointUnusable(projection, 'other-store');
  if (checkpoint.version > version) throw new CheckpointUnusable(projection, 'newer-version');
  if (position === null) return;
  const head = await store.head();
  if (head === null || comparePositions(position, head) > 0)
    throw new CheckpointUnusable(projection, 'ahead-of-store');
  if (eventId !== null && (await store.readAt(position))?.eventId !== eventId)
    throw new CheckpointUnusable(projection, 'other-event');
}
