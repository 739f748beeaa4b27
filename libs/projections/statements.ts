/**
 * SQL of a table, made from its declaration alone; the values of events only ever travel as parameters: one array per
 * column, so that a batch is one statement whatever its size.
 */
import type { Column, Row, Table } from './definition.js';
import type { TableChanges } from './fold.js';

export interface Statement {
  readonly text: string;
  /** One array per column. */
  readonly values: (string | null)[][];
}

/** The statements, at most three, that write the changes of a table. */
export function statementsOf({ table, removed, replaced, patched }: TableChanges): Statement[] {
  const columns = Object.keys(table.columns);
  return [
    ...(removed.length > 0
      ? [{ text: sqlOf(table).remove, values: arraysOf(table, table.key, removed) }]
      : []),
    ...(replaced.length > 0
      ? [{ text: sqlOf(table).replace, values: arraysOf(table, columns, replaced) }]
      : []),
    ...(patched.length > 0 ? [{ text: sqlOf(table).patch, values: arraysOf(table, columns, patched) }] : []),
  ];
}

/** Deletes every row of these streams from a table of a restating projection. */
export const clearing = (table: Table, column: string, keys: readonly string[]): Statement => ({
  text: `delete from ${table.name} where ${column} = any ($1::${table.columns[column]?.type ?? 'text'}[])`,
  values: [[...keys]],
});

interface TableSql {
  readonly remove: string;
  readonly replace: string;
  readonly patch: string;
}

const made = new WeakMap<Table, TableSql>();

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
    remove: `delete from ${table.name} t using ${unnest(table, table.key)} where ${table.key
      .map((name) => `t.${name} = s.${name}`)
      .join(' and ')}`,
    replace: insert(columns.map((name) => `s.${name}`).join(', ')) + onConflict((name) => `excluded.${name}`),
    patch:
      insert(columns.map((name) => filled(name, table.columns[name])).join(', ')) +
      onConflict((name) => patched(name, table.columns[name])),
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

const arraysOf = (table: Table, names: readonly string[], rows: readonly Row[]): (string | null)[][] =>
  names.map((name) => rows.map((row) => textOf(table.columns[name]?.type ?? 'text', row[name])));

function textOf(type: Column['type'], value: Row[string]): string | null {
  if (value === undefined || value === null) return null;
  if (type === 'jsonb') return JSON.stringify(value, (_, part: unknown) => storable(part));
  return storable(typeof value === 'object' ? JSON.stringify(value) : String(value)) as string;
}

/**
 * PostgreSQL's text has no NUL, and its jsonb no half of a surrogate pair. A projection has nothing to refuse: what cannot
 * be stored becomes the replacement character, and the event keeps what was sent.
 */
const storable = (part: unknown): unknown =>
  typeof part === 'string' ? part.replaceAll('\u0000', '\ufffd').replace(/\p{Surrogate}/gu, '\ufffd') : part;
