import { WireFailure } from './failure.js';

interface Waiter<T> {
  readonly timer: NodeJS.Timeout;
  resolve(value: T): void;
  reject(failure: WireFailure): void;
}

/** Who waits for an answer, by the id of what was asked; nobody waits for ever. */
export class Pending<T> {
  private readonly waiters = new Map<string, Waiter<T>>();

  get size(): number {
    return this.waiters.size;
  }

  /** @throws WireFailure `timeout` after so many ms */
  wait(id: string, timeout: number): Promise<T> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => this.take(id)?.reject(new WireFailure('timeout')), timeout);
      this.waiters.set(id, { timer, resolve, reject });
    });
  }

  /** Who waits for this answer; nobody when it was given up: a late answer is none. */
  take(id: string): Omit<Waiter<T>, 'timer'> | undefined {
    const waiter = this.waiters.get(id);
    this.waiters.delete(id);
    clearTimeout(waiter?.timer);
    return waiter;
  }

  rejectAll(failure: WireFailure): void {
    for (const id of [...this.waiters.keys()]) this.take(id)?.reject(failure);
  }
}

/** The promise's value, or a `timeout` after so many ms. */
export async function within<T>(timeout: number, promise: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new WireFailure('timeout')), timeout);
  });
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}
