import type { Pool, PoolClient } from 'pg';
import { osloDate } from '#forlop/domain';
import type { EventStore, Position } from '#forlop/event-store';
import { BackOff, errorClass, LeaderSession, pause, sqlOver, tryLock } from '#forlop/projections';
import type { ProjectionLog } from '#forlop/projections';
import { markError } from './checkpoint.js';
import type { Reactor } from './definition.js';
import { isPassing, ReactorMoved, ReactorUnusable } from './errors.js';
import { Leader } from './leading.js';
import { reacting } from './telemetry.js';

export interface ReactorOptions {
  readonly reactor: Reactor;
  /** As a role that may append. */
  readonly store: EventStore;
  /** As the service's role; a leader keeps one connection. */
  readonly pool: Pool;
  /** The fields that it is told hold names, ids, positions and error classes only. */
  readonly log: ProjectionLog;
  readonly now?: () => Date;
  /** Most events in a batch. Default 500. */
  readonly batchSize?: number;
  /** How long (ms) it lets events gather once it has caught up: several of one stream are then one look. Default 200. */
  readonly gatherMs?: number;
  /** How long (ms) it waits after its start, so that a service is ready first. Default 0. */
  readonly beginAfterMs?: number;
  /** How often (ms) it asks for the lock, the clock and an operator's word. Default 1000. */
  readonly askEveryMs?: number;
  /** How often (ms) parked streams are tried again. Default ten minutes. */
  readonly retryParkedMs?: number;
  /** First and last waiting time (ms) after a transient error. Default 100 and 2000. */
  readonly retryMs?: readonly [number, number];
  /** Waiting time (ms) after any other. Default 30 000. */
  readonly patienceMs?: number;
}

/**
 * - `standby`: another process leads. - `running`: catches up or is live. - `retrying`: a database is away.
 * - `failed`: the installation is at fault (a table is missing, a right); tried again now and then.
 * - `refused`: its checkpoint belongs to another store or to another history of it.
 */
export type ReactorStatus =
  'starting' | 'standby' | 'running' | 'retrying' | 'failed' | 'refused' | 'stopped';

export interface ReactorHealth {
  readonly reactor: string;
  readonly status: ReactorStatus;
  /** Where this process left or has its checkpoint; null when it never led or has seen nothing. */
  readonly position: Position | null;
  /** Class of the error behind `retrying`, `failed` and `refused`. */
  readonly error?: string;
  readonly advice?: string;
  /** Streams that wait; left out when there is none. */
  readonly parked?: number;
}

/** Longest rest (ms) between two batches. */
const MOST_REST = 200;

/** Runs one reactor for as long as the process lives, when no other process does. */
export class ReactorRunner {
  private readonly stopping = new AbortController();
  private readonly backOff: BackOff;
  private state: Omit<ReactorHealth, 'reactor' | 'position'> = { status: 'starting' };
  private leader: Leader | undefined;
  private position: Position | null = null;
  private finished: Promise<void> | undefined;

  constructor(private readonly options: ReactorOptions) {
    this.backOff = new BackOff(...(options.retryMs ?? [100, 2000]));
  }

  health(): ReactorHealth {
    const parked = this.leader?.parked.size ?? 0;
    const position = this.leader?.position ?? this.position;
    return { reactor: this.name, position, ...this.state, ...(parked === 0 ? {} : { parked }) };
  }

  start(): void {
    this.finished ??= this.run();
  }

  /** Finishes the running round, gives the lock back and ends. */
  async stop(): Promise<void> {
    this.stopping.abort();
    await this.finished;
  }

  private get name(): string {
    return this.options.reactor.name;
  }

  private get askEveryMs(): number {
    return this.options.askEveryMs ?? 1000;
  }

  private async run(): Promise<void> {
    const { signal } = this.stopping;
    await pause(this.options.beginAfterMs ?? 0, signal);
    while (!signal.aborted) {
      try {
        await this.leadOnce();
      } catch (error) {
        await this.recover(error);
      }
    }
    this.state = { status: 'stopped' };
  }

  private async leadOnce(): Promise<void> {
    const session = await LeaderSession.open(this.options.pool);
    try {
      if (!(await this.gainLock(session.client, session.lost))) return;
      session.watch();
      await this.lead(session.client, session.lost);
    } finally {
      this.position = this.leader?.position ?? this.position;
      this.leader = undefined;
      // Gives the lock back with the session.
      await session.end();
    }
  }

