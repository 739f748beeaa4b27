import type { Pool, PoolClient } from 'pg';
import type { Nudges } from '../../nudges.js';
import { pause } from '../../pause.js';
import { CHANNEL } from './notifier.js';

/** ms before a lost or refused connection is tried again; meanwhile readers poll. */
const RETRY_AFTER = 500;

/**
 * Holds one connection that LISTENs, while at least one subscription wants it. Each time it is (re)made it
 * rings, because what happened while nobody listened is known to nobody.
 */
export class Listener {
  private readonly users = new Set<symbol>();
  private stop: AbortController | undefined;
  private running: Promise<void> | undefined;
  private firstTry: Promise<void> | undefined;

  constructor(
    private readonly pool: Pool,
    private readonly nudges: Nudges,
  ) {}

  /**
   * Resolves when LISTEN is in place, or has failed and is being tried again.
   * @returns gives it up again
   */
  async join(): Promise<() => Promise<void>> {
    const user = Symbol('subscription');
    this.users.add(user);
    if (this.stop === undefined) this.begin();
    await this.firstTry;
    return () => this.leave(user);
  }

  private begin(): void {
    const stop = new AbortController();
    this.stop = stop;
    this.firstTry = new Promise((tried) => {
      this.running = this.run(stop.signal, tried);
    });
  }

  private async leave(user: symbol): Promise<void> {
    this.users.delete(user);
    if (this.users.size > 0) return;
    const { running } = this;
    this.stop?.abort();
    this.stop = undefined;
    await running;
  }

  private async run(signal: AbortSignal, tried: () => void): Promise<void> {
    while (!signal.aborted) {
      await this.listen(signal, tried);
      tried();
      await pause(RETRY_AFTER, signal);
    }
  }

  /** Returns when the connection is lost, cannot be had, or is no longer wanted. */
  private async listen(signal: AbortSignal, listening: () => void): Promise<void> {
    const client = await this.pool.connect().catch(() => undefined);
    if (client === undefined) return;
    const lost = whenLost(client, signal);
    const ring = (): void => this.nudges.ring();
    client.on('notification', ring);
    try {
      await client.query(`listen ${CHANNEL}`);
      ring();
      listening();
      await lost;
    } catch {
      // Not listening: the same as a lost connection, and tried again like one.
    } finally {
      client.off('notification', ring);
      client.release(true);
    }
  }
}

function whenLost(client: PoolClient, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const done = (): void => resolve();
    // It may have more than one thing to say while it goes.
    client.on('error', done);
    client.once('end', done);
    signal.addEventListener('abort', done, { once: true });
    if (signal.aborted) done();
  });
}
