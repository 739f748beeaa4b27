import type { ClientBase, Pool } from 'pg';
import type { Position } from '#forlop/event-store';
import { comparePositions } from '#forlop/event-store';
import type { Skipped } from '../apply.js';
import { assertUsable, readCheckpoint, setCheckpoint } from '../checkpoint.js';
import type { Projection } from '../definition.js';
import { BuildRunning, CheckpointUnusable } from '../errors.js';
import { clearParked } from '../failures/failures.js';
import { holding } from '../lock.js';
import { pause } from '../pause.js';
import { asProjector, sqlOver } from '../sql.js';
import type { BuildStore } from './complete.js';
import { catchUp } from './complete.js';
import type { Placed } from './place.js';
import { bare } from './place.js';
import { readBuilds, registerSwitch } from './registry.js';

export interface SwitchOptions {
  readonly store: BuildStore;
  readonly pool: Pool;
  readonly projection: Projection;
  readonly placed: Placed;
  readonly skipped: Skipped;
  readonly handoverMs: number;
  readonly signal: AbortSignal;
}

/** Milliseconds that readers may be held up by one try to switch, tries while the leader stands by, and between two rounds. */
const LOCK_TIMEOUT = 150;
const TRIES = 5;
const BETWEEN_TRIES = 50;
const BETWEEN_ROUNDS = 1000;
const ROUNDS = 120;

/**
 * Takes over from the leader, applies the last events and switches view and checkpoint in one transaction: who reads after
 * it finds the rows of this build, at no older position. A query that runs is waited for a moment only, since others queue
 * behind the switch; the leader goes on in between. Throws `HandoverTimedOut`; the lock error when it never came about.
 */
export async function switchOver(options: SwitchOptions, from: Position | null): Promise<Position | null> {
  const { pool, projection, handoverMs, signal } = options;
  let at = from;
  for (let round = 1; ; round += 1) {
    const done = await holding(pool, projection.name, handoverMs, async (client) => {
      for (let left = TRIES; ; left -= 1) {
        at = await catchUp(client, options.placed, options.store, at, options.skipped, signal);
        try {
          await switchNow(client, options, at);
          return true;
        } catch (error) {
          if (!isHeldUp(error) || round >= ROUNDS) throw error;
          if (left <= 1) return false;
        }
        await pause(BETWEEN_TRIES, signal);
      }
    });
    if (done) return at;
    await pause(BETWEEN_ROUNDS, signal);
    signal.throwIfAborted();
  }
}

/** Somebody reads the view (55P03), or reads two views in the other order (40P01). */
const isHeldUp = (error: unknown): boolean =>
  ['55P03', '40P01'].includes(String((error as { code?: unknown } | null)?.code));

async function switchNow(
  client: ClientBase,
  { projection, placed, store }: SwitchOptions,
  at: Position | null,
): Promise<void> {
  const { name } = projection;
  const sql = sqlOver(client);
  await assertNotBefore(client, projection, store, at);
  const [build] = (await readBuilds(sql, [name])).filter((one) => one.build === placed.build);
  if (build?.status !== 'building') throw new BuildRunning(name);
  await asProjector(client, async () => {
    await client.query(`select set_config('lock_timeout', '${LOCK_TIMEOUT}ms', true)`);
    for (const table of placed.tables) await client.query('select read.switch_view($1)', [bare(table.name)]);
    await registerSwitch(client, name, placed.build);
    await setCheckpoint(client, projection, build);
    await clearParked(client, name);
  });
}

/** Rows of this store are never followed by older ones. Rows of another store, or of a backup, are what is to be mended. */
async function assertNotBefore(
  client: ClientBase,
  projection: Projection,
  store: BuildStore,
  at: Position | null,
): Promise<void> {
  const live = await readCheckpoint(sqlOver(client), projection.name);
  if (live === undefined || live.position === null) return;
  try {
    await assertUsable(live, projection, store);
  } catch (error) {
    if (error instanceof CheckpointUnusable && error.reason !== 'newer-version') return;
    if (!(error instanceof CheckpointUnusable)) throw error;
  }
  if (at === null || comparePositions(at, live.position) < 0)
    throw new Error(`The new rows of ${projection.name} are behind the live ones`);
}
