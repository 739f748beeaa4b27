import { setTimeout as delay } from 'node:timers/promises';
import type { PoolClient } from 'pg';

const TABLES = ['keys.subject_key', 'keys.blind_index'] as const;
/** Other transactions of the server usually end within milliseconds of ours. */
const TRIES = 12;
const PAUSE_MS = 250;
/** A backup that reads the tables would hold up VACUUM FULL, and with it every reader who comes after us. */
const LOCK_LIMIT = "set lock_timeout = '5s'";

/** Counts of dead rows reach the statistics up to a second late, after the VACUUM that removed them, unless forced. */
const FLUSH_STATISTICS = 'select pg_stat_force_next_flush()';
const DEAD_ROWS = `
  select coalesce(sum(n_dead_tup), 0)::int as dead from pg_stat_user_tables where schemaname = 'keys'`;

/**
 * Takes the dead rows of the key store off the disk. Both kinds of VACUUM are needed, in this order:
 *
 * - A plain one removes dead rows but leaves their bytes in the free space of heap and index pages.
 * - FULL writes the tables anew without that space, but copies a dead row along while any transaction of the whole
 *   server, also one of the events' database, is older than the row's death: it counts its own snapshot, which plain
 *   VACUUM does not. Seen as keys that survived FULL while others appended events.
 *
 * @returns dead rows that a snapshot in this database still needs after some seconds; their bytes stay until a sweep
 * after its end
 */
export async function sweep(client: PoolClient): Promise<number> {
  await client.query(FLUSH_STATISTICS);
  let dead = await vacuum(client);
  for (let tries = 1; dead > 0 && tries < TRIES; tries++) {
    await delay(PAUSE_MS);
    dead = await vacuum(client);
  }
  await client.query(LOCK_LIMIT);
  for (const table of TABLES) await client.query(`vacuum (full) ${table}`);
  await client.query('reset lock_timeout');
  return dead;
}

async function vacuum(client: PoolClient): Promise<number> {
  for (const table of TABLES) await client.query(`vacuum ${table}`);
  const { rows } = await client.query<{ dead: number }>(DEAD_ROWS);
  return rows[0]?.dead ?? 0;
}
