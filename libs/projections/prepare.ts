import type { ClientBase } from 'pg';
import type { EventStore } from '#forlop/event-store';
import { assertUsable, markCheckpoint, readCheckpoint, resetCheckpoint } from './checkpoint.js';
import type { Checkpoint, CheckpointStatus } from './checkpoint.js';
import type { Projection } from './definition.js';
import { asProjector, sqlOver } from './sql.js';

/**
 * Where the leader goes on from. Makes the checkpoint on the first run; rows of an older version are dropped and built
 * anew. Throws `CheckpointUnusable` when the rows do not belong to this store or to this program.
 */
export async function prepare(
  client: ClientBase,
  projection: Projection,
  store: Pick<EventStore, 'storeId' | 'head'>,
): Promise<Pick<Checkpoint, 'position'>> {
  const found = await readCheckpoint(sqlOver(client), projection.name);
  if (found !== undefined) assertUsable(found, projection, store.storeId, await store.head());
  if (found === undefined || found.version < projection.version) {
    await startOver(client, projection, store.storeId, 'running');
    return { position: null };
  }
  // A rebuild that was killed has left the checkpoint where it got to, and this leader finishes it.
  if (found.status === 'rebuilding')
    await asProjector(client, () => markCheckpoint(client, projection.name, 'running'));
  return found;
}

/** Empties the tables and puts the checkpoint before the first event, in one transaction. The caller holds the lock. */
export async function startOver(
  client: ClientBase,
  projection: Projection,
  storeId: string,
  status: CheckpointStatus,
): Promise<void> {
  await asProjector(client, async () => {
    await client.query(`truncate ${projection.tables.map(({ name }) => name).join(', ')}`);
    await resetCheckpoint(client, projection, storeId, status);
  });
}
