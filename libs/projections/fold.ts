import type { Column, JsonObject, Row, RowOperation, Table, Value } from './definition.js';

/** What a batch comes to for one table: each key stands in exactly one of the three lists. */
export interface TableChanges {
  readonly table: Table;
  /** Keys whose rows go. */
  readonly removed: readonly Row[];
  /** Whole rows, whatever was there before. */
  readonly replaced: readonly Row[];
  /** Rows to lay over what is there: set where not null, merged, added. */
  readonly patched: readonly Row[];
}

type Change = { readonly kind: 'removed' | 'replaced' | 'patched'; readonly row: Row };

/**
 * Folds the operations of a batch, in order, to one change per row. Applying the changes gives the same rows as applying
 * the operations one by one; a statement can then write a table at once, which may not touch a row twice.
 * Throws a `TypeError` for an operation without its key or with a column that the table does not declare.
 */
export function foldOperations(operations: Iterable<RowOperation>): TableChanges[] {
  const tables = new Map<Table, Map<string, Change>>();
  for (const operation of operations) {
    const { table } = operation;
    const changes = tables.get(table) ?? new Map<string, Change>();
    tables.set(table, changes);
    const row = rowOf(operation);
    const key = keyOf(table, row);
    changes.set(key, next(table, changes.get(key), operation.op, row));
  }
  return [...tables].map(([table, changes]) => sorted(table, changes));
}

function next(table: Table, before: Change | undefined, op: RowOperation['op'], row: Row): Change {
  if (op === 'delete') return { kind: 'removed', row };
  if (op === 'upsert') return { kind: 'replaced', row: completed(table, row) };
  if (before === undefined) return { kind: 'patched', row };
  if (before.kind === 'removed') return { kind: 'replaced', row: completed(table, row) };
  return { kind: before.kind, row: laidOver(table, before.row, row) };
}

/** The row with every column: null, `{}` or 0 where nothing was given. */
export function completed(table: Table, row: Row): Row {
  return mapColumns(table, (name, { mode }) => row[name] ?? { set: null, merge: {}, sum: 0 }[mode]);
}

/** The later row over the earlier one. Columns that neither gives stay away. */
export function laidOver(table: Table, earlier: Row, later: Row): Row {
  return mapColumns(table, (name, { mode }) => {
    const [was, now] = [earlier[name], later[name]];
    if (now === undefined || now === null) return was;
    if (was === undefined || was === null) return now;
    if (mode === 'sum') return Number(was) + Number(now);
    if (mode === 'merge') return { ...(was as JsonObject), ...(now as JsonObject) };
    return now;
  });
}

function rowOf(operation: RowOperation): Row {
  const { table } = operation;
  const row =
    operation.op === 'delete'
      ? operation.key
      : operation.op === 'increment'
        ? { ...operation.row, ...operation.by }
        : operation.row;
  for (const name of Object.keys(row)) {
    if (table.columns[name] === undefined) throw new TypeError(`${table.name} has no column ${name}`);
  }
  return mapColumns(table, (name, { type }) => canonical(type, row[name]));
}

/** PostgreSQL compares uuids whatever their case: two spellings of one key must fold to one row. */
const canonical = (type: Column['type'], value: Value): Value =>
  type === 'uuid' && typeof value === 'string' ? value.toLowerCase() : value;

function keyOf(table: Table, row: Row): string {
  return JSON.stringify(
    table.key.map((name) => {
      const value = row[name];
      if (value === undefined || value === null)
        throw new TypeError(`${table.name} needs ${name} in its key`);
      return typeof value === 'object' ? value : String(value);
    }),
  );
}

function mapColumns(table: Table, valueOf: (name: string, column: Column) => Value): Row {
  const row: Record<string, Value> = {};
  for (const [name, column] of Object.entries(table.columns)) {
    const value = valueOf(name, column);
    if (value !== undefined) row[name] = value;
  }
  return row;
}

function sorted(table: Table, changes: ReadonlyMap<string, Change>): TableChanges {
  const rows = (kind: Change['kind']) =>
    [...changes.values()].filter((change) => change.kind === kind).map((change) => change.row);
  return { table, removed: rows('removed'), replaced: rows('replaced'), patched: rows('patched') };
}
