import { readFileSync } from 'node:fs';
import type { Position } from '#forlop/event-store';
import { isPosition } from '#forlop/event-store';

export const DEFAULT_LIMIT = 50;
export const MAX_LIMIT = 200;

/** Which part of a list is asked for. */
export interface PageRequest {
  /** 1 to 200; 50 when absent. */
  readonly limit?: number;
  /** `next` of the page before. */
  readonly after?: string;
}

/** Part of a list, ascending by position. */
export interface Page<T> {
  readonly items: readonly T[];
  /** To ask for the next part with; absent on the last. */
  readonly next?: string;
  /** The position that the rows were read at; null before the first event. */
  readonly position: Position | null;
}

/** A `limit` or an `after` that cannot be: the caller answers 400. */
export class BadPage extends Error {
  override readonly name = 'BadPage';

  constructor(readonly field: 'limit' | 'after') {
    super(`Not a page: ${field}`);
  }
}

/** Parameters of a list's statement: one row more than asked for tells whether there is a next page. */
export function pageValues({ limit = DEFAULT_LIMIT, after }: PageRequest): [string | null, number] {
  if (!Number.isInteger(limit) || limit < 1 || limit > MAX_LIMIT) throw new BadPage('limit');
  if (after !== undefined && !isPosition(after)) throw new BadPage('after');
  return [after ?? null, limit + 1];
}

/** A row of a list's statement: the freshness stands on every row, on a single row without item when there is none. */
export interface ListRow {
  readonly readAt: Position | null;
  readonly position: Position | null;
}

type Listed<R extends ListRow> = R & { readonly position: Position };

/** Cuts the rows to the page. Rows come ascending by `position`, one more than the limit when there are more. */
export function pageOf<R extends ListRow, T>(
  rows: readonly R[],
  { limit = DEFAULT_LIMIT }: PageRequest,
  itemOf: (row: Listed<R>, index: number) => T,
): Page<T> {
  const listed = rows.filter((row): row is Listed<R> => row.position !== null);
  const shown = listed.slice(0, limit);
  const next = listed.length > limit ? shown.at(-1)?.position : undefined;
  return {
    items: shown.map(itemOf),
    ...(next === undefined ? {} : { next }),
    position: rows[0]?.readAt ?? null,
  };
}

/** Reads a statement that stands beside the module; done once, when the module is loaded. */
export const statement = (file: string, module: string): string =>
  readFileSync(new URL(file, module), 'utf8');
