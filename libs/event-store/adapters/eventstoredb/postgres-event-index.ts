import { Pool, type PoolConfig, type QueryResultRow } from 'pg';
import { StoreUnavailable } from '../../errors.js';
import type { Position } from '../../port.js';
import type { EventIndex, IndexBatch, Mark, Run, Standing } from './event-index.js';
import { START } from './kind.js';

const AT_THE_START: Standing = { position: START, events: 0, eventId: null };

interface StandingRow extends QueryResultRow {
  readonly position: string;
  readonly events: string;
  readonly event_id: string | null;
}

/** $1 store */
const STANDING = 'select position, events, event_id from event_index.standing where store_id = $1';

/** $1 store · $2 from · $3 to, its $4 events and $5 event id · $6 commands, $7 streams, $8 firsts, $9 lasts · $10 marks, $11 their events */
const ADVANCE = `select position, events, event_id
  from event_index.advance($1, $2, $3, $4, $5, $6::uuid[], $7::text[], $8::integer[], $9::integer[], $10::text[], $11::bigint[])`;

/** $1 store */
const CLEAR = 'select event_index.clear($1)';

/** $1 store · $2 commands. One row at least where there is a standing, so that it is told with the runs. */
const FIND = `select s.position, s.events, s.event_id, r.command_id, r.stream, r.first_revision, r.last_revision
  from event_index.standing s left join event_index.command_run r on r.command_id = any ($2::uuid[])
  where s.store_id = $1`;

/** $1 store · $2 position */
const MARK = `select m.position, m.events from event_index.mark m
  where m.position <= $2 and exists (select from event_index.standing s where s.store_id = $1)
  order by m.position desc limit 1`;

/** One to ask and one to bring up to date. */
const OWN_POOL = { max: 2, connectionTimeoutMillis: 5_000, query_timeout: 10_000, keepAlive: true };

/** The index in the schema `event_index` of a migrated database. Service and projector may use it. */
export class PostgresEventIndex implements EventIndex {
  private readonly pool: Pool;
  private readonly isShared: boolean;

  /** @param source a pool that stays the caller's, who hears its errors, or how to connect, for a pool of its own that `close` ends */
  constructor(source: Pool | PoolConfig) {
    this.isShared = source instanceof Pool;
    this.pool = source instanceof Pool ? source : ownPool(source);
  }

  async close(): Promise<void> {
    if (!this.isShared) await this.pool.end();
  }

  async standing(storeId: string): Promise<Standing> {
    return standingOf((await this.query<StandingRow>(STANDING, [storeId]))[0]);
  }

  async advance(storeId: string, from: Position, { runs, marks, to }: IndexBatch): Promise<Standing> {
    const [row] = await this.query<StandingRow>(ADVANCE, [
      storeId,
      from,
      to.position,
      to.events,
      to.eventId,
      runs.map(({ commandId }) => commandId),
      runs.map(({ streamId }) => streamId),
      runs.map(({ first }) => first),
      runs.map(({ last }) => last),
      marks.map(({ position }) => position),
      marks.map(({ events }) => events),
    ]);
    return standingOf(row);
  }

  async clear(storeId: string): Promise<void> {
    await this.query(CLEAR, [storeId]);
  }

  async find(
    storeId: string,
    commandIds: readonly string[],
  ): Promise<{ standing: Standing; runs: readonly Run[] }> {
    const rows = await this.query<StandingRow & Record<string, unknown>>(FIND, [storeId, commandIds]);
    const runs = rows
      .filter((row) => row['command_id'] !== null)
      .map((row) => ({
        commandId: String(row['command_id']),
        streamId: String(row['stream']),
        first: Number(row['first_revision']),
        last: Number(row['last_revision']),
      }));
    return { standing: standingOf(rows[0]), runs };
  }

  async mark(storeId: string, position: Position): Promise<Mark> {
    const [row] = await this.query<{ position: string; events: string }>(MARK, [storeId, position]);
    return row === undefined ? AT_THE_START : { position: row.position, events: Number(row.events) };
  }

  private async query<Row extends QueryResultRow>(text: string, values: readonly unknown[]): Promise<Row[]> {
    try {
      return (await this.pool.query<Row>(text, [...values])).rows;
    } catch (error) {
      throw new StoreUnavailable('index', error);
    }
  }
}

function ownPool(config: PoolConfig): Pool {
  const pool = new Pool({ ...OWN_POOL, ...config });
  // An idle connection that breaks is replaced when the next is needed; unheard, the event would end the process.
  pool.on('error', () => undefined);
  return pool;
}

function standingOf(row: StandingRow | undefined): Standing {
  if (row === undefined) return AT_THE_START;
  return { position: row.position, events: Number(row.events), eventId: row.event_id };
}
