import { setTimeout as timer } from 'node:timers/promises';

/** Waits for the time (ms) or for the signal, whichever comes first. */
export async function pause(ms: number, signal: AbortSignal): Promise<void> {
  await timer(ms, undefined, { signal }).catch((error: unknown) => {
    if (!signal.aborted) throw error;
  });
}

/** Waiting times (ms) that double from the first to the last; `reset` begins anew. */
export class BackOff {
  private next: number;

  constructor(
    private readonly first: number,
    private readonly last: number,
  ) {
    this.next = first;
  }

  take(): number {
    const now = this.next;
    this.next = Math.min(now * 2, this.last);
    return now;
  }

  reset(): void {
    this.next = this.first;
  }
}
