import type { DataSource } from 'typeorm';
import type { LawReference } from '#forlop/domain';
import type { Access } from '../access.js';
import type { ListRow, Page, PageRequest } from '../page.js';
import { pageOf, pageValues, statement } from '../page.js';
import { present } from '../present.js';
import type { ReadScope } from '../scope.js';
import { readInScope } from '../scope.js';

/** A read of a case, or an attempt that was refused. */
export interface AccessLogItem {
  readonly position: string;
  readonly eventId: string;
  readonly accessedAt: string;
  readonly recordedAt: string;
  /** Subject of the reader's token. */
  readonly who: string;
  readonly role: string;
  readonly org: string;
  readonly unit?: string;
  readonly onBehalfOf?: string;
  readonly what?: Access['what'];
  readonly purpose?: string;
  readonly decision: string;
  readonly legalBasis: readonly LawReference[];
}

type Row = ListRow & Omit<AccessLogItem, 'position'>;

const ACCESS_LOG = statement('./access-log.sql', import.meta.url);

/** Who has read a case; empty for a case that nobody read or that is not in scope. Throws `BadPage`. */
export async function accessLogOf(
  dataSource: DataSource,
  scope: ReadScope,
  caseId: string,
  page: PageRequest = {},
): Promise<Page<AccessLogItem>> {
  const values = [caseId, ...pageValues(page)];
  const rows = await readInScope(dataSource, scope, (sql) => sql<Row>(ACCESS_LOG, values));
  return pageOf(rows, page, ({ readAt: _, ...item }) => present(item));
}
