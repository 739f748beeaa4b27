import type { Pool } from 'pg';
import { isUuid } from '#forlop/domain';
import { ask, onConnection, statement, statementFile } from './database.js';
import { KeyMissing } from './errors.js';
import { Grouped } from './grouped.js';
import type { DataKey, Destruction, KeyStore } from './key-store.js';
import type { MasterKey } from './master-key.js';
import { sweep } from './sweep.js';

/** As stored: null for a destroyed key. */
type WrappedKey = Buffer | null;
interface KeyRow {
  readonly subject: string;
  readonly wrapped: WrappedKey;
}

const ENSURE = statementFile('ensure-keys');
const READ = statement(
  'read-keys',
  'select subject, wrapped from keys.subject_key where subject = any ($1::uuid[])',
);
const SAMPLE = statement(
  'sample-key',
  'select subject, wrapped from keys.subject_key where wrapped is not null limit 1',
);

/** $1 the subject. A subject that never had a key gets a tombstone all the same, so that it never gets one. */
const DESTROY_KEY = `
  insert into keys.subject_key (subject, wrapped, destroyed_at) values ($1, null, clock_timestamp())
  on conflict (subject) do update set wrapped = null, destroyed_at = excluded.destroyed_at
  where subject_key.destroyed_at is null`;
const DESTROY_INDEX = 'delete from keys.blind_index where subject = $1';

/** The key store in PostgreSQL (`KEYSTORE_URL`). */
export class PostgresKeyStore implements KeyStore {
  readonly #pool: Pool;
  readonly #masterKey: MasterKey;
  readonly #groups: Grouped<WrappedKey>;
  readonly #reads: Grouped<WrappedKey>;

  /** @param pool from `keyStorePool`, on a database where `keyStoreMigrations` ran */
  constructor(pool: Pool, masterKey: MasterKey) {
    this.#pool = pool;
    this.#masterKey = masterKey;
    this.#groups = new Grouped((subjects) => this.#readOrMake(subjects));
    this.#reads = new Grouped((subjects) => this.#read(subjects));
  }

  /**
   * Opens one of the stored keys, if there are any. For the start of a process: a master key of another key store
   * would make keys and index rows that the right one cannot use. Throws KeyUnreadable.
   */
  async checkMasterKey(): Promise<void> {
    this.#open(bySubject(await ask<KeyRow>(this.#pool, SAMPLE, [])));
  }

  async ensureKeys(subjects: readonly string[]): Promise<ReadonlyMap<string, DataKey>> {
    if (subjects.length === 0) return new Map();
    assertSubjects(subjects);
    return this.#open(await this.#groups.get(subjects));
  }

  async readKeys(subjects: readonly string[]): Promise<ReadonlyMap<string, DataKey>> {
    if (subjects.length === 0) return new Map();
    assertSubjects(subjects);
    return this.#open(await this.#reads.get(subjects));
  }

  async destroy(subject: string): Promise<Destruction> {
    return onConnection(this.#pool, async (client) => {
      await client.query('begin');
      await client.query(DESTROY_KEY, [subject]);
      await client.query(DESTROY_INDEX, [subject]);
      await client.query('commit');
      return { deadRows: await sweep(client) };
    });
  }

  async #read(subjects: readonly string[]): Promise<Map<string, WrappedKey>> {
    return bySubject(await ask<KeyRow>(this.#pool, READ, [subjects]));
  }

  async #readOrMake(subjects: readonly string[]): Promise<ReadonlyMap<string, WrappedKey>> {
    const fresh = subjects.map((subject) => this.#masterKey.newWrappedKey(subject));
    const found = bySubject(await ask<KeyRow>(this.#pool, ENSURE, [subjects, fresh]));
    const others = subjects.filter((subject) => !found.has(subject));
    if (others.length === 0) return found;
    const committedMeanwhile = await this.#read(others);
    const lost = others.find((subject) => !committedMeanwhile.has(subject));
    if (lost !== undefined) throw new KeyMissing(lost);
    return new Map([...found, ...committedMeanwhile]);
  }

  #open(wrappedKeys: ReadonlyMap<string, WrappedKey>): Map<string, DataKey> {
    const open = (subject: string, wrapped: WrappedKey): DataKey =>
      wrapped === null ? 'destroyed' : this.#masterKey.unwrap(subject, wrapped);
    return new Map([...wrappedKeys].map(([subject, wrapped]) => [subject, open(subject, wrapped)]));
  }
}

/** Refused here, and opened by each caller for itself: one bad subject must not fail the others of its group. */
function assertSubjects(subjects: readonly string[]): void {
  if (!subjects.every(isUuid)) throw new TypeError('A subject is a UUID in lower case.');
}

const bySubject = (rows: readonly KeyRow[]): Map<string, WrappedKey> =>
  new Map(rows.map(({ subject, wrapped }) => [subject, wrapped]));
