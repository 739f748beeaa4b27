import type { DataSource } from 'typeorm';
import type { Actor, Flag, JsonObject, LawReference } from '#forlop/domain';
import type { Opener } from '../opener.js';
import type { ListRow, Page, PageRequest } from '../page.js';
import { pageOf, pageValues, statement } from '../page.js';
import type { ReadScope } from '../scope.js';
import { readInScope } from '../scope.js';

/** An event of a case as the chronology shows it. */
export interface HistoryItem {
  readonly position: string;
  /** Place in the case's stream, from 0. */
  readonly revision: number;
  readonly eventId: string;
  readonly type: string;
  /** With the offset of its day. */
  readonly occurredAt: string;
  /** UTC. */
  readonly recordedAt: string;
  readonly actor: Actor;
  readonly legalBasis: readonly LawReference[];
  readonly rulesetVersion: string;
  readonly flags: readonly Flag[];
  /** With its texts; `[slettet]` where the key is destroyed. */
  readonly data: JsonObject;
}

type Row = ListRow & Omit<HistoryItem, 'data' | 'position'> & { schemaVersion: number; payload: string };

const HISTORY = statement('./history.sql', import.meta.url);

/**
 * The chronology of a case; empty for a case that is not there or not in scope.
 * Throws `BadPage`.
 */
export async function caseHistoryOf(
  dataSource: DataSource,
  opener: Opener,
  scope: ReadScope,
  caseId: string,
  page: PageRequest = {},
): Promise<Page<HistoryItem>> {
  const values = [caseId, ...pageValues(page)];
  const rows = await readInScope(dataSource, scope, (sql) => sql<Row>(HISTORY, values));
  const sealed = pageOf(rows, page, (row) => row);
  const opened = await opener.open(sealed.items);
  return { ...sealed, items: sealed.items.map((row, index) => itemOf(row, opened[index] ?? {})) };
}

const itemOf = (row: Row & { position: string }, data: JsonObject): HistoryItem => ({
  position: row.position,
  revision: row.revision,
  eventId: row.eventId,
  type: row.type,
  occurredAt: row.occurredAt,
  recordedAt: row.recordedAt,
  actor: row.actor,
  legalBasis: row.legalBasis,
  rulesetVersion: row.rulesetVersion,
  flags: row.flags,
  data,
});
