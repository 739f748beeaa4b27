import type { Position } from '#forlop/event-store';
import { comparePositions } from '#forlop/event-store';
import { readCheckpoints } from './checkpoint.js';
import { isTransient } from './errors.js';
import { lowestPosition } from './freshness.js';
import { pause } from './pause.js';
import type { RunSql } from './sql.js';

interface Waiter {
  readonly projections: readonly string[];
  readonly minPosition: Position;
  readonly until: number;
  readonly answer: (reached: boolean) => void;
  readonly fail: (error: unknown) => void;
}

/** Milliseconds between two looks at the checkpoints. One statement serves all who wait, however many they are. */
const LOOK_EVERY = 15;

/** Lets queries wait until projections have reached a position. One per process. */
export class PositionWaiter {
  private readonly waiting = new Set<Waiter>();
  private looking = false;

  /** @param sql as a role that may read the checkpoints */
  constructor(private readonly sql: RunSql) {}

  /**
   * Whether all of the projections reach the position within the time (ms). At once `false` when one of them has failed:
   * it will not come. Rejects when the checkpoints cannot be read by then, and with `ForeignPosition`.
   */
  waitForPosition(
    projections: readonly string[],
    minPosition: Position,
    timeoutMs: number,
  ): Promise<boolean> {
    return new Promise((answer, fail) => {
      this.waiting.add({ projections, minPosition, until: performance.now() + timeoutMs, answer, fail });
      if (!this.looking) void this.look();
    });
  }

  private async look(): Promise<void> {
    this.looking = true;
    while (this.waiting.size > 0) {
      await this.lookOnce([...this.waiting]);
      if (this.waiting.size > 0) await pause(LOOK_EVERY, NEVER);
    }
    this.looking = false;
  }

  private async lookOnce(waiters: readonly Waiter[]): Promise<void> {
    const names = [...new Set(waiters.flatMap(({ projections }) => projections))];
    try {
      const checkpoints = await readCheckpoints(this.sql, names);
      for (const waiter of waiters) this.judge(waiter, checkpoints);
    } catch (error) {
      for (const waiter of waiters) this.cannotLook(waiter, error);
    }
  }

  /** A connection that was lost is had again while there is time; anything else will not get better by waiting. */
  private cannotLook(waiter: Waiter, error: unknown): void {
    if (isTransient(error) && performance.now() < waiter.until) return;
    this.settle(waiter, () => waiter.fail(error));
  }

  private judge(waiter: Waiter, all: Awaited<ReturnType<typeof readCheckpoints>>): void {
    const mine = all.filter(({ projection }) => waiter.projections.includes(projection));
    try {
      const lowest = lowestPosition(mine, waiter.projections.length);
      const reached = isReached(lowest, waiter.minPosition);
      const hopeless = mine.some(({ status }) => status === 'failed') || performance.now() >= waiter.until;
      if (reached || hopeless) this.settle(waiter, () => waiter.answer(reached));
    } catch (error) {
      this.settle(waiter, () => waiter.fail(error));
    }
  }

  private settle(waiter: Waiter, how: () => void): void {
    this.waiting.delete(waiter);
    how();
  }
}

/** A projection that has applied nothing has still reached the position of zeros, which stands before every event. */
const isReached = (lowest: Position | null, wanted: Position): boolean =>
  lowest === null ? /^[a-z]+:0+$/.test(wanted) : comparePositions(lowest, wanted) >= 0;

const NEVER = new AbortController().signal;
