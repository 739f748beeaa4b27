import { setTimeout as pause } from 'node:timers/promises';
import type { EventStore, Position } from '#forlop/event-store';
import { ForeignPosition } from '#forlop/event-store';
import { PositionWaiter, freshnessOf } from '#forlop/projections';
import type { RunSql, Freshness as Measured } from '#forlop/projections';
import { Refused, invalidRequest, parameterError } from './refused.js';

export type { Freshness as Measured } from '#forlop/projections';

const LONGEST_WAIT_MS = 5000;
/** A header is not worth a request: without an answer in this time it says what was known last. */
const PATIENCE_MS = 1000;

/** Stands before the first event of the store. */
export const BEFORE_THE_FIRST: Position = `pg:${'0'.repeat(20)}`;

/** Measures the lag for the headers of every answer, and waits for `Min-Position`. */
export class Freshness {
  private readonly waiter: PositionWaiter;
  private measuring: Promise<Measured> | undefined;
  private lastMeasured: Measured | undefined;

  /** @param sql as a role that may read the checkpoints of the named projections */
  constructor(
    private readonly sql: RunSql,
    private readonly store: Pick<EventStore, 'countAfter' | 'readAll' | 'head'>,
    private readonly projections: readonly string[],
  ) {
    this.waiter = new PositionWaiter(sql);
  }

  /**
   * Requests at the same time share one measurement: it began before any of them reads, so it promises no more than is
   * true of what they find.
   */
  measure(): Promise<Measured> {
    this.measuring ??= this.measureNow().finally(() => {
      this.measuring = undefined;
    });
    return this.measuring;
  }

  private async measureNow(): Promise<Measured> {
    this.lastMeasured = await freshnessOf(this.sql, this.store, this.projections);
    return this.lastMeasured;
  }

  /**
   * As `measure`, but what was measured last when the databases do not answer soon, for headers, which no answer waits
   * for: a position that was reached stays reached. `undefined` when they never answered.
   */
  async measureOrLast(): Promise<Measured | undefined> {
    const answered = new AbortController();
    const patience = pause(PATIENCE_MS, undefined, { signal: answered.signal }).catch(() => undefined);
    try {
      return (await Promise.race([this.measure().catch(() => undefined), patience])) ?? this.lastMeasured;
    } finally {
      answered.abort();
    }
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
    this.measuring = undefined;
  }

  /** Waits for all that is stored by now, as `reach`. */
  async reachHead(): Promise<void> {
    const head = await this.store.head();
    if (head !== null) await this.reach(head);
  }
}

export const BAD_POSITION = parameterError(
  'Min-Position',
  'format',
  'Bruk verdien av hodet Position eller feltet position i et svar.',
);
