import type { ClientBase, Pool } from 'pg';
import { isSilence } from './errors.js';

/** Runs one statement and gives its rows: over a pg pool or connection, or over TypeORM's `dataSource.query`. */
export type RunSql = <Row>(text: string, values: readonly unknown[]) => Promise<Row[]>;

export const sqlOver =
  (db: Pool | ClientBase): RunSql =>
  async <Row>(text: string, values: readonly unknown[]) =>
    (await db.query(text, [...values])).rows as Row[];

/**
 * A transaction in which the projector may write: the row-level policies of `read` let it through only while the setting
 * says `*`, and the setting ends with the transaction.
 */
export async function asProjector<T>(client: ClientBase, work: () => Promise<T>): Promise<T> {
  await client.query(`begin; select set_config('forlop.municipalities', '*', true)`);
  try {
    const result = await work();
    await client.query('commit');
    return result;
  } catch (error) {
    // A connection that is gone has rolled back by itself; the first error is the one to tell. One that has gone silent is not
    // asked anything more: whoever has it closes it.
    if (!isSilence(error)) await client.query('rollback').catch(() => undefined);
    throw error;
  }
}
