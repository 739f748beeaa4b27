import { Pool, type PoolConfig } from 'pg';
import { StoreUnavailable } from '../../errors.js';
import { checkAppend } from '../../limits.js';
import { Nudges } from '../../nudges.js';
import type {
  Appended,
  BatchHandler,
  EventFilter,
  EventPage,
  EventStore,
  EventToAppend,
  ExpectedRevision,
  Origin,
  Position,
  ReadStreamOptions,
  StoredEvent,
  SubscribeOptions,
} from '../../port.js';
import { formatPosition, sequenceOf, startOf } from '../../positions.js';
import { runSubscription } from '../../subscription.js';
import { appending } from '../../telemetry.js';
import { ignore, readRows, type Row, type Statement } from './connection.js';
import { GroupCommit } from './group-commit.js';
import { GroupedReads } from './grouped-reads.js';
import { KIND, asBigint } from './kind.js';
import { Listener } from './listener.js';
import { Notifier } from './notifier.js';
import { readOrigins } from './origins.js';
import { isNarrow, readFiltered, readPage } from './read-all.js';
import { READ_AT, READ_BACKWARDS, READ_STORE_ID } from './reads.js';
import { toStoredEvent } from './rows.js';
import { SharedPages } from './shared-pages.js';
import { streamKey } from './stream-key.js';

export interface PostgresEventStoreOptions {
  /** ms until the answer to a statement is given up. Default 10 000; longer than the 5 s an append waits for the lock. */
  readonly timeout?: number;
  /** ms between two reads of a subscription that is not nudged. Default 500. */
  readonly pollEvery?: number;
}

const DEFAULTS = { timeout: 10_000, pollEvery: 500 };
/** Two batches, the listener, a nudge, and some to read with. */
const OWN_POOL = { max: 10, connectionTimeoutMillis: 5_000, keepAlive: true };

/**
 * Opens the store of a database that is migrated (`eventStoreMigrations`).
 *
 * @param source a pool that stays the caller's, or how to connect, for a pool of its own that `close` ends. A pool
 *   needs at least 5 connections and a `connectionTimeoutMillis`. The role is the service's or the projector's.
 * @throws StoreUnavailable
 */
export async function openPostgresEventStore(
  source: Pool | PoolConfig,
  options: PostgresEventStoreOptions = {},
): Promise<EventStore> {
  const isShared = source instanceof Pool;
  const pool = isShared ? source : new Pool({ ...OWN_POOL, ...source });
  const endPool = async (): Promise<void> => {
    if (isShared) pool.off('error', ignore);
    else await pool.end();
  };
  const settings = { ...DEFAULTS, ...options };
  // An idle connection that breaks is replaced when the next is needed; unheard, the event would end the process.
  pool.on('error', ignore);
  try {
    const rows = await readRows(pool, 'open', READ_STORE_ID, [], settings.timeout);
    return new PostgresEventStore(String(rows[0]?.[0]), pool, settings, endPool);
  } catch (error) {
    await endPool();
    throw error;
  }
}

class PostgresEventStore implements EventStore {
  readonly start = startOf(KIND);
  private readonly nudges = new Nudges();
  private readonly notifier: Notifier;
  private readonly listener: Listener;
  private readonly commits: GroupCommit;
  private readonly reads: GroupedReads;
  private readonly pages: SharedPages;
  private readonly closing = new AbortController();
  private readonly running = new Set<Promise<void>>();

  constructor(
    readonly storeId: string,
    private readonly pool: Pool,
    private readonly settings: Required<PostgresEventStoreOptions>,
    private readonly endPool: () => Promise<void>,
  ) {
    this.notifier = new Notifier(pool);
    this.listener = new Listener(pool, this.nudges);
    this.pages = new SharedPages((start, limit) => readPage(pool, start, limit, settings.timeout));
    this.reads = new GroupedReads(pool, settings.timeout);
    this.commits = new GroupCommit({ pool, timeout: settings.timeout, notifier: this.notifier });
  }

