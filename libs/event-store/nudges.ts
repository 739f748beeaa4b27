/**
 * Word that something may have been appended. Rings are counted, not kept: whoever notes `seen` before a read
 * cannot miss one that comes during the read.
 */
export class Nudges {
  private count = 0;
  private readonly waiting = new Set<() => void>();

  get seen(): number {
    return this.count;
  }

  ring(): void {
    this.count += 1;
    for (const wake of [...this.waiting]) wake();
  }

  /** Waits for a ring after `seen`, for the time (ms) or for the signal, whichever comes first. */
  async after(seen: number, timeout: number, signal: AbortSignal): Promise<void> {
    if (this.count !== seen || signal.aborted) return;
    await new Promise<void>((resolve) => {
      const wake = (): void => {
        clearTimeout(timer);
        signal.removeEventListener('abort', wake);
        this.waiting.delete(wake);
        resolve();
      };
      const timer = setTimeout(wake, timeout);
      signal.addEventListener('abort', wake);
      this.waiting.add(wake);
    });
  }
}
