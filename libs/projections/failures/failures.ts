/**
 * What a projection could not apply. Only who holds the projection's lock writes here, in the transaction of the rows and the
 * checkpoint, so a leader may keep in memory what it has read.
 */
import type { ClientBase } from 'pg';
import type { Position, StoredEvent } from '#forlop/event-store';
import type { Projection } from '../definition.js';
import { CheckpointMoved } from '../errors.js';
import type { RunSql } from '../sql.js';

/** An event that could not be applied: its stream waits at it (`parked`), or an operator passed over it (`skipped`). */
export interface ProjectionFailure {
  readonly projection: string;
  readonly version: number;
  readonly streamId: string;
  readonly eventId: string;
  readonly position: Position;
  /** Class and SQLSTATE of the error. */
  readonly error: string;
  readonly attempts: number;
  readonly firstAt: string;
  readonly lastAt: string;
  /** Null where the event does not say whose it is. */
  readonly municipality: string | null;
  readonly status: 'parked' | 'skipped';
}

type Connection = Pick<ClientBase, 'query'>;

const COLUMNS = `projection, version, stream_id as "streamId", event_id as "eventId", position, error, attempts, municipality,
  to_char(first_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "firstAt",
  to_char(last_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "lastAt", status`;

/** Of the projections named, by projection and position. */
export const readFailures = (sql: RunSql, projections: readonly string[]): Promise<ProjectionFailure[]> =>
  sql<ProjectionFailure>(
    `select ${COLUMNS} from read.projection_failures where projection = any($1) order by projection, position`,
    [projections],
  );

/** The parked streams of a projection, or the one that is named. */
export const readParked = (
  sql: RunSql,
  projection: string,
  streamId?: string,
): Promise<ProjectionFailure[]> =>
  sql<ProjectionFailure>(
    `select ${COLUMNS} from read.projection_failures
      where projection = $1 and status = 'parked' and ($2::text is null or stream_id = $2) order by position`,
    [projection, streamId ?? null],
  );

/**
 * Ids of the events that an operator has passed over in this version of the projection: they are no part of it, in its live
 * rows and in every rebuild. A new version, which may know how to take them, has none.
 */
export async function skippedIn(
  sql: RunSql,
  { name, version }: Pick<Projection, 'name' | 'version'>,
): Promise<ReadonlySet<string>> {
  const rows = await sql<{ id: string }>(
    `select event_id as id from read.projection_failures
      where projection = $1 and version = $2 and status = 'skipped'`,
    [name, version],
  );
  return new Set(rows.map(({ id }) => id));
}

/** What an event did to its projection; the times before, where it has failed before. */
export interface Failed {
  readonly event: StoredEvent;
  readonly error: string;
  readonly before?: Pick<ProjectionFailure, 'attempts' | 'firstAt'>;
}

/** Parks the stream of an event at it. */
export async function park(
  client: Connection,
  { name, version }: Pick<Projection, 'name' | 'version'>,
  { event, error, before }: Failed,
): Promise<void> {
  await client.query(
    `insert into read.projection_failures
       (projection, version, stream_id, event_id, position, error, attempts, first_at, municipality, status)
     values ($1, $2, $3, $4, $5, $6, $7, coalesce($8::timestamptz, clock_timestamp()), $9, 'parked')
     on conflict (projection, event_id) do update
        set version = excluded.version, error = excluded.error, attempts = excluded.attempts,
            last_at = clock_timestamp(), status = 'parked'`,
    [
      name,
      version,
      event.streamId,
      event.eventId,
      event.position,
      error,
      (before?.attempts ?? 0) + 1,
      before?.firstAt ?? null,
      municipalityOf(event),
    ],
  );
}

/** The stream waits no longer. */
export async function unpark(client: Connection, projection: string, streamId: string): Promise<void> {
  await client.query(
    `delete from read.projection_failures where projection = $1 and stream_id = $2 and status = 'parked'`,
    [projection, streamId],
  );
}

/** The event that the stream waits at is passed over from now on. */
export async function markSkipped(client: Connection, projection: string, streamId: string): Promise<void> {
  await client.query(
    `update read.projection_failures set status = 'skipped', last_at = clock_timestamp()
      where projection = $1 and stream_id = $2 and status = 'parked'`,
    [projection, streamId],
  );
}

/** Throws `CheckpointMoved` when the checkpoint is not where it was: somebody else leads, and this transaction must not stand. */
export async function keepCheckpoint(
  client: Connection,
  projection: string,
  position: Position,
): Promise<void> {
  const { rowCount } = await client.query(
    'select from read.projection_checkpoint where projection = $1 and position = $2 for update',
    [projection, position],
  );
  if (rowCount !== 1) throw new CheckpointMoved(projection);
}

/** For rows that are new as a whole: they hold every event, so nothing waits. In the transaction that makes them the live ones. */
export async function clearParked(client: Connection, projection: string): Promise<void> {
  await client.query(`delete from read.projection_failures where projection = $1 and status = 'parked'`, [
    projection,
  ]);
}

/** Whose the event is, from its envelope; null when that cannot be read. */
function municipalityOf({ metadata }: StoredEvent): string | null {
  try {
    const { municipalityNumber } = JSON.parse(metadata) as { readonly municipalityNumber?: unknown };
    return typeof municipalityNumber === 'string' ? municipalityNumber : null;
  } catch {
    return null;
  }
}
