import type { Pool } from 'pg';
import { recordOperatorAct } from '#forlop/command-handling';
import { comparePositions, type EventStore, isPosition, type Position } from '#forlop/event-store';
import {
  assertServingRole,
  bringUpToDate,
  createPool,
  type DatabaseUrls,
  EXIT,
  loadConfig,
  StartupError,
} from '#forlop/platform';
import { sqlOver } from '#forlop/projections';
import {
  listReactors,
  type ParkedListing,
  REACTORS,
  type ReactorListing,
  readParkedStreams,
  startReactor,
} from '#forlop/reactors';
import { MIGRATIONS, withDatabases } from './databases.js';
import { operator, withCommandDeps } from './operator.js';
import { answer } from './output.js';
import { openStore } from './store.js';

const NAMES = REACTORS.map(({ name }) => name);

/** Name, state, position and lag of each, and the streams that wait. */
export async function listAll(json: boolean): Promise<void> {
  const items = await asService(async ({ pool, store }) => {
    const sql = sqlOver(pool);
    const [listed, parked] = await Promise.all([
      listReactors(sql, store, REACTORS),
      readParkedStreams(sql, NAMES),
    ]);
    return listed.map((item) => ({
      ...item,
      streams: parked.filter(({ reactor }) => reactor === item.reactor),
    }));
  });
  answer(json, { items }, () => items.flatMap((item) => [lineOf(item), ...item.streams.map(parkedLine)]));
}

/** Starts one anew after a position; on the record, as what it then says or leaves unsaid is a decision. */
export async function start(name: string, from: string, json: boolean): Promise<void> {
  if (!NAMES.includes(name)) {
    throw new StartupError(EXIT.usage, `error: there is no reactor ${name}. There are: ${NAMES.join(', ')}`);
  }
  const position = await asService(async ({ pool, store, urls }) => {
    const chosen = await positionOf(from, store);
    await record(`${name}:${from}`, urls);
    const client = await pool.connect();
    try {
      await startReactor(client, name, store.storeId, chosen);
    } finally {
      client.release();
    }
    return chosen;
  });
  answer(json, { reactor: name, position }, () => [`${name} starts after ${position ?? 'the beginning'}`]);
}

async function positionOf(from: string, store: EventStore): Promise<Position | null> {
  if (from === 'start') return null;
  const head = await store.head();
  if (from === 'now') return head;
  if (isPosition(from) && from.length === store.start.length && sameKind(from, store.start)) {
    if (head !== null && comparePositions(from, head) <= 0) return from === store.start ? null : from;
  }
  throw new StartupError(
    EXIT.usage,
    `error: --from takes start, now, or a position that the store has given. Example: --from ${head ?? store.start}`,
  );
}

const sameKind = (a: Position, b: Position): boolean =>
  a.slice(0, a.indexOf(':')) === b.slice(0, b.indexOf(':'));

async function record(target: string, urls: DatabaseUrls): Promise<void> {
  const act = { act: 'START', target, operator: operator(), now: new Date().toISOString() } as const;
  await withCommandDeps(loadConfig(process.env), urls, 'forlop-reactors', (deps) =>
    recordOperatorAct(deps, act),
  );
}

function lineOf(item: ReactorListing): string {
  const lag = `${item.lagEvents} events, ${item.lagSeconds} s behind`;
  const trouble = item.error === null ? '' : `  ${item.error}`;
  const advice = item.advice === null ? '' : `  ${item.advice}`;
  return `${item.reactor}  ${item.status}  ${item.position ?? '-'}  ${lag}${trouble}${advice}`;
}

const parkedLine = ({ streamId, position, error, attempts }: ParkedListing): string =>
  `  parked ${streamId} at ${position}  ${error}  ${attempts} attempts`;

interface Opened {
  readonly pool: Pool;
  readonly store: EventStore;
  readonly urls: DatabaseUrls;
}

/** A pool and the store as the service's role, on a schema that is current. */
async function asService<T>(work: (opened: Opened) => Promise<T>): Promise<T> {
  const config = loadConfig(process.env);
  return withDatabases(config, 'command', async ({ urls }) => {
    await bringUpToDate(urls, MIGRATIONS);
    await assertServingRole(urls.serviceUrl, 'DATABASE_URL');
    const pool = createPool({ url: urls.serviceUrl, application: 'forlop-reactors' });
    const store = await openStore(config, urls.serviceUrl, 'forlop-reactors');
    try {
      return await work({ pool, store, urls });
    } finally {
      await store.close();
      await pool.end();
    }
  });
}
