import type { Pool, PoolClient } from 'pg';
import type { EventStore, Position } from '#forlop/event-store';
import { comparePositions } from '#forlop/event-store';
import { applyOrStop } from './apply.js';
import { markCheckpoint } from './checkpoint.js';
import type { Projection } from './definition.js';
import { ProjectionFailed } from './errors.js';
import { unlock, waitForLock } from './lock.js';
import { startOver } from './prepare.js';
import { asProjector } from './sql.js';

export interface RebuildOptions {
  readonly projection: Projection;
  readonly store: Pick<EventStore, 'storeId' | 'head' | 'readAll' | 'readStream'>;
  /** As the projector role. */
  readonly pool: Pool;
  /** How long (ms) the process that leads may take to hand over. Default 30 000. */
  readonly handoverMs?: number;
  readonly batchSize?: number;
  /** Told after each batch, for a person who waits. */
  readonly onProgress?: (position: Position) => void;
}

export interface Rebuilt {
  readonly projection: string;
  /** Events read, whether they gave rows or not. */
  readonly events: number;
  readonly position: Position | null;
}

/**
 * Empties the tables of a projection and builds them anew from the first event up to where the store was when it began.
 * May be run while the service runs: its leader hands over after the running batch and goes on from where this ends. Killed
 * on the way, the next leader finishes it. Until then queries see the rows built so far, at the position that they say.
 *
 * Throws `HandoverTimedOut` (nothing changed) and `ProjectionFailed` (the checkpoint stands before that event).
 */
export async function rebuildProjection(options: RebuildOptions): Promise<Rebuilt> {
  const { projection, store, pool, handoverMs = 30_000 } = options;
  const client = await pool.connect();
  const onLost = (): void => undefined;
  client.on('error', onLost);
  let isClean = false;
  try {
    await waitForLock(client, projection.name, handoverMs);
    await startOver(client, projection, store.storeId, 'rebuilding');
    const rebuilt = await catchUp(client, options);
    await asProjector(client, () => markCheckpoint(client, projection.name, 'running'));
    await unlock(client, projection.name);
    isClean = true;
    return rebuilt;
  } catch (error) {
    if (error instanceof ProjectionFailed) await markFailed(client, error);
    throw error;
  } finally {
    // After an error the session is ended, which gives the lock back; the pool minds connections that are lost in it.
    client.release(!isClean);
    client.off('error', onLost);
  }
}

async function catchUp(
  client: PoolClient,
  { projection, store, batchSize = 500, onProgress }: RebuildOptions,
): Promise<Rebuilt> {
  const head = await store.head();
  let [events, position]: [number, Position | null] = [0, null];
  while (head !== null && (position === null || comparePositions(position, head) < 0)) {
    const page = await store.readAll(position, batchSize);
    await applyOrStop(client, projection, position, page, store);
    position = page.position;
    events += page.events.length;
    onProgress?.(position);
  }
  return { projection: projection.name, events, position };
}

const markFailed = (client: PoolClient, failed: ProjectionFailed): Promise<void> =>
  asProjector(client, () =>
    markCheckpoint(client, failed.projection, 'failed', {
      error: failed.errorClass,
      position: failed.position,
    }),
  );
