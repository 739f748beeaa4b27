import type { ClientBase } from 'pg';
import type { EventStore, Position } from '#forlop/event-store';
import { comparePositions } from '#forlop/event-store';
import { statementsFor } from '../apply.js';
import type { Skipped } from '../apply.js';
import { applyOrStop } from '../isolate.js';
import { asProjector } from '../sql.js';
import type { BulkLoad } from './bulk-load.js';
import type { Placed } from './place.js';
import { bare } from './place.js';

export type BuildStore = Pick<
  EventStore,
  'storeId' | 'head' | 'readAt' | 'readAll' | 'readStream' | 'countAfter'
>;

/** Streams that are read and projected anew in one transaction. */
const RESTATED_AT_ONCE = 25;
/** Events in a batch on the way to the end. */
const BATCH = 500;

/** After the bulk: keys, the streams that were left to the end, indexes, row-level security, grants. */
export async function completeTables(
  client: ClientBase,
  load: BulkLoad,
  store: BuildStore,
  position: Position | null,
): Promise<void> {
  const { placed, restated, skipped } = load;
  await load.keyAll(client);
  for (let i = 0; position !== null && i < restated.length; i += RESTATED_AT_ONCE) {
    const page = { events: restated.slice(i, i + RESTATED_AT_ONCE), position };
    const statements = await statementsFor(placed, page, store, skipped);
    await asProjector(client, async () => {
      for (const statement of statements) await client.query(statement);
    });
  }
  for (const [shape, made] of load.tableNames)
    await client.query('select read.complete_build($1, $2)', [bare(shape), bare(made)]);
}

/** Empties the tables of a build. */
export async function startAnew(client: ClientBase, { placed }: BulkLoad): Promise<void> {
  await asProjector(client, async () => {
    await client.query(`truncate ${placed.tables.map(({ name }) => name).join(', ')}`);
    await client.query(
      `update read.projection_build set position = null, event_id = null, recorded_at = null
        where projection = $1 and build = $2`,
      [placed.name, placed.build],
    );
  });
}

/** Applies what was stored since, up to where the store is now. Returns where the build stands then. */
export async function catchUp(
  client: ClientBase,
  placed: Placed,
  store: BuildStore,
  from: Position | null,
  skipped: Skipped,
  signal: AbortSignal,
): Promise<Position | null> {
  const head = await store.head();
  let at = from;
  while (head !== null && (at === null || comparePositions(at, head) < 0)) {
    signal.throwIfAborted();
    const page = await store.readAll(at, BATCH);
    await applyOrStop(client, placed, at, page, store, skipped);
    at = page.position;
  }
  return at;
}
