import type { DataSource } from 'typeorm';
import type {
  Actor,
  CaseEntry,
  CaseFact,
  CaseStandingOn,
  Clocks,
  Difference,
  EntryAsKnown,
  Flag,
  Instant,
  JsonObject,
  LawReference,
  Moment,
} from '#forlop/domain';
import { caseAsKnown, differencesBetween, endOfDayOslo, lastInstantOf, osloDate } from '#forlop/domain';
import type { Opener } from '../opener.js';
import type { ListRow, Page, PageRequest } from '../page.js';
import { pageOf, pageValues, statement } from '../page.js';
import { present } from '../present.js';
import type { ReadScope } from '../scope.js';
import { readInScope } from '../scope.js';
import type { HistoryItem } from './queries.js';

/** An entry as it was known: its data as corrected by then. */
export interface KnownItem extends HistoryItem {
  /** By the SOFT rules, as the case was known by then; `flags` are those that it was recorded with. */
  readonly flagsNow: readonly Flag[];
  readonly corrected: boolean;
  readonly retracted: boolean;
  /** Ids of the corrections that count for it; of a correction, of the one that took its place. */
  readonly correctedBy?: readonly string[];
  readonly retractedBy?: string;
  /** As it was recorded, where that was corrected. */
  readonly dataThen?: JsonObject;
}

/** Somebody who had read the case. */
export interface Reader {
  readonly who: string;
  readonly role: string;
  readonly org: string;
  readonly onBehalfOf?: string;
  readonly reads: number;
  readonly firstReadAt: Instant;
  readonly lastReadAt: Instant;
}

/** What is asked: knowledge until an instant, about the time until another, told beside knowledge until a third. */
export interface HistoryClocks {
  /** Everything that is known when not given. */
  readonly knownAt?: Moment;
  /** The end of the day of `knownAt`, or of today, when not given. */
  readonly validAt?: Moment;
  readonly comparedTo?: Moment;
  /** UTC instant of the question. */
  readonly now: Instant;
}

export interface CaseHistory extends Page<KnownItem> {
  /** `null` while nothing had happened, and for a case that is not there. */
  readonly state: CaseStandingOn | null;
  readonly readBy: readonly Reader[];
  /** From the earlier of the two instants to the later; only when `comparedTo` is given. */
  readonly differences?: readonly Difference[];
}

/** An entry of the chronology, opened. */
interface Entry extends CaseEntry {
  readonly row: Row & { readonly position: string };
  readonly data: JsonObject;
}

type Row = ListRow &
  Omit<HistoryItem, 'data' | 'position'> & {
    readonly schemaVersion: number;
    readonly municipality: string;
    readonly district: string | null;
    readonly actor: Actor;
    readonly legalBasis: readonly LawReference[];
    readonly payload: string;
  };

const HISTORY = statement('./history.sql', import.meta.url);
const READ_BY = statement('./read-by.sql', import.meta.url);

/**
 * The chronology of a case as it was known at one instant about the time until another, and the case as it stood by that.
 * An answer at an earlier `knownAt` never changes. Empty for a case that is not there or not in scope. Throws `BadPage`.
 */
export async function historyAt(
  dataSource: DataSource,
  opener: Opener,
  scope: ReadScope,
  caseId: string,
  clocks: HistoryClocks,
  page: PageRequest = {},
): Promise<CaseHistory> {
  const [after, most] = pageValues(page);
  const until = clocks.knownAt === undefined ? null : toTheMillisecond(lastInstantOf(clocks.knownAt));
  const { rows, readers } = await readInScope(dataSource, scope, async (sql) => ({
    rows: await sql<Row>(HISTORY, [caseId, null, null]),
    readers: await sql<Reader>(READ_BY, [caseId, until]),
  }));
  const entries = await opened(opener, rows);
  const known = caseAsKnown(entries, at(clocks, clocks.knownAt));
  const shown = known.entries
    .filter(({ recorded }) => after === null || recorded.row.position > after)
    .slice(0, most)
    .map((entry) => ({ ...entry.recorded.row, entry }));
  const readAt = rows[0]?.readAt ?? null;
  return {
    ...pageOf(shown, page, ({ entry }) => itemOf(entry)),
    position: readAt,
    state: known.state,
    readBy: readers.map((reader) => present(reader)),
    ...(clocks.comparedTo === undefined
      ? {}
      : { differences: differencesIn(entries, clocks, clocks.comparedTo) }),
  };
}

/** A day is asked about by its end: what is known of it at an instant says nothing of the hours after. */
const at = ({ validAt, now }: HistoryClocks, knownAt: Moment | undefined): Clocks => ({
  ...(knownAt === undefined ? {} : { knownAt }),
  validAt: validAt ?? endOfDayOslo(osloDate(knownAt === undefined ? now : lastInstantOf(knownAt))),
});

function differencesIn(
  entries: readonly Entry[],
  clocks: HistoryClocks,
  comparedTo: Moment,
): readonly Difference[] {
  const instant = (moment: Moment | undefined) =>
    Date.parse(moment === undefined ? clocks.now : lastInstantOf(moment));
  const moments = [clocks.knownAt, comparedTo].sort((a, b) => instant(a) - instant(b));
  const [earlier, later] = moments.map((knownAt) => caseAsKnown(entries, at(clocks, knownAt)));
  return earlier === undefined || later === undefined ? [] : differencesBetween(earlier, later);
}

async function opened(opener: Opener, rows: readonly Row[]): Promise<readonly Entry[]> {
  const stored = rows.filter((row): row is Row & { position: string } => row.position !== null);
  const opening = await opener.open(stored);
  return stored.map((row, index) => {
    const data = opening[index] ?? {};
    return {
      row,
      data,
      eventId: row.eventId,
      event: { type: row.type, data, flags: row.flags } as unknown as CaseFact,
      recordedAt: row.recordedAt,
      by: row.actor,
      municipality: row.municipality,
      ...(row.district === null ? {} : { district: row.district }),
    };
  });
}

function itemOf(entry: EntryAsKnown<Entry>): KnownItem {
  const { recorded, event, occurredAt, rulesetVersion, flagsNow, correctedBy, retractedBy } = entry;
  const { row } = recorded;
  const corrected = correctedBy.length > 0;
  return {
    position: row.position,
    revision: row.revision,
    eventId: row.eventId,
    type: row.type,
    occurredAt: corrected ? occurredAt() : row.occurredAt,
    recordedAt: row.recordedAt,
    actor: row.actor,
    legalBasis: row.legalBasis,
    rulesetVersion: corrected ? rulesetVersion : row.rulesetVersion,
    flags: row.flags,
    flagsNow,
    corrected,
    retracted: retractedBy !== undefined,
    ...(corrected ? { correctedBy, dataThen: recorded.data } : {}),
    ...(retractedBy === undefined ? {} : { retractedBy }),
    data: event.data as unknown as JsonObject,
  };
}

/** The clock of the store is told in milliseconds: an instant that an answer showed finds what was recorded then. */
const toTheMillisecond = (instant: Instant): Instant => new Date(Date.parse(instant)).toISOString();
