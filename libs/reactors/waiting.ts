/** Streams that a reactor will look at again: those that it has parked, and those that it is woken for on a day. */
import type { ClientBase } from 'pg';
import type { Position } from '#forlop/event-store';
import type { RunSql } from '#forlop/projections';

/** What became of the streams of one round. */
export interface Outcome {
  readonly wakes: readonly { readonly streamId: string; readonly wakeOn: string | undefined }[];
  readonly parked: readonly ParkedStream[];
}

export interface ParkedStream {
  readonly streamId: string;
  /** First event that was not reacted to. */
  readonly revision: number;
  readonly position: Position;
  /** Class of the error. */
  readonly error: string;
}

export interface ParkedListing extends ParkedStream {
  readonly reactor: string;
  readonly attempts: number;
  readonly firstAt: string;
  readonly lastAt: string;
}

/** Those that wait, by when they began to. */
export const readParkedStreams = (sql: RunSql, reactors: readonly string[]): Promise<ParkedListing[]> =>
  sql<ParkedListing>(
    `select reactor, stream_id as "streamId", revision, position, error, attempts,
       to_char(first_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "firstAt",
       to_char(last_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "lastAt"
     from reactors.parked where reactor = any($1) order by reactor, position`,
    [reactors],
  );

/** The next streams whose day has come, at most that many. */
export async function dueStreams(
  sql: RunSql,
  reactor: string,
  today: string,
  limit: number,
): Promise<string[]> {
  const rows = await sql<{ streamId: string }>(
    `select stream_id as "streamId" from reactors.wake where reactor = $1 and wake_on <= $2
     order by wake_on, stream_id limit $3`,
    [reactor, today, limit],
  );
  return rows.map(({ streamId }) => streamId);
}

/** In the transaction of the checkpoint. What was reacted to waits no more. */
export async function writeOutcome(
  client: ClientBase,
  reactor: string,
  { wakes, parked }: Outcome,
): Promise<void> {
  const again = wakes.filter(({ wakeOn }) => wakeOn !== undefined);
  const done = wakes.map(({ streamId }) => streamId);
  if (again.length > 0)
    await client.query(
      `insert into reactors.wake (reactor, stream_id, wake_on)
       select $1, * from unnest($2::text[], $3::date[])
       on conflict (reactor, stream_id) do update set wake_on = excluded.wake_on
         where wake.wake_on <> excluded.wake_on`,
      [reactor, again.map(({ streamId }) => streamId), again.map(({ wakeOn }) => wakeOn)],
    );
  const never = [
    ...wakes.filter(({ wakeOn }) => wakeOn === undefined).map(({ streamId }) => streamId),
    // It is tried again as parked, not by the clock.
    ...parked.map(({ streamId }) => streamId),
  ];
  if (never.length > 0)
    await client.query('delete from reactors.wake where reactor = $1 and stream_id = any($2)', [
      reactor,
      never,
    ]);
  if (done.length > 0)
    await client.query('delete from reactors.parked where reactor = $1 and stream_id = any($2)', [
      reactor,
      done,
    ]);
  if (parked.length > 0) await park(client, reactor, parked);
}

async function park(client: ClientBase, reactor: string, parked: readonly ParkedStream[]): Promise<void> {
  await client.query(
    `insert into reactors.parked (reactor, stream_id, revision, position, error)
     select $1, * from unnest($2::text[], $3::integer[], $4::text[], $5::text[])
     on conflict (reactor, stream_id) do update
        set error = excluded.error, attempts = parked.attempts + 1, last_at = clock_timestamp()`,
    [
      reactor,
      parked.map(({ streamId }) => streamId),
      parked.map(({ revision }) => revision),
      parked.map(({ position }) => position),
      parked.map(({ error }) => error),
    ],
  );
}
