import type { Measured } from './results.js';

export interface Load {
  /** How many operations are under way at once. */
  readonly concurrency: number;
  /** No operation begins after so long. */
  readonly seconds: number;
}

/**
 * Keeps so many operations under way until the time is over, and waits for the last ones.
 * @returns operations a second over the whole time, the waiting included
 */
export async function underLoad(
  { concurrency, seconds }: Load,
  operation: () => Promise<unknown>,
): Promise<Measured> {
  const latencies: number[] = [];
  const begin = performance.now();
  const end = begin + seconds * 1000;
  const worker = async (): Promise<void> => {
    for (let start = performance.now(); start < end;) {
      await operation();
      const done = performance.now();
      latencies.push(done - start);
      start = done;
    }
  };
  await Promise.all(Array.from({ length: concurrency }, worker));
  return { value: (latencies.length * 1000) / (performance.now() - begin), latencies };
}

/** Does the work for each item, so many at once. */
export async function eachOf<T>(
  items: readonly T[],
  atOnce: number,
  work: (item: T) => Promise<unknown>,
): Promise<void> {
  const waiting = items.values();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (const item of waiting) await work(item);
    }),
  );
}
