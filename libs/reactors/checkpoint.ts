import type { ClientBase } from 'pg';
import type { EventStore, Position } from '#forlop/event-store';
import { comparePositions } from '#forlop/event-store';
import type { RunSql } from '#forlop/projections';
import { ReactorMoved, ReactorUnusable } from './errors.js';

/** How far a reactor has come. */
export interface Checkpoint {
  readonly reactor: string;
  readonly storeId: string;
  /** Null before the first event. */
  readonly position: Position | null;
  readonly eventId: string | null;
  readonly updatedAt: string;
  /** Class of the error at which it stands. */
  readonly error: string | null;
  readonly starts: number;
  /** Streams that wait, each at an event that could not be reacted to. */
  readonly parked: number;
}

export const readReactorCheckpoints = (sql: RunSql, reactors: readonly string[]): Promise<Checkpoint[]> =>
  sql<Checkpoint>(
    `select reactor, store_id as "storeId", position, event_id as "eventId", error, starts,
       (select count(*)::int from reactors.parked p where p.reactor = c.reactor) as parked,
       to_char(updated_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "updatedAt"
     from reactors.checkpoint c where reactor = any($1) order by reactor`,
    [reactors],
  );

/** Where it goes on from: one that has never run gets the checkpoint that is given. */
export async function beginAt(
  client: ClientBase,
  reactor: string,
  storeId: string,
  from: Position | null,
): Promise<void> {
  await client.query(
    `insert into reactors.checkpoint (reactor, store_id, position) values ($1, $2, $3)
     on conflict (reactor) do nothing`,
    [reactor, storeId, from],
  );
}

/** Throws `ReactorUnusable` when what it has seen is not what this store holds: another store, or a restored backup. */
export async function assertUsable(
  { reactor, storeId, position, eventId }: Checkpoint,
  store: Pick<EventStore, 'storeId' | 'start' | 'head' | 'readAt'>,
): Promise<void> {
  if (storeId !== store.storeId) throw new ReactorUnusable(reactor, 'other-store');
  if (position === null || position === store.start) return;
  const head = await store.head();
  if (head === null || comparePositions(position, head) > 0)
    throw new ReactorUnusable(reactor, 'ahead-of-store');
  if (eventId !== null && (await store.readAt(position))?.eventId !== eventId)
    throw new ReactorUnusable(reactor, 'other-event');
}

export interface End {
  readonly position: Position;
  /** Of the event at exactly that position, if there is one. */
  readonly eventId: string | undefined;
  readonly recordedAt: string | undefined;
}

/**
 * Moves it from where the batch was read after, in the caller's transaction. Throws `ReactorMoved` when it is not there any
 * more.
 */
export async function moveCheckpoint(
  client: ClientBase,
  { reactor, starts }: Pick<Checkpoint, 'reactor' | 'starts'>,
  from: Position | null,
  { position, eventId, recordedAt }: End,
): Promise<void> {
  const { rowCount } = await client.query(
    `update reactors.checkpoint
        set position = $4, event_id = $5, recorded_at = coalesce($6, recorded_at), error = null,
            updated_at = clock_timestamp()
      where reactor = $1 and starts = $2 and position is not distinct from $3`,
    [reactor, starts, from, position, eventId ?? null, recordedAt ?? null],
  );
  if (rowCount !== 1) throw new ReactorMoved(reactor);
}

/** Writes down that it stands, or (`null`) that it runs again. */
export const markError = (sql: RunSql, reactor: string, error: string | null): Promise<unknown> =>
  sql(
    `update reactors.checkpoint set error = $2, updated_at = clock_timestamp()
      where reactor = $1 and error is distinct from $2`,
    [reactor, error],
  );
