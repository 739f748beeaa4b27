import { readFileSync } from 'node:fs';
import { isNativeError } from 'node:util/types';
import { DatabaseError, Pool, type PoolClient, type QueryConfig, type QueryResultRow } from 'pg';
import { KeyStoreUnavailable } from './errors.js';

/** A statement under a name, so that each connection parses and plans it once. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

export const statement = (name: string, text: string): Statement => ({ name: `keystore-${name}`, text });
interface TimedQuery extends QueryConfig {
  query_timeout: number;
}

/** ms after which a server that says nothing is not waited for: others wait behind the statement (see `Grouped`). */
const ANSWER_LIMIT = 10_000;

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
    keepAlive: true,
    keepAliveInitialDelayMillis: 10_000,
    // A key must be on disk before anything is sealed with it, whatever the server's default is.
    options: '-c synchronous_commit=on',
  });
  pool.on('error', onError);
  return pool;
}

/** Runs one statement in a transaction of its own. Throws KeyStoreUnavailable when the database is away or silent. */
export async function ask<Row extends QueryResultRow>(
  pool: Pool,
  { name, text }: Statement,
  values: readonly unknown[],
): Promise<Row[]> {
  const query: TimedQuery = { name, text, values: [...values], query_timeout: ANSWER_LIMIT };
  try {
    return (await pool.query<Row>(query)).rows;
  } catch (error) {
    throw isAway(error) ? new KeyStoreUnavailable(error) : error;
  }
}

/** Runs several statements on one connection, which is closed and not reused when they fail. */
export async function onConnection<T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> {
  const client = await pool.connect().catch((error: unknown) => {
    throw isAway(error) ? new KeyStoreUnavailable(error) : error;
  });
  // A connection lost between two statements fails the next one; unheard, the event would end the process.
  client.on('error', ignore);
  try {
    const result = await work(client);
    client.off('error', ignore);
    client.release();
    return result;
  } catch (error) {
    // It keeps the listener: it may have more to say while it goes.
    client.release(true);
    throw isAway(error) ? new KeyStoreUnavailable(error) : error;
  }
}

const ignore = (): void => undefined;

/**
 * SQLSTATE: connection lost or refused (08), out of resources (53), cancelled or shutting down (57), a fault of the machine
 * (58), read-only (25006), a lock that was not had in time (55P03).
 */
const SERVER_STATE = /^(08...|53...|57...|58...|25006|55P03)$/;
/** By name: those that Node throws are of another `TypeError` than code that is run in a vm context. */
const OWN_FAULT = /^(Type|Range|Reference|Syntax)Error$/;

/** The server says so, or the fault is the network's or pg's own: no answer at all. A fault of our code is neither. */
function isAway(error: unknown): boolean {
  if (error instanceof DatabaseError) return SERVER_STATE.test(error.code ?? '');
  return isNativeError(error) && !OWN_FAULT.test(error.name);
}
