import type { Projection, RowOperation, Table } from '../definition.js';

/** One set of tables with the rows of a projection. */
export interface BuildId {
  /** Of the projection that made the rows. */
  readonly version: number;
  /** Counts the builds of a projection from 1; the first lives in the tables of the migrations. */
  readonly build: number;
}

/** A projection whose tables, and those of its operations, are the ones of a build. */
export interface Placed extends Projection {
  readonly build: number;
  /** Whose checkpoint moves with its rows: that of queries, or the build's own. */
  readonly state: 'building' | 'live';
}

/** The name that queries use: `read.case_history` of `read.case_history_v1`. */
export const stableName = (declared: string): string => declared.replace(/_v\d+$/, '');

/** Where the rows of a declared table are in a build: `read.case_history_v1`, `read.case_history_v1_b2`. */
export const physicalName = (declared: string, { version, build }: BuildId): string =>
  build === 1 ? declared : `${stableName(declared)}_v${version}_b${build}`;

/** A name without its schema, as the functions of the migration take it. */
export const bare = (name: string): string => name.replace(/^read\./, '');

/** The tables of a build by the declared ones. */
export const placedTables = (
  { tables }: Pick<Projection, 'tables'>,
  id: BuildId,
): ReadonlyMap<Table, Table> =>
  new Map(tables.map((table) => [table, { ...table, name: physicalName(table.name, id) }]));

export function place(projection: Projection, id: BuildId, state: Placed['state']): Placed {
  if (id.build === 1) return { ...projection, build: 1, state };
  const tables = placedTables(projection, id);
  return {
    ...projection,
    build: id.build,
    state,
    tables: [...tables.values()],
    project: (event) => projection.project(event).map((operation) => moved(operation, tables)),
  };
}

/** A table that the projection does not declare stays as it is: writing to it fails as it would in the first build. */
const moved = (operation: RowOperation, tables: ReadonlyMap<Table, Table>): RowOperation => ({
  ...operation,
  table: tables.get(operation.table) ?? operation.table,
});
