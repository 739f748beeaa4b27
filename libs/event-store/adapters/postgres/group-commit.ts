import type { Pool } from 'pg';
import { StoreUnavailable, WrongExpectedRevision } from '../../errors.js';
import type { Appended } from '../../port.js';
import { formatPosition } from '../../positions.js';
import { committing, runningAppend } from '../../telemetry.js';
import { AppendQueue, type Append, type WaitingAppend } from './append-queue.js';
import { sendAppends, type Outcome } from './append-statement.js';
import { connect, isUnavailable, type Connection } from './connection.js';
import { KIND } from './kind.js';
import { CHANNEL, type Notifier } from './notifier.js';
import { readBack } from './read-back.js';

/** One waits for the lock, ready to go, while the other commits. More would only queue up in the server. */
const BATCHES_IN_FLIGHT = 2;
/** Fewer appends than this cost less in one commit. */
const WORTH_HALVING = 32;

export interface GroupCommitOptions {
  readonly pool: Pool;
  /** ms until the answer to a batch is given up. */
  readonly timeout: number;
  readonly notifier: Notifier;
}

/**
 * Commits all waiting appends together: the more there are, the fewer commits each costs. While two batches are
 * on their way, what arrives waits and becomes the next.
 */
export class GroupCommit {
  private readonly queue = new AppendQueue();
  private readonly inFlight = new Set<Promise<void>>();
  private isScheduled = false;

  constructor(private readonly options: GroupCommitOptions) {}

  append({ streamId, events, expected, bytes }: Append): Promise<Appended> {
    return new Promise((resolve, reject) => {
      this.queue.push({ streamId, events, expected, bytes, span: runningAppend(), resolve, reject });
      this.schedule();
    });
  }

  /** Resolves when nothing waits and nothing is on its way. */
  async drain(): Promise<void> {
    while (this.queue.size > 0 || this.inFlight.size > 0) {
      await Promise.all(this.inFlight);
      await new Promise((resolve) => setImmediate(resolve));
    }
  }

  /** After the present turn of the event loop, so that everybody who appends in it is in the batch. */
  private schedule(): void {
    if (this.isScheduled || this.inFlight.size === BATCHES_IN_FLIGHT || this.queue.size === 0) return;
    this.isScheduled = true;
    setImmediate(() => {
      this.isScheduled = false;
      this.start(this.queue.take(this.share()));
      this.schedule();
    });
  }

  /**
   * All that wait; half of them when nothing is on its way. Callers who are answered together append again
   * together: in one batch they would leave the server idle while we work, and us while it does.
   */
  private share(): number {
    const { size } = this.queue;
    return this.inFlight.size === 0 && size >= WORTH_HALVING ? Math.ceil(size / BATCHES_IN_FLIGHT) : size;
  }

  private start(batch: readonly WaitingAppend[]): void {
    const running = this.commit(batch).finally(() => {
      this.inFlight.delete(running);
      this.schedule();
    });
    this.inFlight.add(running);
  }

  /** Never rejects: every append of the batch is answered. */
  private async commit(batch: readonly WaitingAppend[]): Promise<void> {
    let connection: Connection;
    try {
      connection = await connect(this.options.pool, 'append');
    } catch (error) {
      for (const append of batch) append.reject(error);
      return;
    }
    committing(batch);
    const { timeout, notifier } = this.options;
    const nudge = notifier.batch();
    try {
      const channel = nudge.isCarried ? CHANNEL : undefined;
      const outcomes = await sendAppends(connection, batch, timeout, channel);
      batch.forEach((append, index) => settle(append, outcomes[index]));
      nudge.told();
    } catch (error) {
      if (isUnavailable(error)) nudge.untold();
      await this.recover(batch, error);
    }
  }

  private async recover(batch: readonly WaitingAppend[], error: unknown): Promise<void> {
    if (isUnavailable(error)) {
      await Promise.all(batch.map((append) => this.learn(append, error)));
    } else if (batch.length > 1) {
      // One append that the database refuses must not fail the others.
      for (const append of batch) await this.commit([append]);
    } else {
      for (const append of batch) append.reject(error);
    }
  }

  private async learn(append: WaitingAppend, lost: unknown): Promise<void> {
    try {
      const outcome = await readBack(this.options.pool, append, this.options.timeout);
      if (outcome === undefined) append.reject(new StoreUnavailable('append', lost));
      else settle(append, outcome);
    } catch (error) {
      append.reject(error);
    }
  }
}

function settle(append: WaitingAppend, outcome: Outcome | undefined): void {
  if (outcome === undefined) append.reject(new StoreUnavailable('append'));
  else if (outcome.kind === 'conflict') {
    append.reject(new WrongExpectedRevision(append.streamId, append.expected, outcome.actual));
  } else append.resolve(asAppended(outcome));
}

function asAppended(outcome: Exclude<Outcome, { kind: 'conflict' }>): Appended {
  const positions = outcome.sequences.map((sequence) => formatPosition(KIND, sequence));
  return {
    revision: outcome.firstRevision + positions.length - 1,
    position: positions.at(-1) ?? formatPosition(KIND, 0),
    positions,
    repeated: outcome.kind === 'repeated',
  };
}
