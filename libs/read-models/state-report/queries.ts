import type { Counted, CountedFigures, IndicatorId, LocalDate, ReportedFigures } from '#forlop/domain';
import { reportFigures } from '#forlop/domain';
import type { Position } from '#forlop/event-store';
import type { RunSql } from '#forlop/projections';
import { statement } from '../page.js';
import type { EntryRow } from './corrections.js';
import { correctedEntries } from './corrections.js';

/** As of when figures are counted. */
export interface ReportTime {
  /** What is stored later does not count; where the read model stands if not given. */
  readonly position?: Position;
  /** Last day of the period; the last of the year if not given. A report of a running year ends on its own date. */
  readonly until?: LocalDate;
}

/** The read model does not hold the events up to the position, or was being built anew. The caller answers 503. */
export class ReportNotCaughtUp extends Error {
  override readonly name = 'ReportNotCaughtUp';
}

/** An event behind a figure. */
export interface EventBehind {
  readonly eventId: string;
  readonly position: Position;
  readonly type: string;
  /** Absent for a request for access. */
  readonly caseId?: string;
  /** Keys of the figures of the indicator that it counts in: `Q14`, `Q14.INGEN_EFFEKT`. */
  readonly figures: readonly string[];
}

const COUNTED = statement('./counted.sql', import.meta.url);

const CHECKPOINT = `select position from read.projection_checkpoint where projection = 'state-report'`;

/** $1 municipality, $2 position. */
const CORRECTIONS = `
  with correction as (
    select event_id, target_id from read.report_entry
    where municipality = $1 and position <= $2 and target_id is not null
  )
  select e.event_id as "eventId", e.type, e.data
  from read.report_entry e
  where e.municipality = $1 and e.position <= $2
    and e.event_id in (select event_id from correction union select target_id from correction)
  order by e.position`;

const FIGURES = `${COUNTED}
select figure,
  count(*) filter (where hit)::integer as numerator,
  count(*) filter (where base)::integer as denominator,
  percentile_cont(0.5) within group (order by days)::float8 as median
from counted
group by figure`;

/** $6 the indicator. */
const BEHIND = `${COUNTED}
, behind as (
  select event_id, array_agg(figure order by figure collate "C") as figures
  from (
    select distinct id::uuid as event_id, figure
    from counted, lateral string_to_table(ids, ',') id
    where figure = $6 or figure like $6 || '.%'
  ) told
  group by event_id
)
select e.event_id as "eventId", e.position, e.type, e.case_id as "caseId", b.figures
from behind b
join read.report_entry e on e.event_id = b.event_id
where e.municipality = $1
order by e.position`;

/** $2 position. */
const LAST = `
  select event_id as "eventId" from read.report_entry
  where municipality = $1 and position <= $2
  order by position desc limit 1`;

/** $2 event. */
const PLACE = `
  select position from read.report_entry where municipality = $1 and event_id = $2`;

interface FigureRow {
  readonly figure: string;
  readonly numerator: number;
  readonly denominator: number;
  readonly median: number | null;
}

/**
 * The figures of a municipality and year, as counted: small ones among them, so they never leave the service like this.
 * `sql` runs in the scope of the reader (`readInScope`). Throws `ReportNotCaughtUp`.
 */
export async function countedAt(
  sql: RunSql,
  municipality: string,
  year: number,
  time: ReportTime = {},
): Promise<CountedFigures> {
  const rows = await counting<FigureRow>(sql, FIGURES, municipality, year, time);
  return new Map(rows.map(({ figure, ...numbers }) => [figure, countedOf(numbers)]));
}

const countedOf = ({ numerator, denominator, median }: Omit<FigureRow, 'figure'>): Counted => ({
  numerator,
  denominator,
  ...(median === null ? {} : { median }),
});

/** The same, suppressed. `besides`: keys that stay hidden because the report as presented hid them. */
export async function figuresAt(
  sql: RunSql,
  municipality: string,
  year: number,
  time: ReportTime & { readonly besides?: ReadonlySet<string> } = {},
): Promise<ReportedFigures> {
  return reportFigures(await countedAt(sql, municipality, year, time), time.besides);
}

/** The municipality's last event up to the position that figures may be counted from: pins a report to this store. */
export async function lastEntryAt(
  sql: RunSql,
  municipality: string,
  position: Position,
): Promise<string | undefined> {
  const [row] = await sql<{ readonly eventId: string }>(LAST, [municipality, position]);
  return row?.eventId;
}

/**
 * Where an event that `lastEntryAt` gave stands in this store: a report that was pinned before the events were moved is counted
 * up to there. Throws `ReportNotCaughtUp` when the read model does not hold it.
 */
export async function entryPosition(sql: RunSql, municipality: string, eventId: string): Promise<Position> {
  const [row] = await sql<{ readonly position: Position }>(PLACE, [municipality, eventId]);
  if (row === undefined) throw new ReportNotCaughtUp('The read model of reports does not hold the pin');
  return row.position;
}

/**
 * The events behind an indicator and its parts, in the order of the store, corrections among them. For those who may see the
 * cases; the caller records the access. Throws `ReportNotCaughtUp`.
 */
export async function eventsBehind(
  sql: RunSql,
  municipality: string,
  year: number,
  indicator: IndicatorId,
  time: ReportTime = {},
): Promise<readonly EventBehind[]> {
  type Row = Omit<EventBehind, 'caseId'> & { readonly caseId: string | null };
  const rows = await counting<Row>(sql, BEHIND, municipality, year, time, indicator);
  return rows.map(({ caseId, ...row }) => ({ ...row, ...(caseId === null ? {} : { caseId }) }));
}

/**
 * Two statements, each with a snapshot of its own: corrections are resolved between them. Since rows are only ever added and
 * both look no further than the same position, they see the same. Rows of another store may be switched to before the first
 * of them, so the checkpoint is asked once more at the end.
 */
async function counting<Row>(
  sql: RunSql,
  text: string,
  municipality: string,
  year: number,
  { position, until = `${year}-12-31` }: ReportTime,
  ...more: readonly string[]
): Promise<readonly Row[]> {
  const stands = await checkpoint(sql);
  const at = position ?? stands;
  if (at === null) return [];
  assertReached(stands, at);
  const corrections = await sql<EntryRow>(CORRECTIONS, [municipality, at]);
  const corrected = JSON.stringify(correctedEntries(corrections, until));
  const rows = await sql<Row>(text, [municipality, `${year}-01-01`, until, at, corrected, ...more]);
  assertReached(await checkpoint(sql), at);
  return rows;
}

async function checkpoint(sql: RunSql): Promise<Position | null> {
  const [row] = await sql<{ readonly position: Position | null }>(CHECKPOINT, []);
  return row?.position ?? null;
}

/** Positions have a fixed width, so their text orders them. */
function assertReached(stands: Position | null, at: Position): void {
  if (stands === null || stands < at)
    throw new ReportNotCaughtUp('The read model of reports is not there yet');
}
