import type { ClientBase, Pool, PoolClient } from 'pg';
import { readCheckpoint } from '../checkpoint.js';
import type { Projection } from '../definition.js';
import { BuildRunning } from '../errors.js';
import { skippedIn } from '../failures/failures.js';
import { tryLock } from '../lock.js';
import { asProjector, sqlOver } from '../sql.js';
import { BulkLoad } from './bulk-load.js';
import type { Placed } from './place.js';
import { bare, place } from './place.js';
import { readBuilds, register, unregister } from './registry.js';
import type { Build } from './registry.js';

/** The lock of who builds: another than the one of who leads, since both work at the same time. */
const lockOf = (projection: string): string => `build of ${projection}`;

/**
 * Takes the right to build a projection, which this connection has until it ends; drops what a killed process left, and
 * makes new tables. Throws `BuildRunning` when another process builds.
 */
export async function beginBuild(
  client: ClientBase,
  projection: Projection,
  storeId: string,
  keptRows?: number,
): Promise<BulkLoad> {
  if (!(await tryLock(client, lockOf(projection.name)))) throw new BuildRunning(projection.name);
  const sql = sqlOver(client);
  const builds = await readBuilds(sql, [projection.name]);
  for (const left of builds.filter(({ status }) => status === 'building')) await dropBuild(client, left);
  const checkpoint = await readCheckpoint(sql, projection.name);
  const build = Math.max(1, checkpoint?.build ?? 1, ...builds.map((one) => one.build)) + 1;
  const placed = place(projection, { version: projection.version, build }, 'building');
  await asProjector(client, async () => {
    for (const [i, table] of placed.tables.entries())
      await client.query('select read.create_build($1, $2)', [
        bare(projection.tables[i]?.name ?? ''),
        bare(table.name),
      ]);
    await register(client, projection, { build, status: 'building', storeId });
  });
  return new BulkLoad(projection, placed, await skippedIn(sql, projection), keptRows);
}

/** Drops the tables of a build that nobody reads or writes. Those of the first are emptied: they are the shape of others. */
export async function dropBuild(client: ClientBase, build: Build): Promise<void> {
  await asProjector(client, async () => {
    for (const table of build.tables) {
      if (build.build === 1) await client.query(`truncate read.${client.escapeIdentifier(table)}`);
      else await client.query('select read.drop_build($1)', [table]);
    }
    await unregister(client, build);
  });
}

/** Drops what was built in vain; who holds the right to build does so. */
export async function dropUnfinished(client: ClientBase, placed: Placed): Promise<void> {
  const builds = await readBuilds(sqlOver(client), [placed.name]);
  const left = builds.find(({ build, status }) => build === placed.build && status === 'building');
  if (left !== undefined) await dropBuild(client, left);
}

/**
 * Gives the locks of a session back and ends it. The server learns of the end a moment later, in which the next one would
 * find them taken.
 */
export async function endSession(client: PoolClient): Promise<void> {
  await client.query('select pg_advisory_unlock_all()').catch(() => undefined);
  client.release(true);
}

/** Drops the builds that are not live, but none that somebody is building. Returns those that went. */
export async function pruneBuilds(pool: Pool, projection: string): Promise<Build[]> {
  const client = await pool.connect();
  try {
    if (!(await tryLock(client, lockOf(projection)))) throw new BuildRunning(projection);
    const builds = await readBuilds(sqlOver(client), [projection]);
    const old = builds.filter(({ status }) => status !== 'live');
    for (const build of old) await dropBuild(client, build);
    return old;
  } finally {
    await endSession(client);
  }
}
