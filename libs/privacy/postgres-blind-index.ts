import type { Pool } from 'pg';
import { ask, statement, statementFile } from './database.js';
import { KeyStoreUnavailable, SubjectShredded } from './errors.js';
import type { BlindIndex, Reservation } from './key-store.js';

const RESERVE = statementFile('reserve-identifier');
const RESERVE_ALL = statementFile('reserve-identifiers');
const FIND = statement(
  'find-identifier',
  'select subject from keys.blind_index where municipality = $1 and hmac = $2',
);
const RELEASE = statement(
  'release-identifier',
  'delete from keys.blind_index where municipality = $1 and hmac = $2 and subject = $3',
);

/** Each further try means that the identifier was given away and taken back between two statements. */
const TRIES = 5;

/** The blind index in PostgreSQL, in the database of the keys. */
export class PostgresBlindIndex implements BlindIndex {
  readonly #pool: Pool;

  /** @param pool from `keyStorePool`, on a database where `keyStoreMigrations` ran */
  constructor(pool: Pool) {
    this.#pool = pool;
  }

  async reserve(municipality: string, identifierHmac: Buffer, personId: string): Promise<string> {
    for (let tries = 0; tries < TRIES; tries++) {
      const [answer] = await ask<{ subject: string | null; destroyed: boolean }>(this.#pool, RESERVE, [
        municipality,
        identifierHmac,
        personId,
      ]);
      if (answer?.subject) return answer.subject;
      if (answer?.destroyed) throw new SubjectShredded(personId);
    }
    throw new KeyStoreUnavailable(new Error('The identifier changed hands at every try.'));
  }

  async reserveAll(reservations: readonly Reservation[]): Promise<readonly string[]> {
    if (reservations.length === 0) return [];
    const holders = await ask<{ subject: string | null }>(this.#pool, RESERVE_ALL, [
      reservations.map(({ municipality }) => municipality),
      reservations.map(({ hmac }) => hmac),
      reservations.map(({ personId }) => personId),
    ]);
    const answers: string[] = [];
    for (const [index, { municipality, hmac, personId }] of reservations.entries()) {
      answers.push(holders[index]?.subject ?? (await this.reserve(municipality, hmac, personId)));
    }
    return answers;
  }

  async find(municipality: string, identifierHmac: Buffer): Promise<string | undefined> {
    const rows = await ask<{ subject: string }>(this.#pool, FIND, [municipality, identifierHmac]);
    return rows[0]?.subject;
  }

  async release(municipality: string, identifierHmac: Buffer, personId: string): Promise<void> {
    await ask(this.#pool, RELEASE, [municipality, identifierHmac, personId]);
  }
}
