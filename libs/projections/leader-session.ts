/**
 * The connection that leads a projection: it holds the lock and writes the rows, and both ends watch it.
 *
 * A process that is frozen (SIGSTOP, a suspended machine) or cut off from the network leaves its connection as it is: the
 * server would keep its lock for hours. So the leader says something every second, and the server ends a session that has
 * said nothing for three. The lock is free with that, and who wakes up again finds the connection dead that it would have
 * written on. A statement that runs is not silence: it ends first.
 */
import { isNativeError } from 'node:util/types';
import type { Pool, PoolClient } from 'pg';
import { pause } from './pause.js';

/** Milliseconds between two words of a leader. */
const BEAT_EVERY = 1000;
/** Milliseconds without a word after which the server ends the session; as long waits the leader for an answer. */
const SILENCE = 3000;

const WATCHED = `select set_config('idle_session_timeout', $1, false),
  set_config('idle_in_transaction_session_timeout', $1, false)`;

export class LeaderSession {
  /** Runs one statement at a time, so that a heartbeat does not come between a caller and its connection. */
  readonly client: PoolClient;
  private readonly lostWith = new AbortController();
  private readonly ended = new AbortController();
  private watching: Promise<void> | undefined;

  private constructor(private readonly raw: PoolClient) {
    this.client = inTurn(raw);
    raw.on('error', this.onLost);
  }

  /** Takes a connection of the pool for good: it is closed at the end and not given back, as its settings stay with it. */
  static async open(pool: Pool): Promise<LeaderSession> {
    const session = new LeaderSession(await pool.connect());
    try {
      await session.client.query(WATCHED, [`${SILENCE}ms`]);
      return session;
    } catch (error) {
      await session.end();
      throw error;
    }
  }

  /** Aborted when the connection is gone or answers no more: the lock is lost with it. */
  get lost(): AbortSignal {
    return this.lostWith.signal;
  }

  /** Begins to say something every second. Who holds a lock calls it. */
  watch(): void {
    this.watching ??= this.beat();
  }

  /** Closes the connection, which gives the lock back. */
  async end(): Promise<void> {
    this.ended.abort();
    await this.watching;
    this.raw.release(true);
    this.raw.off('error', this.onLost);
  }

  private readonly onLost = (): void => this.lostWith.abort();

  private async beat(): Promise<void> {
    const signal = AbortSignal.any([this.lost, this.ended.signal]);
    while (!signal.aborted) {
      await pause(BEAT_EVERY, signal);
      if (!signal.aborted && !(await this.answers())) this.onLost();
    }
  }

  /** Waits for its turn first: a long statement of the leader itself is no silence of the server. */
  private async answers(): Promise<boolean> {
    const query = { text: 'select 1', query_timeout: SILENCE };
    return this.client.query(query).then(
      () => true,
      // Inside a transaction that has failed the server answers as well: with a refusal.
      (error: unknown) => isNativeError(error) && (error as { code?: unknown }).code === '25P02',
    );
  }
}

/** The same connection, on which a statement waits until the one before has ended. */
function inTurn(client: PoolClient): PoolClient {
  let last: Promise<unknown> = Promise.resolve();
  const query = (...given: Parameters<PoolClient['query']>): Promise<unknown> => {
    const mine = last.then(() => client.query(...given) as unknown);
    last = mine.catch(() => undefined);
    return mine;
  };
  return new Proxy(client, {
    get: (target, name) => (name === 'query' ? query : (Reflect.get(target, name, target) as unknown)),
  });
}