  async append(
    streamId: string,
    events: readonly EventToAppend[],
    expected: ExpectedRevision,
  ): Promise<Appended> {
    const bytes = checkAppend(streamId, events, expected);
    this.assertOpen('append');
    return appending(events, () => this.commits.append({ streamId, events, expected, bytes }));
  }

  async readStream(streamId: string, options: ReadStreamOptions = {}): Promise<StoredEvent[]> {
    this.assertOpen('readStream');
    const { from, limit, direction } = options;
    if (direction !== 'backwards') return this.reads.stream(streamId, from ?? 0, limit ?? Infinity);
    const values = [streamKey(streamId), from ?? null, limit ?? null];
    return (await this.read('readStream', READ_BACKWARDS, values)).map(toStoredEvent);
  }

  async readFirst(streamIds: readonly string[]): Promise<Map<string, StoredEvent>> {
    this.assertOpen('readFirst');
    return this.reads.first(streamIds);
  }

  async readCommand(commandId: string): Promise<StoredEvent[]> {
    this.assertOpen('readCommand');
    return this.reads.command(commandId);
  }

  async readAll(after: Position | null, limit: number, filter?: EventFilter): Promise<EventPage> {
    this.assertOpen('readAll');
    if (filter !== undefined && isNarrow(filter)) {
      return readFiltered(this.pool, after, limit, filter, this.settings.timeout);
    }
    return this.pages.read(sequenceOf(KIND, after), limit);
  }

  async subscribe(after: Position | null, handler: BatchHandler, options: SubscribeOptions): Promise<void> {
    this.assertOpen('subscribe');
    const subscription = this.runSubscription(after, handler, options);
    this.running.add(subscription);
    await subscription.finally(() => this.running.delete(subscription));
  }

  async readAt(position: Position): Promise<StoredEvent | undefined> {
    const rows = await this.read('readAt', READ_AT, [asBigint(sequenceOf(KIND, position))]);
    return rows.map(toStoredEvent)[0];
  }

  async originsOf(events: readonly StoredEvent[]): Promise<ReadonlyMap<Position, Origin>> {
    this.assertOpen('originsOf');
    return readOrigins(this.pool, events, this.settings.timeout);
  }

  async head(): Promise<Position | null> {
    this.assertOpen('head');
    const sequence = await this.reads.lastSequence();
    return sequence === 0n ? null : formatPosition(KIND, sequence);
  }

  /** Positions have no gaps, so there is nothing to count. */
  async countAfter(position: Position | null): Promise<number> {
    const start = sequenceOf(KIND, position);
    this.assertOpen('countAfter');
    return Math.max(0, Number((await this.reads.lastSequence()) - start));
  }

  async close(): Promise<void> {
    if (this.closing.signal.aborted) return;
    this.closing.abort();
    await Promise.allSettled(this.running);
    await this.commits.drain();
    await this.reads.drain();
    await this.notifier.flush();
    await this.endPool();
  }

  private async runSubscription(
    after: Position | null,
    handler: BatchHandler,
    options: SubscribeOptions,
  ): Promise<void> {
    const signal = AbortSignal.any([options.signal, this.closing.signal]);
    const source = { store: this, nudges: this.nudges, pollEvery: this.settings.pollEvery };
    // LISTEN first, then read: the other way round, what is appended in between would go unheard.
    const leave = await this.listener.join();
    try {
      await runSubscription(source, after, handler, { ...options, signal });
    } finally {
      await leave();
    }
  }

  private read(operation: string, statement: Statement, values: readonly unknown[]): Promise<Row[]> {
    this.assertOpen(operation);
    return readRows(this.pool, operation, statement, values, this.settings.timeout);
  }

  private assertOpen(operation: string): void {
    if (this.closing.signal.aborted) throw new StoreUnavailable(operation, new Error('closed'));
  }
}
