import type { ClientBase } from 'pg';
import type { EventStore, Position } from '#forlop/event-store';
import { bare, place } from './builds/place.js';
import type { Placed } from './builds/place.js';
import { readBuilds, register, registerSwitch } from './builds/registry.js';
import { assertUsable, readCheckpoint, setCheckpoint } from './checkpoint.js';
import type { Projection } from './definition.js';
import { BehindVersion } from './errors.js';
import { clearParked } from './failures/failures.js';
import { asProjector, sqlOver } from './sql.js';

export interface Prepared {
  /** The projection on the tables of its live build: what the leader applies. */
  readonly projection: Placed;
  /** Where it goes on from; null before the first event. */
  readonly position: Position | null;
}

/**
 * Where the leader goes on from, and into which tables. Makes the checkpoint on the first run. The caller holds the lock.
 * Throws `CheckpointUnusable` when the rows do not belong to this store or to this program, and `BehindVersion` when they
 * must be built anew first.
 */
export async function prepare(
  client: ClientBase,
  projection: Projection,
  store: Pick<EventStore, 'storeId' | 'head' | 'readAt'>,
): Promise<Prepared> {
  const found = await readCheckpoint(sqlOver(client), projection.name);
  if (found === undefined) {
    await begin(client, projection, store.storeId);
    return {
      projection: place(projection, { version: projection.version, build: 1 }, 'live'),
      position: null,
    };
  }
  await assertUsable(found, projection, store);
  if (found.version < projection.version) throw new BehindVersion(projection.name);
  await asProjector(client, async () => {
    const { version, build, storeId } = found;
    await register(client, { ...projection, version }, { build, status: 'live', storeId });
    // Left by a program from before there were builds, whose rebuild was killed: it is finished from where it stands.
    await client.query(
      `update read.projection_checkpoint set status = 'running' where projection = $1 and status = 'rebuilding'`,
      [projection.name],
    );
  });
  return { projection: place(projection, found, 'live'), position: found.position };
}

/** Begins at the first event, in the tables of the migrations, emptied. */
async function begin(client: ClientBase, projection: Projection, storeId: string): Promise<void> {
  const { name, tables } = projection;
  const builds = await readBuilds(sqlOver(client), [name]);
  await asProjector(client, async () => {
    await client.query(`truncate ${tables.map((table) => table.name).join(', ')}`);
    await register(client, projection, { build: 1, status: 'building', storeId });
    // The checkpoint of a later build was taken away: queries are led back to where rows come from now on.
    if (builds.some(({ build, status }) => build > 1 && status === 'live'))
      for (const table of tables) await client.query('select read.switch_view($1)', [bare(table.name)]);
    await registerSwitch(client, name, 1);
    await setCheckpoint(client, projection, {
      build: 1,
      storeId,
      position: null,
      eventId: null,
      recordedAt: null,
    });
    await clearParked(client, name);
  });
}
