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
  Position,
  ReadStreamOptions,
  StoredEvent,
  SubscribeOptions,
} from '../../port.js';
import { formatPosition, sequenceOf } from '../../positions.js';
import { runSubscription } from '../../subscription.js';
import { ignore, readRows, type Row, type Statement } from './connection.js';
import { GroupCommit } from './group-commit.js';
import { KIND } from './kind.js';
import { Listener } from './listener.js';
import { Notifier } from './notifier.js';
import { readAll } from './read-all.js';
import {
  READ_BACKWARDS,
  READ_COMMAND,
  READ_FIRST,
  READ_FORWARDS,
  READ_HEAD,
  READ_STORE_ID,
  toStoredEvent,
} from './reads.js';
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
  private readonly nudges = new Nudges();
  private readonly notifier: Notifier;
  private readonly listener: Listener;
  private readonly commits: GroupCommit;
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
    const committed = (): void => this.notifier.notify();
    this.commits = new GroupCommit({ pool, timeout: settings.timeout, committed });
  }

  async append(
    streamId: string,
    events: readonly EventToAppend[],
    expected: ExpectedRevision,
  ): Promise<Appended> {
    const bytes = checkAppend(streamId, events, expected);
    this.assertOpen('append');
    return this.commits.append({ streamId, events, expected, bytes });
  }

  async readStream(streamId: string, options: ReadStreamOptions = {}): Promise<StoredEvent[]> {
    const statement = options.direction === 'backwards' ? READ_BACKWARDS : READ_FORWARDS;
    const values = [streamKey(streamId), options.from ?? null, options.limit ?? null];
    return (await this.read('readStream', statement, values)).map(toStoredEvent);
  }

  async readFirst(streamIds: readonly string[]): Promise<Map<string, StoredEvent>> {
    const rows = await this.read('readFirst', READ_FIRST, [streamIds.map(streamKey)]);
    return new Map(rows.map(toStoredEvent).map((event) => [event.streamId, event]));
  }

  async readCommand(commandId: string): Promise<StoredEvent[]> {
    return (await this.read('readCommand', READ_COMMAND, [commandId])).map(toStoredEvent);
  }

  async readAll(after: Position | null, limit: number, filter?: EventFilter): Promise<EventPage> {
    this.assertOpen('readAll');
    return readAll(this.pool, after, limit, filter, this.settings.timeout);
  }

  async subscribe(after: Position | null, handler: BatchHandler, options: SubscribeOptions): Promise<void> {
    this.assertOpen('subscribe');
    const subscription = this.runSubscription(after, handler, options);
    this.running.add(subscription);
    await subscription.finally(() => this.running.delete(subscription));
  }

  async head(): Promise<Position | null> {
    const sequence = await this.lastSequence('head');
    return sequence === 0n ? null : formatPosition(KIND, sequence);
  }

  /** Positions have no gaps, so there is nothing to count. */
  async countAfter(position: Position | null): Promise<number> {
    const start = sequenceOf(KIND, position);
    return Math.max(0, Number((await this.lastSequence('countAfter')) - start));
  }

  async close(): Promise<void> {
    if (this.closing.signal.aborted) return;
    this.closing.abort();
    await Promise.allSettled(this.running);
    await this.commits.drain();
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

  private async lastSequence(operation: string): Promise<bigint> {
    const rows = await this.read(operation, READ_HEAD, []);
    return BigInt(String(rows[0]?.[0] ?? 0));
  }

  private read(operation: string, statement: Statement, values: readonly unknown[]): Promise<Row[]> {
    this.assertOpen(operation);
    return readRows(this.pool, operation, statement, values, this.settings.timeout);
  }

  private assertOpen(operation: string): void {
    if (this.closing.signal.aborted) throw new StoreUnavailable(operation, new Error('closed'));
  }
}
