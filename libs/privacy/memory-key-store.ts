import { randomBytes } from 'node:crypto';
import { KEY_BYTES } from './cipher.js';
import { SubjectShredded } from './errors.js';
import type { BlindIndex, DataKey, Destruction, KeyStore, Reservation } from './key-store.js';

/** Keys and blind index in memory, for unit tests beside the memory event store; passes the same contract. */
export class MemoryKeyStore implements KeyStore, BlindIndex {
  readonly #keys = new Map<string, DataKey>();
  readonly #index = new Map<string, string>();

  async ensureKeys(subjects: readonly string[]): Promise<ReadonlyMap<string, DataKey>> {
    for (const subject of subjects) {
      if (!this.#keys.has(subject)) this.#keys.set(subject, randomBytes(KEY_BYTES));
    }
    return this.readKeys(subjects);
  }

  async readKeys(subjects: readonly string[]): Promise<ReadonlyMap<string, DataKey>> {
    const found = new Map<string, DataKey>();
    for (const subject of subjects) {
      const key = this.#keys.get(subject);
      if (key !== undefined) found.set(subject, key);
    }
    return found;
  }

  async destroy(subject: string): Promise<Destruction> {
    this.#keys.set(subject, 'destroyed');
    for (const [entry, owner] of this.#index) if (owner === subject) this.#index.delete(entry);
    return { deadRows: 0 };
  }

  async reserve(municipality: string, identifierHmac: Buffer, personId: string): Promise<string> {
    const entry = entryOf(municipality, identifierHmac);
    const owner = this.#index.get(entry);
    if (owner !== undefined) return owner;
    if (this.#keys.get(personId) === 'destroyed') throw new SubjectShredded(personId);
    this.#index.set(entry, personId);
    return personId;
  }

  reserveAll(reservations: readonly Reservation[]): Promise<readonly string[]> {
    return Promise.all(
      reservations.map(({ municipality, hmac, personId }) => this.reserve(municipality, hmac, personId)),
    );
  }

  async find(municipality: string, identifierHmac: Buffer): Promise<string | undefined> {
    return this.#index.get(entryOf(municipality, identifierHmac));
  }

  async release(municipality: string, identifierHmac: Buffer, personId: string): Promise<void> {
    const entry = entryOf(municipality, identifierHmac);
    if (this.#index.get(entry) === personId) this.#index.delete(entry);
  }
}

const entryOf = (municipality: string, hmac: Buffer): string => `${municipality}|${hmac.toString('hex')}`;
