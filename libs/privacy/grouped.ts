interface Waiting<V> {
  readonly keys: readonly string[];
  readonly resolve: (values: ReadonlyMap<string, V>) => void;
  readonly reject: (error: unknown) => void;
}

/** Keys asked for by one statement; a request of more is split. */
const GROUP_LIMIT = 5_000;

/**
 * Joins the requests of concurrent callers: while one group is under way the next gathers, so that n callers cost a few
 * statements and commits instead of n, and a lone caller waits for nobody. Nothing is kept after the answer.
 */
export class Grouped<V> {
  readonly #fetch: (keys: readonly string[]) => Promise<ReadonlyMap<string, V>>;
  #waiting: Waiting<V>[] = [];
  #running = false;

  /** @param fetch asked with distinct, sorted keys; a key absent from its answer is absent from the callers' */
  constructor(fetch: (keys: readonly string[]) => Promise<ReadonlyMap<string, V>>) {
    this.#fetch = fetch;
  }

  get(keys: readonly string[]): Promise<ReadonlyMap<string, V>> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ keys, resolve, reject });
      if (!this.#running) void this.#run();
    });
  }

  async #run(): Promise<void> {
    this.#running = true;
    // One turn of the event loop: requests that came in together leave together.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.#waiting.length > 0) await this.#answer(this.#take());
    this.#running = false;
  }

  #take(): Waiting<V>[] {
    let size = 0;
    const count = this.#waiting.findIndex((waiting) => (size += waiting.keys.length) > GROUP_LIMIT);
    return this.#waiting.splice(0, count === -1 ? this.#waiting.length : Math.max(count, 1));
  }

  async #answer(group: readonly Waiting<V>[]): Promise<void> {
    try {
      const found = await this.#fetch([...new Set(group.flatMap((waiting) => waiting.keys))].sort());
      for (const { keys, resolve } of group) resolve(pick(found, keys));
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }
}

/** Only what was asked for: no caller gets hold of another's keys. */
function pick<V>(found: ReadonlyMap<string, V>, keys: readonly string[]): ReadonlyMap<string, V> {
  const picked = new Map<string, V>();
  for (const key of keys) {
    const value = found.get(key);
    if (value !== undefined) picked.set(key, value);
  }
  return picked;
}
