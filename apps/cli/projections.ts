import type { Pool } from 'pg';
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
  type Build,
  listProjections,
  type Projection,
  type ProjectionListing,
  readBuilds,
  sqlOver,
} from '#forlop/projections';
import { projections } from '#forlop/read-models';
import { MIGRATIONS, withDatabases } from './databases.js';
import { answer } from './output.js';
import { openStore } from './store.js';

/** A projection with the builds that there are of it. */
interface Listed extends ProjectionListing {
  readonly builds: readonly Pick<Build, 'build' | 'version' | 'status' | 'position' | 'startedAt'>[];
}

/** Name, version, state, position, lag and builds of each. */
export async function listAll(json: boolean): Promise<void> {
  const items = await asProjector(async ({ pool, store }) => {
    const sql = sqlOver(pool);
    const listed = await listProjections(sql, store, projections);
    const builds = await readBuilds(
      sql,
      projections.map(({ name }) => name),
    );
    return listed.map((item) => withBuilds(item, builds));
  });
  answer(json, { items }, () => items.flatMap((item) => [lineOf(item), ...item.builds.flatMap(besides)]));
}

const withBuilds = (item: ProjectionListing, builds: readonly Build[]): Listed => ({
  ...item,
  builds: builds
    .filter(({ projection }) => projection === item.projection)
    .map(({ build, version, status, position, startedAt }) => ({
      build,
      version,
      status,
      // The live one has gone on since it became so.
      position: status === 'live' ? item.position : position,
      startedAt,
    })),
});

/** What stands beside the live one. */
const besides = ({ build, version, status, position }: Listed['builds'][number]): string[] =>
  status === 'live' ? [] : [`  build ${build} v${version}  ${status}  ${position ?? '-'}`];

/** The one of that name, or all. @throws StartupError 64 with the names that there are */
export function chosenFrom(projections: readonly Projection[], name: string): readonly Projection[] {
  const chosen = name === 'all' ? projections : projections.filter((projection) => projection.name === name);
  if (chosen.length > 0) return chosen;
  const names = projections.map((projection) => projection.name).join(', ');
  throw new StartupError(EXIT.usage, `error: there is no projection ${name}. There are: ${names}, all`);
}

function lineOf(item: ProjectionListing): string {
  const troubles = [
    ...(item.error === null ? [] : [`${item.error} at ${item.errorPosition ?? '-'}.`]),
    ...(item.parked === 0 ? [] : [`${item.parked} streams parked.`]),
    ...(item.advice === null ? [] : [item.advice]),
  ];
  const trouble = troubles.length === 0 ? '' : `  ${troubles.join(' ')}`;
  const lag = `${item.lagEvents} events, ${item.lagSeconds} s behind`;
  return `${item.projection} v${item.version}  ${item.status}  ${item.position ?? '-'}  ${lag}${trouble}`;
}

/** What a command on read models works with. */
export interface Opened {
  readonly pool: Pool;
  readonly store: EventStore;
  readonly urls: DatabaseUrls;
}

/** A pool and the store as the projector's role, on a schema that is current. */
export async function asProjector<T>(work: (opened: Opened) => Promise<T>): Promise<T> {
  const config = loadConfig(process.env);
  return withDatabases(config, 'command', async ({ urls }) => {
    await bringUpToDate(urls, MIGRATIONS);
    await assertServingRole(urls.projectorUrl, 'PROJECTOR_DATABASE_URL');
    const pool = createPool({
      url: urls.projectorUrl,
      application: 'forlop-projections',
      statementTimeout: 0,
    });
    const store = await openStore(config, urls.projectorUrl, 'forlop-projections');
    try {
      return await work({ pool, store, urls });
    } finally {
      await store.close();
      await pool.end();
    }
  });
}
