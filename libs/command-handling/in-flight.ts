/**
 * Lets one request at a time work under a key. The second request with an Idempotency-Key that is still in flight waits
 * here and then finds what the first stored; across processes the stable event ids do the same at the append.
 */
export class InFlight {
  private readonly running = new Map<string, Promise<unknown>>();

  async run<T>(key: string, work: () => Promise<T>): Promise<T> {
    for (let other = this.running.get(key); other; other = this.running.get(key)) {
      await other.catch(() => undefined);
    }
    const mine = work();
    this.running.set(key, mine);
    try {
      return await mine;
    } finally {
      this.running.delete(key);
    }
  }
}
