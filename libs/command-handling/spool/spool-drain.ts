import type { EventStore } from '#forlop/event-store';
import type { AccessSpool } from './access-spool.js';

/** ms between two looks into the spool. */
const EVERY = 1_000;

/** Empties the spool whenever there is something in it and the store takes it. */
export class SpoolDrain {
  private readonly timer: NodeJS.Timeout;
  private running: Promise<void> | undefined;
  private isClosed = false;

  /** @param failed told what went wrong, each time; the store being away is no news */
  constructor(
    private readonly spool: Pick<AccessSpool, 'drain'>,
    private readonly store: Pick<EventStore, 'append'>,
    private readonly failed: (error: unknown) => void,
    every = EVERY,
  ) {
    this.timer = setInterval(() => this.look(), every);
    this.timer.unref();
    this.look();
  }

  /** Finishes what it is at. */
  async close(): Promise<void> {
    this.isClosed = true;
    clearInterval(this.timer);
    await this.running;
  }

  private look(): void {
    this.running ??= this.empty().finally(() => (this.running = undefined));
  }

  private async empty(): Promise<void> {
    try {
      while (!this.isClosed && (await this.spool.drain(this.store)) > 0);
    } catch (error) {
      this.failed(error);
    }
  }
}
