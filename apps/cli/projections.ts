import type { Pool } from 'pg';
import { recordOperatorAct } from '#forlop/command-handling';
import type { EventStore } from '#forlop/event-store';
import {
  assertServingRole,
  bringUpToDate,
  createPool,
  type DatabaseUrls,
  EXIT,
  loadConfig,
  StartupError,
} from '#forlop/platform';
import {
  listProjections,
  type Projection,
  type ProjectionListing,
  rebuildProjection,
  sqlOver,
} from '#forlop/projections';
import { projections } from '#forlop/read-models';
import { MIGRATIONS, withDatabases } from './databases.js';
import { operator, withCommandDeps } from './operator.js';
import { answer, say } from './output.js';
import { openStore } from './store.js';

/** Name, version, state, position and lag of each. */
export async function listAll(json: boolean): Promise<void> {
  const items = await asProjector(({ pool, store }) => listProjections(sqlOver(pool), store, projections));
  answer(json, { items }, () => items.map(lineOf));
}

/** Empties the tables of one projection, or of `all`, and builds them anew. */
export async function rebuild(name: string, json: boolean): Promise<void> {
  const chosen = chosenFrom(projections, name);
  const rebuilt = await asProjector(async ({ pool, store, urls }) => {
    await record(name, urls);
    const results = [];
    for (const projection of chosen) {
      say(`Rebuilding ${projection.name} …`);
      results.push(await rebuildProjection({ projection, store, pool }));
    }
    return results;
  });
  answer(json, { rebuilt }, () =>
    rebuilt.map((one) => `${one.projection}: ${one.events} events, at ${one.position ?? '-'}`),
  );
}

/** As the service's role: the projector's may only read the events. */
async function record(target: string, urls: DatabaseUrls): Promise<void> {
  await assertServingRole(urls.serviceUrl, 'DATABASE_URL');
  const act = { act: 'REBUILD', target, operator: operator(), now: new Date().toISOString() } as const;
  await withCommandDeps(loadConfig(process.env), urls, 'forlop-projections', (deps) =>
    recordOperatorAct(deps, act),
  );
}

function chosenFrom(projections: readonly Projection[], name: string): readonly Projection[] {
  const chosen = name === 'all' ? projections : projections.filter((projection) => projection.name === name);
  if (chosen.length > 0) return chosen;
  const names = projections.map((projection) => projection.name).join(', ');
  throw new StartupError(EXIT.usage, `error: there is no projection ${name}. There are: ${names}, all`);
}

function lineOf(item: ProjectionListing): string {
  const trouble =
    item.error === null ? '' : `  ${item.error} at ${item.errorPosition ?? '-'}. ${item.advice ?? ''}`;
  const lag = `${item.lagEvents} events, ${item.lagSeconds} s behind`;
  return `${item.projection} v${item.version}  ${item.status}  ${item.position ?? '-'}  ${lag}${trouble}`;
}

interface Opened {
  readonly pool: Pool;
  readonly store: EventStore;
  readonly urls: DatabaseUrls;
}

/** A pool and the store as the projector's role, on a schema that is current. */
async function asProjector<T>(work: (opened: Opened) => Promise<T>): Promise<T> {
  return withDatabases(loadConfig(process.env), 'command', async ({ urls }) => {
    await bringUpToDate(urls, MIGRATIONS);
    await assertServingRole(urls.projectorUrl, 'PROJECTOR_DATABASE_URL');
    const pool = createPool({
      url: urls.projectorUrl,
      application: 'forlop-projections',
      statementTimeout: 0,
    });
    const store = await openStore(urls.projectorUrl, 'forlop-projections');
    try {
      return await work({ pool, store, urls });
    } finally {
      await store.close();
      await pool.end();
    }
  });
}
