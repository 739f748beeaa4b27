/** The keys of people whose events are being written, asked for in groups before they are needed. */
import { SubjectShredded, type DataKey, type Destruction, type KeyStore } from '#forlop/privacy';

/** Of more people than these the oldest are forgotten, and asked for again when more happens to them. */
const MOST_HELD = 50_000;

/**
 * A key store that answers from what it was told, for a writer that must not ask for each append. What it holds is seconds old and
 * of people who have just been made up; a destruction by another process in between is not seen until the next group.
 */
export class KeysAhead implements KeyStore {
  readonly #held = new Map<string, DataKey>();

  constructor(private readonly keys: KeyStore) {}

  /** Makes the keys durable, by one statement and one commit for all of them. */
  async hold(subjects: Iterable<string>): Promise<void> {
    const missing = [...new Set(subjects)].filter((subject) => !this.#held.has(subject));
    for (const [subject, key] of await this.keys.ensureKeys(missing)) {
      if (key === 'destroyed') throw new SubjectShredded(subject);
      this.#held.set(subject, key);
    }
    for (const subject of this.#held.keys()) {
      if (this.#held.size <= MOST_HELD) break;
      this.#held.delete(subject);
    }
  }

  async ensureKeys(subjects: readonly string[]): Promise<ReadonlyMap<string, DataKey>> {
    return subjects.every((subject) => this.#held.has(subject)) ? this.#held : this.keys.ensureKeys(subjects);
  }

  readKeys(subjects: readonly string[]): Promise<ReadonlyMap<string, DataKey>> {
    return this.keys.readKeys(subjects);
  }

  destroy(subject: string): Promise<Destruction> {
    this.#held.delete(subject);
    return this.keys.destroy(subject);
  }
}
