/**
 * A projection is a pure function from an event to operations on rows of its own tables. The engine does the rest: it folds
 * the operations of a batch, writes them set-based and moves the checkpoint in the same transaction.
 */

/** What `JSON.parse` gives. */
export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

/** A value of a column: `undefined` and a column left out are the same. Instants and dates are ISO strings. */
export type Value = Json | undefined;
export type Row = { readonly [column: string]: Value };

/** How a column takes a later value: it is replaced, JSON objects are merged (`||`), numbers are added. */
export type ColumnMode = 'set' | 'merge' | 'sum';

export interface Column {
  readonly type: 'text' | 'uuid' | 'timestamptz' | 'date' | 'boolean' | 'integer' | 'bigint' | 'jsonb';
  readonly mode: ColumnMode;
}

export interface Table {
  /** Qualified by its schema, e.g. `read.case_history_v1`. */
  readonly name: string;
  readonly columns: Readonly<Record<string, Column>>;
  /** The columns that identify a row; each is of mode `set` and never null. */
  readonly key: readonly string[];
}

/**
 * - `upsert` makes the row exactly this: a column that it leaves out becomes null (`{}` to be merged into, 0 to be added to).
 * - `merge` keeps what it leaves out or gives as null, and merges what is of mode `merge`.
 * - `increment` is a `merge` that also adds. Adding is safe only because rows and checkpoint move in one transaction.
 * - `delete` removes the row, which may be absent.
 *
 * `merge` and `increment` make the row when it is not there, so they name every column that may not be null.
 */
export type RowOperation =
  | { readonly op: 'upsert' | 'merge'; readonly table: Table; readonly row: Row }
  | {
      readonly op: 'increment';
      readonly table: Table;
      readonly row: Row;
      readonly by: Readonly<Record<string, number>>;
    }
  | { readonly op: 'delete'; readonly table: Table; readonly key: Row };

/** A stored event as a projection sees it. */
export interface ProjectedEvent {
  readonly position: string;
  readonly revision: number;
  readonly streamId: string;
  readonly eventId: string;
  readonly type: string;
  readonly schemaVersion: number;
  /** UTC, when it was stored. */
  readonly recordedAt: string;
  /** The parsed metadata. */
  readonly envelope: JsonObject;
  /** The clear part of the payload: null where a personal value is sealed. */
  readonly data: JsonObject;
  /** The payload as it is stored, to be kept and opened at read time. */
  readonly payload: string;
}

export interface Projection {
  /** Kebab case; names the checkpoint and the lock. */
  readonly name: string;
  /** Raised when rows of before no longer mean the same; the runner then builds them anew. */
  readonly version: number;
  readonly tables: readonly Table[];
  /** Prefixes of the streams that it looks at; the others are passed over unparsed. */
  readonly streams: readonly string[];
  /** Pure: no clock, no read, no I/O. Ignores what it does not know. */
  readonly project: (event: ProjectedEvent) => readonly RowOperation[];
  readonly restating?: Restating;
}

/**
 * Of streams whose later events change what earlier ones say (a correction). The engine then makes the rows of the stream
 * anew, in the transaction of the batch: it deletes them and projects the whole stream, restated.
 */
export interface Restating {
  /** Types of the events that do so. */
  readonly on: readonly string[];
  /** The column that tells, in every table of the projection, which rows are of a stream. */
  readonly column: string;
  /** Its value for a stream. */
  readonly keyOf: (streamId: string) => string;
  /** A stream, from its first event to the last of the batch, as it is to be projected. Pure. */
  readonly restate: (events: readonly ProjectedEvent[]) => readonly ProjectedEvent[];
}

const NAME = /^[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?$/;

export const column = (type: Column['type'], mode: ColumnMode = 'set'): Column => ({ type, mode });

/** Declares a table. Throws a `TypeError` for a name or a key that cannot work: names become part of SQL. */
export function defineTable<const T extends Table>(table: T): T {
  const names = Object.keys(table.columns);
  for (const name of [table.name, ...names]) {
    if (!NAME.test(name)) throw new TypeError(`Not a name of a table or column: ${name}`);
  }
  for (const key of table.key) {
    if (table.columns[key]?.mode !== 'set') throw new TypeError(`${table.name} has no key column ${key}`);
  }
  if (table.key.length === 0) throw new TypeError(`${table.name} has no key`);
  for (const [name, { type, mode }] of Object.entries(table.columns)) {
    if (mode === 'merge' && type !== 'jsonb') throw new TypeError(`${table.name}.${name} cannot be merged`);
    if (mode === 'sum' && type !== 'integer' && type !== 'bigint')
      throw new TypeError(`${table.name}.${name} cannot be added to`);
  }
  return table;
}

/** Declares a projection. Throws a `TypeError` when its name, version or restating column cannot be. */
export function defineProjection(projection: Projection): Projection {
  if (!/^[a-z][a-z0-9-]*$/.test(projection.name)) throw new TypeError(`Not a name: ${projection.name}`);
  if (!Number.isInteger(projection.version) || projection.version < 1)
    throw new TypeError(`${projection.name} has no version`);
  const { restating, tables } = projection;
  const without = restating && tables.find(({ columns }) => columns[restating.column] === undefined);
  if (without) throw new TypeError(`${without.name} has no column ${restating?.column ?? ''}`);
  return projection;
}

export const upsert = (table: Table, row: Row): RowOperation => ({ op: 'upsert', table, row });
export const merge = (table: Table, row: Row): RowOperation => ({ op: 'merge', table, row });
export const increment = (table: Table, row: Row, by: Readonly<Record<string, number>>): RowOperation => ({
  op: 'increment',
  table,
  row,
  by,
});
export const remove = (table: Table, key: Row): RowOperation => ({ op: 'delete', table, key });
