import type { DataSource } from 'typeorm';
import type { Actor, Flag, LawReference } from '#forlop/domain';
import type { Trailed } from '../access.js';
import type { ListRow, Page, PageRequest } from '../page.js';
import { pageOf, pageValues, statement } from '../page.js';
import type { ReadScope } from '../scope.js';
import { readInScope } from '../scope.js';
import { present } from '../present.js';

/** Something that was done or read. Without any text, so it may be shown whatever was shredded. */
export interface AuditTrailItem {
  readonly position: string;
  readonly revision: number;
  readonly eventId: string;
  readonly type: string;
  readonly occurredAt: string;
  readonly recordedAt: string;
  readonly actor: Actor;
  readonly legalBasis: readonly LawReference[];
  readonly rulesetVersion: string;
  readonly flags: readonly Flag[];
  /** Recorded more than three virkedager after it happened. */
  readonly backDated: boolean;
  readonly caseId?: string;
  readonly personId?: string;
  /** Of an access (`CaseHistoryAccessed`): every case that the answer held. */
  readonly caseIds?: readonly string[];
  readonly decision?: string;
  readonly purpose?: string;
  readonly what?: Trailed;
}

/** When it was recorded: instants, both inclusive. */
export interface RecordedWithin {
  readonly from?: string;
  readonly to?: string;
}

type Row = ListRow & Omit<AuditTrailItem, 'position'> & { readonly schemaVersion: number };

const CASE_TRAIL = statement('./case-trail.sql', import.meta.url);
const MUNICIPALITY_TRAIL = statement('./municipality-trail.sql', import.meta.url);

/** Who did and read what in a case; empty for a case that is not there or not in scope. Throws `BadPage`. */
export async function caseAuditTrail(
  dataSource: DataSource,
  scope: ReadScope,
  caseId: string,
  page: PageRequest = {},
): Promise<Page<AuditTrailItem>> {
  const values = [caseId, ...pageValues(page)];
  const rows = await readInScope(dataSource, scope, (sql) => sql<Row>(CASE_TRAIL, values));
  return pageOf(rows, page, itemOf);
}

/** Who did and read what in the municipalities in scope, each event once. Throws `BadPage`. */
export async function municipalityAuditTrail(
  dataSource: DataSource,
  scope: ReadScope,
  { from, to }: RecordedWithin = {},
  page: PageRequest = {},
): Promise<Page<AuditTrailItem>> {
  const values = [from ?? null, to ?? null, ...pageValues(page)];
  const rows = await readInScope(dataSource, scope, (sql) => sql<Row>(MUNICIPALITY_TRAIL, values));
  return pageOf(rows, page, itemOf);
}

function itemOf({ readAt: _, schemaVersion: __, ...item }: Row & { position: string }): AuditTrailItem {
  return present(item);
}
