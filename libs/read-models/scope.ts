import type { DataSource } from 'typeorm';
import type { RunSql } from '#forlop/projections';

/** What a reader may see at all: checked again by the row-level security of every table. */
export interface ReadScope {
  /** Four-digit kommunenummer; none gives nothing. `0000` is the log of what no municipality owns. */
  readonly municipalities: readonly string[];
  /** Two-digit bydelsnummer: only its own rows and those of no district. */
  readonly district?: string;
}

/**
 * Runs a query in a transaction of the service's role that row-level security confines to the scope. The settings end with
 * the transaction, so the next user of the connection starts with none and sees nothing.
 *
 * A query is one statement, so that its rows and the position it says are of one snapshot. READ COMMITTED on purpose: that
 * snapshot is taken after the statement has its locks on the views. Under REPEATABLE READ it would be taken by `set_config`,
 * and a rebuild that is switched to in between would show the new rows at the position of the old ones.
 *
 * Transaction and settings go as one text, so that a query takes three round trips and not five.
 */
export async function readInScope<T>(
  dataSource: DataSource,
  scope: ReadScope,
  query: (sql: RunSql) => Promise<T>,
): Promise<T> {
  const settings = settingsOf(scope);
  const runner = dataSource.createQueryRunner();
  try {
    await runner.query(`begin isolation level read committed read only; ${settings}`);
    const result = await query(
      async <Row>(text: string, values: readonly unknown[]) =>
        (await runner.query(text, [...values])) as Row[],
    );
    await runner.query('commit');
    return result;
  } catch (error) {
    // A connection that is gone has rolled back by itself; the first error is the one to tell.
    await runner.query('rollback').catch(() => undefined);
    throw error;
  } finally {
    await runner.release();
  }
}

/** The setting is a list with commas and knows `*`: anything but numbers would widen it, so nothing else gets into the text. */
function settingsOf({ municipalities, district = '' }: ReadScope): string {
  if (!municipalities.every((number) => /^\d{4}$/.test(number)) || !/^(\d{2})?$/.test(district))
    throw new TypeError('Not a scope to read in');
  return `set local forlop.municipalities = '${municipalities.join()}'; set local forlop.district = '${district}'`;
}
