import type { Column, JsonObject, Row, RowOperation, Table, Value } from './definition.js';

/** What a batch comes to for one table: each key stands in exactly one of the three lists. */
export interface TableChanges {
  readonly table: Table;
  /** Keys whose rows go. */
  readonly removed: readonly Row[];
  /** Whole rows, whatever was there before; a column left out is null, `{}` to be merged into, 0 to be added to. */
  readonly replaced: readonly Row[];
  /** Rows to lay over what is there: set where not null, merged, added. */
  readonly patched: readonly Row[];
}

/** What the operations on one row come to. */
export interface Change {
  readonly kind: 'removed' | 'replaced' | 'patched';
  readonly row: Row;
}

/**
 * Folds operations, in order, to one change per row. Applying the changes gives the same rows as applying the operations one
 * by one; a statement can then write a table at once, which may not touch a row twice.
 */
export class Folding {
  private readonly byTable = new Map<Table, Map<string, Change>>();

  /** @param byRecency whether a row that is changed again goes to the end of the changes of its table */
  constructor(private readonly byRecency = false) {}

  /** Throws a `TypeError` for an operation without its key or with a column that the table does not declare. */
  add(operation: RowOperation): void {
    const { table } = operation;
    const row = rowOf(operation);
    const key = keyOf(table, row);
    const changes = this.changesOf(table);
    const before = changes.get(key);
    if (this.byRecency && before !== undefined) changes.delete(key);
    changes.set(key, next(table, before, operation.op, row));
  }

  /** The changes of a table by the text of their keys. */
  changesOf(table: Table): Map<string, Change> {
    const found = this.byTable.get(table);
    if (found !== undefined) return found;
    const made = new Map<string, Change>();
    this.byTable.set(table, made);
    return made;
  }

  changes(): TableChanges[] {
    return [...this.byTable].map(([table, changes]) => sortedByKind(table, changes.values()));
  }
}

/** Folds the operations of a batch. Throws as `Folding.add`. */
export function foldOperations(operations: Iterable<RowOperation>): TableChanges[] {
  const folding = new Folding();
  for (const operation of operations) folding.add(operation);
  return folding.changes();
}

export function sortedByKind(table: Table, changes: Iterable<Change>): TableChanges {
  const rows: Record<Change['kind'], Row[]> = { removed: [], replaced: [], patched: [] };
  for (const { kind, row } of changes) rows[kind].push(row);
  return { table, ...rows };
}

function next(table: Table, before: Change | undefined, op: RowOperation['op'], row: Row): Change {
  if (op === 'delete') return { kind: 'removed', row };
  if (op === 'upsert') return { kind: 'replaced', row };
  if (before === undefined) return { kind: 'patched', row };
  if (before.kind === 'removed') return { kind: 'replaced', row };
  return { kind: before.kind, row: laidOver(table, before.row, row) };
}

/** What a column holds that nothing was given for. */
export const BLANK = { set: null, merge: {}, sum: 0 } as const;

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

/** The row that an operation is about, its uuids in the spelling that PostgreSQL has. Throws as `Folding.add`. */
export function rowOf(operation: RowOperation): Row {
  const { table } = operation;
  const row =
    operation.op === 'delete'
      ? operation.key
      : operation.op === 'increment'
        ? { ...operation.row, ...operation.by }
        : operation.row;
  for (const name in row) {
    if (table.columns[name] === undefined) throw new TypeError(`${table.name} has no column ${name}`);
  }
  return isCanonical(table, row) ? row : mapColumns(table, (name, { type }) => canonical(type, row[name]));
}

/** Nearly always: then the row can stay what it is. */
function isCanonical(table: Table, row: Row): boolean {
  for (const name of uuidsOf(table)) {
    const value = row[name];
    if (typeof value === 'string' && UPPER_CASE.test(value)) return false;
  }
  return true;
}
const UPPER_CASE = /[A-Z]/;

const uuids = new WeakMap<Table, readonly string[]>();

function uuidsOf(table: Table): readonly string[] {
  const found = uuids.get(table);
  if (found !== undefined) return found;
  const names = Object.keys(table.columns).filter((name) => table.columns[name]?.type === 'uuid');
  uuids.set(table, names);
  return names;
}

/** PostgreSQL compares uuids whatever their case: two spellings of one key must fold to one row. */
const canonical = (type: Column['type'], value: Value): Value =>
  type === 'uuid' && typeof value === 'string' ? value.toLowerCase() : value;

/** The key of a row as text. Throws as `Folding.add`. */
export function keyOf(table: Table, row: Row): string {
  let text = '';
  for (const name of table.key) {
    const value = row[name];
    if (value === undefined || value === null) throw new TypeError(`${table.name} needs ${name} in its key`);
    const part = typeof value === 'object' ? JSON.stringify(value) : String(value);
    // With the length before it, no two keys of several columns give the same text.
    text += table.key.length === 1 ? part : `${part.length}:${part}`;
  }
  return text;
}

function mapColumns(table: Table, valueOf: (name: string, column: Column) => Value): Row {
  const row: Record<string, Value> = {};
  for (const name in table.columns) {
    const column = table.columns[name];
    const value = column && valueOf(name, column);
    if (value !== undefined) row[name] = value;
  }
  return row;
}