  private async gainLock(client: PoolClient, lost: AbortSignal): Promise<boolean> {
    const signal = AbortSignal.any([this.stopping.signal, lost]);
    while (!signal.aborted) {
      if (await tryLock(client, `reactor ${this.name}`)) return true;
      this.state = { status: 'standby' };
      await pause(this.askEveryMs, signal);
    }
    return false;
  }

  private async lead(client: PoolClient, lost: AbortSignal): Promise<void> {
    const { reactor, store, log, batchSize = 500, gatherMs = 200 } = this.options;
    const leader = await Leader.takeOver({
      reactor,
      store,
      client,
      today: () => osloDate((this.options.now?.() ?? new Date()).toISOString()),
      onParked: ({ streamId, position, error }) =>
        log.error({ reactor: this.name, streamId, position, error }, 'stream parked'),
    });
    this.leader = leader;
    this.state = { status: 'running' };
    log.debug({ reactor: this.name, position: leader.position }, 'reactor runs');
    const ended = new AbortController();
    const signal = AbortSignal.any([this.stopping.signal, lost, ended.signal]);
    const inTurn = turns();
    const events = store.subscribe(
      leader.position,
      async (page) => {
        const begun = performance.now();
        await inTurn(() => reacting(this.name, page, () => leader.take(page)));
        this.backOff.reset();
        // Those who wait for an answer come before what nobody waits for.
        const rest = Math.min((performance.now() - begun) / 2, MOST_REST);
        await pause(page.events.length < batchSize ? Math.max(rest, gatherMs) : rest, signal);
      },
      { filter: reactor.filter, batchSize, signal },
    );
    const clock = this.followClock(leader, inTurn, signal);
    // Whichever ends first ends the other; what it throws is the reason.
    const both = [events, clock].map((source) => source.finally(() => ended.abort()));
    const results = await Promise.allSettled(both);
    for (const result of results) if (result.status === 'rejected') throw result.reason;
    if (lost.aborted) throw Object.assign(new Error('Connection terminated'), { code: '08006' });
  }

  /** The timer beside the events: a new day, parked streams to be tried again, an operator's word. */
  private async followClock(leader: Leader, inTurn: Turns, signal: AbortSignal): Promise<void> {
    const { retryParkedMs = 600_000 } = this.options;
    let lookedOn: string | undefined;
    let retriedAt = Number.NEGATIVE_INFINITY;
    while (!signal.aborted) {
      const today = osloDate((this.options.now?.() ?? new Date()).toISOString());
      if (today !== lookedOn) await inTurn(() => leader.wake());
      lookedOn = today;
      if (leader.parked.size > 0 && performance.now() - retriedAt >= retryParkedMs) {
        await inTurn(() => leader.retry());
        retriedAt = performance.now();
      }
      await pause(this.askEveryMs, signal);
      if (!signal.aborted && (await inTurn(() => leader.isStartedAnew()))) throw new ReactorMoved(this.name);
    }
  }

  private async recover(error: unknown): Promise<void> {
    const { signal } = this.stopping;
    const { log, pool, patienceMs = 30_000 } = this.options;
    if (isPassing(error)) {
      this.state = { status: 'retrying', error: errorClass(error) };
      log.warn({ reactor: this.name, error: errorClass(error) }, 'reactor retries');
      await pause(this.backOff.take(), signal);
      return;
    }
    const isRefused = error instanceof ReactorUnusable;
    const reason = isRefused ? error.reason : errorClass(error);
    this.state = {
      status: isRefused ? 'refused' : 'failed',
      error: reason,
      ...(isRefused ? { advice: error.advice } : {}),
    };
    log.error({ reactor: this.name, error: reason }, isRefused ? 'reactor refused' : 'reactor stopped');
    await markError(sqlOver(pool), this.name, reason).catch(() => undefined);
    await pause(patienceMs, signal);
  }
}

type Turns = <T>(work: () => Promise<T>) => Promise<T>;

/** One thing at a time: the two sources share a connection and what is known of the streams. */
function turns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return (work) => {
    const mine = last.then(work);
    last = mine.catch(() => undefined);
    return mine;
  };
}
