/**
 * SQL of a table, made from its declaration alone; the values of events only ever travel as parameters: one array per
 * column, so that a batch is one statement whatever its size.
 */
import type { Column, Row, Table } from './definition.js';
import type { TableChanges } from './fold.js';
import { BLANK } from './fold.js';
import { storedText } from './stored-text.js';

export interface Statement {
  /** The connection prepares a statement of that name once: a leader writes the same tables batch after batch. */
  readonly name?: string;
  readonly text: string;
  /** One array per column. */
  readonly values: (string | null)[][];
}

/** The statements, at most three, that write the changes of a table. */
export function statementsOf({ table, removed, replaced, patched }: TableChanges): Statement[] {
  const columns = Object.keys(table.columns);
  return [
    ...(removed.length > 0 ? [{ ...sqlOf(table).remove, values: arraysOf(table, table.key, removed) }] : []),
    ...(replaced.length > 0
      ? [{ ...sqlOf(table).replace, values: arraysOf(table, columns, replaced, BLANK) }]
      : []),
    ...(patched.length > 0 ? [{ ...sqlOf(table).patch, values: arraysOf(table, columns, patched) }] : []),
  ];
}

/** Deletes every row of these streams from a table of a restating projection. */
export const clearing = (table: Table, column: string, keys: readonly string[]): Statement => ({
  text: `delete from ${table.name} where ${column} = any ($1::${table.columns[column]?.type ?? 'text'}[])`,
  values: [[...keys]],
});

type Prepared = Required<Pick<Statement, 'name' | 'text'>>;
type TableSql = Readonly<Record<'remove' | 'replace' | 'patch', Prepared>>;

const made = new WeakMap<Table, TableSql>();
/** Tables of one name may differ in their columns, so that the name of a statement is a number. */
let count = 0;

const prepared = (text: string): Prepared => ({ name: `forlop_rows_${(count += 1)}`, text });

function sqlOf(table: Table): TableSql {
  let sql = made.get(table);
  if (sql === undefined) made.set(table, (sql = makeSql(table)));
  return sql;
}

function makeSql(table: Table): TableSql {
  const columns = Object.keys(table.columns);
  const rest = columns.filter((name) => !table.key.includes(name));
  const insert = (values: string) =>
    `insert into ${table.name} as t (${columns.join(', ')}) select ${values} from ${unnest(table, columns)}`;
  const onConflict = (assign: (name: string) => string) =>
    ` on conflict (${table.key.join(', ')}) do ${
      rest.length === 0
        ? 'nothing'
        : `update set ${rest.map((name) => `${name} = ${assign(name)}`).join(', ')}`
    }`;
  return {
    remove: prepared(
      `delete from ${table.name} t using ${unnest(table, table.key)} where ${table.key
        .map((name) => `t.${name} = s.${name}`)
        .join(' and ')}`,
    ),
    replace: prepared(
      insert(columns.map((name) => `s.${name}`).join(', ')) + onConflict((name) => `excluded.${name}`),
    ),
    patch: prepared(
      insert(columns.map((name) => filled(name, table.columns[name])).join(', ')) +
        onConflict((name) => patched(name, table.columns[name])),
    ),
  };
}

const unnest = (table: Table, names: readonly string[]): string =>
  `unnest(${names.map((name, i) => `$${i + 1}::${table.columns[name]?.type ?? 'text'}[]`).join(', ')}) as s(${names.join(', ')})`;

/** What a patch gives to a row that is not there yet. */
function filled(name: string, column: Column | undefined): string {
  if (column?.mode === 'merge') return `coalesce(s.${name}, '{}'::jsonb)`;
  return column?.mode === 'sum' ? `coalesce(s.${name}, 0)` : `s.${name}`;
}

function patched(name: string, column: Column | undefined): string {
  if (column?.mode === 'merge') return `t.${name} || excluded.${name}`;
  return column?.mode === 'sum' ? `t.${name} + excluded.${name}` : `coalesce(excluded.${name}, t.${name})`;
}

/** @param blank what stands for a column that a row leaves out, by its mode; null if not given */
function arraysOf(
  table: Table,
  names: readonly string[],
  rows: readonly Row[],
  blank?: typeof BLANK,
): (string | null)[][] {
  return names.map((name) => {
    const { type, mode } = table.columns[name] ?? { type: 'text', mode: 'set' };
    return rows.map((row) => storedText(type, row[name] ?? blank?.[mode]));
  });
}
