import type { DataSource } from 'typeorm';
import type { CaseStatus, JsonObject, LocalDate } from '#forlop/domain';
import type { Position } from '#forlop/event-store';
import type { Opener } from '../opener.js';
import type { ListRow, Page, PageRequest } from '../page.js';
import { pageOf, pageValues, statement } from '../page.js';
import type { ReadScope } from '../scope.js';
import { readInScope } from '../scope.js';
import type { ItemRow } from './item.js';
import { dataOf, openItems } from './item.js';
import type { CaseOverview, CaseRow } from './overview.js';
import { overviewOf } from './overview.js';
import { caseStatusOf } from './state.js';
import type { CaseStanding } from './state.js';

/** A case in a list. */
export interface CaseListItem {
  readonly caseId: string;
  readonly personId: string;
  readonly municipality: string;
  readonly district?: string;
  readonly state: CaseStatus;
  readonly revision: number;
  /** Of its last change, which the list ascends by. */
  readonly position: Position;
  /** UTC. */
  readonly changedAt: string;
}

const CASE = statement('./case.sql', import.meta.url);
const CASES = statement('./cases.sql', import.meta.url);
const DOCUMENTS = statement('./documents.sql', import.meta.url);

type Nullable<T> = { readonly [K in keyof T]: T[K] | null };
type CaseItemRow = Nullable<CaseRow & ItemRow> & { readonly readAt: Position | null };

/**
 * A case as it stands today, undefined when it is not there or not in scope, and the position that it was read at.
 * @param today in Oslo
 */
export async function caseOverviewOf(
  dataSource: DataSource,
  opener: Opener,
  scope: ReadScope,
  caseId: string,
  today: LocalDate,
): Promise<{ readonly case: CaseOverview | undefined; readonly position: Position | null }> {
  const rows = await readInScope(dataSource, scope, (sql) => sql<CaseItemRow>(CASE, [caseId]));
  const position = rows[0]?.readAt ?? null;
  const row = rows.find(isCase);
  if (row === undefined) return { case: undefined, position };
  return { case: overviewOf(row, await openItems(opener, rows.filter(isItem)), today), position };
}

const isCase = (row: CaseItemRow): row is CaseItemRow & CaseRow => row.caseId !== null;
const isItem = (row: CaseItemRow): row is CaseItemRow & ItemRow => row.kind !== null;

type CasesRow = ListRow & CaseRow & CaseStanding & { readonly changedAt: string };

/** $1 case. */
const OWNER = 'select municipality, district from read.case_overview where case_id = $1';

/** Whose a case is, `undefined` for one that is not there or not in scope. */
export async function caseOwner(
  dataSource: DataSource,
  scope: ReadScope,
  caseId: string,
): Promise<{ readonly municipality: string; readonly district?: string } | undefined> {
  type Row = { readonly municipality: string; readonly district: string | null };
  const [row] = await readInScope(dataSource, scope, (sql) => sql<Row>(OWNER, [caseId]));
  if (row === undefined) return undefined;
  return { municipality: row.municipality, ...(row.district === null ? {} : { district: row.district }) };
}

/** The cases in scope, ascending by their last change. Throws `BadPage`. */
export async function casesIn(
  dataSource: DataSource,
  scope: ReadScope,
  page: PageRequest = {},
): Promise<Page<CaseListItem>> {
  const values = pageValues(page);
  const rows = await readInScope(dataSource, scope, (sql) => sql<CasesRow>(CASES, values));
  return pageOf(rows, page, (row) => ({
    caseId: row.caseId,
    personId: row.personId,
    municipality: row.municipality,
    ...(row.district === null ? {} : { district: row.district }),
    state: caseStatusOf(row),
    revision: row.revision,
    position: row.position,
    changedAt: row.changedAt,
  }));
}

/** The journaled documents of a case; empty for one that is not there or not in scope. Throws `BadPage`. */
export async function documentsOf(
  dataSource: DataSource,
  opener: Opener,
  scope: ReadScope,
  caseId: string,
  page: PageRequest = {},
): Promise<Page<JsonObject>> {
  const values = [caseId, ...pageValues(page)];
  const rows = await readInScope(dataSource, scope, (sql) => sql<ListRow & ItemRow>(DOCUMENTS, values));
  const stored = pageOf(rows, page, (row) => row);
  const items = await openItems(opener, stored.items);
  return {
    ...stored,
    items: items.map((item) => {
      const { position = '', eventId = '' } = item.events.at(-1) ?? {};
      return { ...(dataOf(item, 'DocumentJournaled').at(-1) as unknown as JsonObject), position, eventId };
    }),
  };
}
