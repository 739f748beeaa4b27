/** What builds there are: `read.projection_build`. Written in transactions of `asProjector` only. */
import type { ClientBase } from 'pg';
import type { Position } from '#forlop/event-store';
import type { Projection } from '../definition.js';
import { BuildRunning } from '../errors.js';
import type { RunSql } from '../sql.js';
import type { BuildId } from './place.js';
import { bare, physicalName } from './place.js';

export type BuildStatus = 'building' | 'live' | 'retired';

export interface Build extends BuildId {
  readonly projection: string;
  readonly status: BuildStatus;
  /** Names within schema `read`. */
  readonly tables: readonly string[];
  readonly storeId: string;
  /** How far it came; of the live one, where it became so: it goes on in its checkpoint. */
  readonly position: Position | null;
  readonly eventId: string | null;
  readonly recordedAt: string | null;
  readonly startedAt: string;
  readonly updatedAt: string;
}

type Connection = Pick<ClientBase, 'query'>;

const instant = (column: string): string =>
  `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
const COLUMNS = `projection, build, version, status, tables, store_id as "storeId", position, event_id as "eventId",
  ${instant('recorded_at')} as "recordedAt", ${instant('started_at')} as "startedAt",
  ${instant('updated_at')} as "updatedAt"`;

/** The builds of these projections, oldest first. */
export const readBuilds = (sql: RunSql, projections: readonly string[]): Promise<Build[]> =>
  sql<Build>(
    `select ${COLUMNS} from read.projection_build where projection = any($1) order by projection, build`,
    [projections],
  );

export interface NewBuild {
  readonly build: number;
  readonly status: BuildStatus;
  readonly storeId: string;
}

/** Writes a build down, with the names of its tables. */
export async function register(
  client: Connection,
  { name, version, tables }: Pick<Projection, 'name' | 'version' | 'tables'>,
  { build, status, storeId }: NewBuild,
): Promise<void> {
  const names = tables.map((table) => bare(physicalName(table.name, { version, build })));
  await client.query(
    `insert into read.projection_build (projection, build, version, status, tables, store_id)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (projection, build) do update
        set version = excluded.version, status = excluded.status, tables = excluded.tables,
            store_id = excluded.store_id`,
    [name, build, version, status, names, storeId],
  );
}

/**
 * Makes the build the live one and retires the one before, with what its checkpoint says. Throws `BuildRunning` when it is
 * no longer there: another process has begun anew.
 */
export async function registerSwitch(client: Connection, projection: string, build: number): Promise<void> {
  await client.query(
    `update read.projection_build b
        set status = 'retired', updated_at = clock_timestamp(), position = c.position, event_id = c.event_id,
            recorded_at = c.recorded_at
       from read.projection_checkpoint c
      where b.projection = $1 and b.status = 'live' and c.projection = b.projection and b.build <> $2`,
    [projection, build],
  );
  const { rowCount } = await client.query(
    `update read.projection_build set status = 'live', updated_at = clock_timestamp()
      where projection = $1 and build = $2 and status = 'building'`,
    [projection, build],
  );
  if (rowCount !== 1) throw new BuildRunning(projection);
}

export async function unregister(client: Connection, { projection, build }: Build): Promise<void> {
  await client.query('delete from read.projection_build where projection = $1 and build = $2', [
    projection,
    build,
  ]);
}
