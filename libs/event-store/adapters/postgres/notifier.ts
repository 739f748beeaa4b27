import type { Pool } from 'pg';

/** The channel on which readers are told that there is something to read. The message says nothing. */
export const CHANNEL = 'forlop_events';

/**
 * A transaction of its own, after the append's: NOTIFY takes a lock over the whole server until its transaction
 * is over. It is worth no flush to disk either: a nudge that a crash swallows is made good by polling.
 * $1 channel
 */
const NOTIFY = "select set_config('synchronous_commit', 'off', true), pg_notify($1, '')";

/** ms between two nudges under load; the first after a pause goes at once. */
const PAUSE = 10;

/** Nudges readers after a batch, with at most one nudge in `PAUSE` for however many batches there were. */
export class Notifier {
  private sending: Promise<void> | undefined;
  private isDue = false;

  constructor(private readonly pool: Pool) {}

  /** Returns at once; never fails. */
  notify(): void {
    this.isDue = true;
    this.sending ??= this.send().finally(() => {
      this.sending = undefined;
    });
  }

  async flush(): Promise<void> {
    await this.sending;
  }

  private async send(): Promise<void> {
    while (this.isDue) {
      this.isDue = false;
      // Its failure is nobody's: the append is stored, and readers poll.
      await this.pool.query(NOTIFY, [CHANNEL]).catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }
}
