import { setTimeout as pause } from 'node:timers/promises';
import type { EventStore, Position } from '#forlop/event-store';
import { ForeignPosition } from '#forlop/event-store';
import { PositionWaiter, freshnessOf, parkedAmong } from '#forlop/projections';
import type { AnswerFreshness as Measured, ParkedAmong, RunSql, Touched } from '#forlop/projections';
import { Refused, invalidRequest, parameterError } from './refused.js';

export type { AnswerFreshness as Measured } from '#forlop/projections';

const LONGEST_WAIT_MS = 5000;
/** A measurement is good for requests that begin so soon after it: under load, one for many. */
const SHARED_MS = 5;
/** A header is not worth a request: without an answer in this time it says what was known last. */
const PATIENCE_MS = 1000;

interface Measurement {
  /** Milliseconds of a monotonic clock. */
  readonly begunAt: number;
  isRunning: boolean;
  readonly measured: Promise<Measured>;
  readonly orLast: Promise<Measured | undefined>;
}

/** Measures the lag for the headers of every answer, and waits for `Min-Position`. */
export class Freshness {
  private readonly waiter: PositionWaiter;
  private shared: Measurement | undefined;
  private lastMeasured: Measured | undefined;
  /** Milliseconds of a monotonic clock. */
  private lastMeasuredAt = 0;

  /** @param sql as a role that may read the checkpoints of the named projections */
  constructor(
    private readonly sql: RunSql,
    private readonly store: Pick<EventStore, 'countAfter' | 'readAll' | 'head' | 'start'>,
    private readonly projections: readonly string[],
  ) {
    this.waiter = new PositionWaiter(sql);
  }

  /** Where the store begins: what is said where nothing is stored yet. */
  get start(): Position {
    return this.store.start;
  }

  /**
   * Requests at the same time share one measurement, also for a few milliseconds after it began: that was before any of them
   * reads, so it promises no more than is true of what they find.
   */
  measure(): Promise<Measured> {
    return this.measurement().measured;
  }

  /**
   * As `measure`, but what was measured last when the databases do not answer soon, for headers, which no answer waits
   * for: a position that was reached stays reached. `undefined` when they never answered.
   */
  measureOrLast(): Promise<Measured | undefined> {
    return this.measurement().orLast;
  }

  private measurement(): Measurement {
    const { shared } = this;
    if (shared && (shared.isRunning || performance.now() - shared.begunAt < SHARED_MS)) return shared;
    const measured = this.measureNow();
    const begun: Measurement = {
      begunAt: performance.now(),
      isRunning: true,
      measured,
      orLast: this.patiently(measured).finally(() => {
        begun.isRunning = false;
      }),
    };
    this.shared = begun;
    return begun;
  }

  private async measureNow(): Promise<Measured> {
    const begunAt = performance.now();
    this.lastMeasured = await freshnessOf(this.sql, this.store, this.projections);
    this.lastMeasuredAt = begunAt;
    return this.lastMeasured;
  }

  private async patiently(measuring: Promise<Measured>): Promise<Measured | undefined> {
    const answered = new AbortController();
    const patience = pause(PATIENCE_MS, undefined, { signal: answered.signal }).catch(() => undefined);
    try {
      return (await Promise.race([measuring.catch(() => undefined), patience])) ?? this.aged();
    } finally {
      answered.abort();
    }
  }

  /**
   * What was measured last, grown old since: nobody knows what was stored meanwhile, so the rows may lack what came right after.
   */
  private aged(): Measured | undefined {
    const { lastMeasured } = this;
    if (lastMeasured === undefined) return undefined;
    const since = Math.floor((performance.now() - this.lastMeasuredAt) / 1000);
    return { ...lastMeasured, lagSeconds: lastMeasured.lagSeconds + since };
  }

  /** Waits until every read model, or those that are named, has reached the position; after 5 s `not-caught-up`. */
  async reach(wanted: Position, projections = this.projections): Promise<void> {
    const reached = await this.waiter
      .waitForPosition(projections, wanted, LONGEST_WAIT_MS)
      .catch((error: unknown) => {
        throw error instanceof ForeignPosition ? invalidRequest([BAD_POSITION]) : error;
      });
    if (!reached) throw new Refused('not-caught-up', { headers: { 'retry-after': '5' } });
    // A measurement that began before the wait was over would say an older position than the one promised.
    this.shared = undefined;
  }

  /** What waits of the streams that an answer rests on. A measurement that found none parked at all spares the question. */
  async parked(touched: Touched, measured: Measured | undefined): Promise<ParkedAmong> {
    if (touched.projections.length === 0 || measured?.parked === 0) return { streams: 0, from: null };
    return parkedAmong(this.sql, touched);
  }

  /** Throws `stream-parked` while any read model has parked a stream of the municipality. */
  async assertNoneParked(municipality: string): Promise<void> {
    const among = { municipalities: [municipality], prefix: '' };
    const { streams } = await parkedAmong(this.sql, { projections: this.projections, among });
    if (streams > 0) throw streamParked();
  }

  /** Waits for all that is stored by now, as `reach`. */
  async reachHead(): Promise<void> {
    const head = await this.store.head();
    if (head !== null) await this.reach(head);
  }
}

/** An operator has to act, so the client need not ask again at once. */
export const streamParked = (): Refused => new Refused('stream-parked', { headers: { 'retry-after': '60' } });

export const BAD_POSITION = parameterError(
  'Min-Position',
  'format',
  'Bruk verdien av hodet Position eller feltet position i et svar.',
);
