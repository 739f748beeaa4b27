import { readFileSync } from 'node:fs';
import { DatabaseError, Pool, type PoolClient, type QueryResultRow } from 'pg';
import { KeyStoreUnavailable } from './errors.js';

/** A statement under a name, so that each connection parses and plans it once. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

export const statement = (name: string, text: string): Statement => ({ name: `keystore-${name}`, text });
/** A statement from `sql/<name>.sql`. */
export const statementFile = (name: string): Statement =>
  statement(name, readFileSync(new URL(`./sql/${name}.sql`, import.meta.url), 'utf8'));

/**
 * Connections to the key store's database (KEYSTORE_URL, the primary and not a replica: a destruction must be seen at
 * once). The caller ends the pool.
 * @param onError told of a connection that broke while idle; the pool replaces it
 */
export function keyStorePool(url: string, onError: (error: Error) => void, max = 10): Pool {
  const pool = new Pool({
    connectionString: url,
    max,
    application_name: 'forlop-keystore',
    connectionTimeoutMillis: 5_000,
    // A key must be on disk before anything is sealed with it, whatever the server's default is.
    options: '-c synchronous_commit=on',
  });
  pool.on('error', onError);
  return pool;
}

/** Runs one statement in a transaction of its own. Throws KeyStoreUnavailable when the database is away. */
export async function ask<Row extends QueryResultRow>(
  pool: Pool,
  { name, text }: Statement,
  values: readonly unknown[],
): Promise<Row[]> {
  try {
    return (await pool.query<Row>({ name, text, values: [...values] })).rows;
  } catch (error) {
    throw isAway(error) ? new KeyStoreUnavailable(error) : error;
  }
}

/** Runs several statements on one connection, which is closed and not reused when they fail. */
export async function onConnection<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect().catch((error: unknown) => {
    throw isAway(error) ? new KeyStoreUnavailable(error) : error;
  });
  let failure: unknown;
  try {
    return await work(client);
  } catch (error) {
    failure = error;
    throw isAway(error) ? new KeyStoreUnavailable(error) : error;
  } finally {
    client.release(failure !== undefined);
  }
}

/** Connection failures 08, no resources 53, shutting down 57P, read-only 25006, locks held too long 55P03; or no answer at all. */
function isAway(error: unknown): boolean {
  if (!(error instanceof DatabaseError)) return true;
  const code = error.code ?? '';
  return /^(08|53|57P)/.test(code) || code === '25006' || code === '55P03';
}
