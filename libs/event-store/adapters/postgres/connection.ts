import { isNativeError } from 'node:util/types';
import type { Pool, PoolClient, QueryArrayConfig } from 'pg';
import { StoreUnavailable } from '../../errors.js';

/** A statement that is prepared once a connection, with its rows as arrays. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

/** All values as text. */
export type Row = readonly (string | null)[];

/** Every value as the text the server sent: no Date, which would know no microseconds, and no float. */
const AS_TEXT: NonNullable<QueryArrayConfig['types']> = {
  getTypeParser: () => (value: string) => value,
};

/** Runs a read on any connection. @throws StoreUnavailable */
export async function readRows(
  pool: Pool,
  operation: string,
  statement: Statement,
  values: readonly unknown[],
  timeout: number,
): Promise<Row[]> {
  const client = await connect(pool, operation);
  try {
    return await client.run(statement, values, timeout);
  } catch (error) {
    throw isUnavailable(error) ? new StoreUnavailable(operation, error) : error;
  }
}

/** A connection for one statement; it goes back to the pool, or is thrown away if it is of no more use. */
export interface Connection {
  /** @param timeout ms until the answer is given up */
  run(statement: Statement, values: readonly unknown[], timeout: number): Promise<Row[]>;
}

/** @throws StoreUnavailable when there is no connection to be had: then nothing was sent */
export async function connect(pool: Pool, operation: string): Promise<Connection> {
  let client: PoolClient;
  try {
    client = await pool.connect();
  } catch (error) {
    throw new StoreUnavailable(operation, error);
  }
  listenToErrors(client);
  return { run: (statement, values, timeout) => runOn(client, statement, values, timeout) };
}

const heard = new WeakSet<PoolClient>();

/**
 * Once for the life of a connection. What breaks it fails the statement on it too, and it may have more to say while it
 * goes; unheard, the event would end the process.
 */
function listenToErrors(client: PoolClient): void {
  if (heard.has(client)) return;
  heard.add(client);
  client.on('error', ignore);
}

export const ignore = (): void => undefined;

async function runOn(
  client: PoolClient,
  statement: Statement,
  values: readonly unknown[],
  timeout: number,
): Promise<Row[]> {
  const query: QueryArrayConfig = { ...statement, values: [...values], rowMode: 'array', types: AS_TEXT };
  let isBroken = true;
  try {
    const rows = await rowsOf(client, query, timeout);
    isBroken = false;
    return rows;
  } catch (error) {
    isBroken = isUnavailable(error);
    throw error;
  } finally {
    client.release(isBroken);
  }
}

/**
 * By the driver's callback and a clock of our own: the driver's promise, and the closure of its `query_timeout`, reach the
 * answer from among the long-lived objects, where what is dead is only found by a full collection. Until then each collection
 * of young objects would copy all rows read since, which costs more than reading them.
 * @throws an error without a SQLSTATE, as the driver's own of the connection, when the answer is given up
 */
function rowsOf(client: PoolClient, query: QueryArrayConfig, timeout: number): Promise<Row[]> {
  return new Promise((resolve, reject) => {
    const waiting: Waiting = { reject };
    const timer = giveUp(waiting, timeout);
    client.query<(string | null)[]>(query, (error: Error | null, result) => {
      clearTimeout(timer);
      delete waiting.reject;
      if (error) reject(error);
      else resolve(result.rows);
    });
  });
}

interface Waiting {
  /** Gone when there is an answer. */
  reject?: (error: Error) => void;
}

const giveUp = (waiting: Waiting, timeout: number): NodeJS.Timeout =>
  setTimeout(() => waiting.reject?.(new Error('Query read timeout')), timeout);

/**
 * SQLSTATE classes that say something of the server and nothing of the statement: 08 connection, 53 resources,
 * 57 operator (shutdown, cancelled), 58 system, and 25006 (a standby), 55P03 (the lock was not had in time).
 */
const SERVER_STATE = /^(08...|53...|57...|58...|25006|55P03)$/;
const SQLSTATE = /^[0-9A-Z]{5}$/;

/**
 * Whether the fault lies with the connection or the server. `pg` reports a lost connection and its own timeouts
 * as errors without a SQLSTATE, some of them with the code of the operating system (ECONNRESET).
 */
export function isUnavailable(error: unknown): boolean {
  if (!isNativeError(error)) return false;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (SQLSTATE.test(code) && 'severity' in error) return SERVER_STATE.test(code);
  return !(error instanceof TypeError || error instanceof RangeError);
}
