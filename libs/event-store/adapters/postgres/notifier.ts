import type { Pool } from 'pg';

/** The channel on which readers are told that there is something to read. The message says nothing. */
export const CHANNEL = 'forlop_events';

/**
 * A nudge of its own, for batches that carried none. It is worth no flush to disk: a nudge that a crash swallows is
 * made good by polling. $1 channel
 */
const NOTIFY = {
  name: 'forlop_notify',
  text: "select set_config('synchronous_commit', 'off', true), pg_notify($1, '')",
  values: [CHANNEL],
};

/** ms between two nudges under load; the first after a pause goes at once. */
const PAUSE = 10;

/** What becomes of the nudge of one batch. */
export interface Nudge {
  /** The batch's own transaction is to tell of it, and of all that was committed before it was sent. */
  readonly isCarried: boolean;
  /** To be called when the batch is committed with its nudge, if it carried one. */
  told(): void;
  /** To be called when the batch is, or may be, committed without. */
  untold(): void;
}

/**
 * Nudges readers, with at most one nudge in `PAUSE` for however many batches there were. A batch carries the nudge
 * when one is due. NOTIFY takes a lock over the whole server until its transaction is over; but appends wait for each
 * other in any case, and a transaction less for each nudge is what a lone append feels. After the last batch of a
 * burst a timer makes good what no batch told of.
 */
export class Notifier {
  private lastAt = -Infinity;
  /** Batches committed without a nudge, and how many of them have been told of since. */
  private committed = 0;
  private toldOf = 0;
  private timer: NodeJS.Timeout | undefined;
  private sending: Promise<void> | undefined;

  constructor(private readonly pool: Pool) {}

  /** To be called when a batch is sent. */
  batch(): Nudge {
    const isCarried = performance.now() - this.lastAt >= PAUSE;
    const { committed } = this;
    if (isCarried) this.lastAt = performance.now();
    const untold = (): void => {
      this.committed += 1;
      this.timer ??= setTimeout(() => void this.flush(), PAUSE);
    };
    const told = (): void => {
      this.toldOf = Math.max(this.toldOf, committed);
    };
    return { isCarried, untold, told: isCarried ? told : untold };
  }

  /** Tells now what no batch has told. Never fails: the appends are stored, and readers poll. */
  async flush(): Promise<void> {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.committed > this.toldOf) {
      this.toldOf = this.committed;
      this.lastAt = performance.now();
      this.sending = this.pool.query(NOTIFY).then(ignore, ignore);
    }
    await this.sending;
  }
}

const ignore = (): void => undefined;
