import type { EventStore, EventToAppend } from '#forlop/event-store';

/** Runs a statement as the service's role, in the database of DATABASE_URL. */
export type SpoolSql = <Row>(text: string, values: readonly unknown[]) => Promise<Row[]>;

/** Does the work in one transaction on one connection. */
export type Transacting = <T>(work: (sql: SpoolSql) => Promise<T>) => Promise<T>;

/** $1 stream · $2 event id · $3 type · $4 version · $5 payload · $6 metadata. Committed on disk when it returns. */
const PUT = `
  insert into access_spool.entry (stream_id, event_id, type, schema_version, payload, metadata)
  values ($1, $2, $3, $4, $5, $6)`;

/** Of several processes one takes from the spool at a time. */
const LOCK = `select pg_try_advisory_xact_lock(hashtext('forlop.access_spool')) as "isHad"`;

/** $1 how many */
const OLDEST = `
  select number, stream_id as "streamId", event_id as "eventId", type, schema_version as "schemaVersion", payload, metadata
  from access_spool.entry order by number limit $1`;

/** $1 numbers */
const REMOVE = 'delete from access_spool.entry where number = any ($1::bigint[])';

interface Entry extends EventToAppend {
  readonly number: string;
  readonly streamId: string;
}

const AT_ONCE = 64;

/**
 * Accesses that wait for the store to come back, in the PostgreSQL of the read models: whoever may read there may as well
 * write down that it was read. Of use only where the events are kept elsewhere.
 */
export class AccessSpool {
  constructor(
    private readonly sql: SpoolSql,
    private readonly transact: Transacting,
  ) {}

  async put(streamId: string, event: EventToAppend): Promise<void> {
    const { eventId, type, schemaVersion, payload, metadata } = event;
    await this.sql(PUT, [streamId, eventId, type, schemaVersion, payload, metadata]);
  }

  /**
   * Appends the oldest of what waits, each by itself: a repeat of one is recognised by its id. They leave the spool when all
   * of them stand in the store.
   * @returns how many, 0 when nothing waits or another process is at it
   * @throws StoreUnavailable
   */
  async drain(store: Pick<EventStore, 'append'>): Promise<number> {
    return this.transact(async (sql) => {
      const [lock] = await sql<{ readonly isHad: boolean }>(LOCK, []);
      if (lock?.isHad !== true) return 0;
      const entries = await sql<Entry>(OLDEST, [AT_ONCE]);
      if (entries.length === 0) return 0;
      await Promise.all(
        entries.map(({ number: _, streamId, ...event }) => store.append(streamId, [event], 'any')),
      );
      await sql(REMOVE, [entries.map(({ number }) => number)]);
      return entries.length;
    });
  }
}
