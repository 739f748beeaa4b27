/**
 * One leader per projection: a session advisory lock, held by the very connection that writes. A leader whose connection
 * is lost has therefore lost the lock and the means to write at the same moment; with the lock on another connection it
 * would go on writing beside its successor.
 */
import type { ClientBase, Pool, PoolClient } from 'pg';
import { HandoverTimedOut } from './errors.js';
import { LeaderSession } from './leader-session.js';
import type { RunSql } from './sql.js';

/** First half of the lock's number ("FORL"), so that it is not mistaken for another lock of this database. */
const SPACE = 0x464f524c;

/**
 * Takes the lock if it is free. Those who stand by ask again rather than wait in the server: a waiting statement keeps its
 * snapshot, and would hold back vacuum for as long as the leader lives.
 */
export async function tryLock(client: ClientBase, projection: string): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>(
    'select pg_try_advisory_lock($1, hashtext($2)) as locked',
    [SPACE, projection],
  );
  return rows[0]?.locked === true;
}

/** Waits in the server, where the leader sees it and hands over. Throws `HandoverTimedOut`. */
export async function waitForLock(client: ClientBase, projection: string, timeoutMs: number): Promise<void> {
  await client.query(`select set_config('lock_timeout', $1, false)`, [`${timeoutMs}ms`]);
  try {
    await client.query('select pg_advisory_lock($1, hashtext($2))', [SPACE, projection]);
  } catch (error) {
    if ((error as { code?: unknown }).code === '55P03') throw new HandoverTimedOut(projection, timeoutMs);
    throw error;
  } finally {
    await client.query('reset lock_timeout').catch(() => undefined);
  }
}

/**
 * Works under the lock, on the connection that holds it. The process that leads hands over, and takes over again afterwards.
 * Throws `HandoverTimedOut` when it does not within the time (ms).
 */
export async function holding<T>(
  pool: Pool,
  projection: string,
  handoverMs: number,
  work: (client: PoolClient) => Promise<T>,
): Promise<T> {
  const session = await LeaderSession.open(pool);
  try {
    await waitForLock(session.client, projection, handoverMs);
    session.watch();
    return await work(session.client);
  } finally {
    await session.end();
  }
}

/** Whether somebody waits in the server for this lock (a rebuild does), so that the leader should hand over. */
export async function isAwaited(sql: RunSql, projection: string): Promise<boolean> {
  const [row] = await sql<{ awaited: boolean }>(
    `select exists (
       select from pg_locks
        where locktype = 'advisory' and not granted and objsubid = 2 and classid = $1::oid
          and database = (select oid from pg_database where datname = current_database())
          and objid::bigint = hashtext($2)::bigint & 4294967295) as awaited`,
    [SPACE, projection],
  );
  return row?.awaited === true;
}
