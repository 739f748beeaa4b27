import type { DataSource } from 'typeorm';
import type { RunSql } from '#forlop/projections';

/** What a reader may see at all: checked again by the row-level security of every table. */
export interface ReadScope {
  /** Four-digit kommunenummer; none gives nothing. `0000` is the log of what no municipality owns. */
  readonly municipalities: readonly string[];
  /** Two-digit bydelsnummer: only its own rows and those of no district. */
  readonly district?: string;
}

const SET_SCOPE = `select set_config('forlop.municipalities', $1, true), set_config('forlop.district', $2, true)`;

/**
 * Runs a query in a transaction of the service's role that row-level security confines to the scope. The settings end with
 * the transaction, so the next user of the connection starts with none and sees nothing.
 *
 * A query is one statement, so that its rows and the position it says are of one snapshot. READ COMMITTED on purpose: that
 * snapshot is taken after the statement has its locks on the tables. Under REPEATABLE READ it would be taken by `set_config`,
 * and a rebuild that empties a table in between would show no rows at a position that has some.
 */
export async function readInScope<T>(
  dataSource: DataSource,
  scope: ReadScope,
  query: (sql: RunSql) => Promise<T>,
): Promise<T> {
  assertScope(scope);
  const runner = dataSource.createQueryRunner();
  try {
    await runner.startTransaction('READ COMMITTED');
    await runner.query(SET_SCOPE, [scope.municipalities.join(), scope.district ?? '']);
    const result = await query(
      async <Row>(text: string, values: readonly unknown[]) =>
        (await runner.query(text, [...values])) as Row[],
    );
    await runner.commitTransaction();
    return result;
  } catch (error) {
    if (runner.isTransactionActive) await runner.rollbackTransaction().catch(() => undefined);
    throw error;
  } finally {
    await runner.release();
  }
}

/** The setting is a list with commas and knows `*`: anything but numbers would widen it. */
function assertScope({ municipalities, district }: ReadScope): void {
  if (!municipalities.every((number) => /^\d{4}$/.test(number)) || !/^(\d{2})?$/.test(district ?? ''))
    throw new TypeError('Not a scope to read in');
}
