import type { DataSource } from 'typeorm';
import type { Infer, LocalDate, StateReportEvent, StateReportGenerated } from '#forlop/domain';
import type { Position } from '#forlop/event-store';
import type { RunSql } from '#forlop/projections';
import type { Opener } from '../opener.js';
import type { ReadScope } from '../scope.js';
import { readInScope } from '../scope.js';

/** A report as it was generated, and what became of it. Its figures are those of the event, whatever is known now. */
export interface ReportVersion {
  readonly eventId: string;
  /** Of the event itself; `report.asOf` says where its figures were taken. */
  readonly position: Position;
  /** UTC. */
  readonly recordedAt: string;
  readonly report: Infer<typeof StateReportGenerated.shape>;
  readonly approved?: { readonly by: string; readonly on: LocalDate };
  readonly presented?: { readonly meetingDate: LocalDate; readonly body: string };
}

/** The reports of a year, oldest first. */
export interface ReportYear {
  readonly year: number;
  readonly versions: readonly ReportVersion[];
}

interface Row {
  readonly eventId: string;
  readonly position: Position;
  readonly type: string;
  readonly schemaVersion: number;
  readonly recordedAt: string;
  readonly payload: string;
}

/** $1 municipality. */
const REPORTS = `
  select event_id as "eventId", position, type, schema_version as "schemaVersion", payload,
    to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "recordedAt"
  from read.state_report
  where municipality = $1
  order by position`;

/** The reports of a municipality by year, the latest year last; a chart over the years needs them all. */
export async function reportsOf(
  dataSource: DataSource,
  opener: Opener,
  scope: ReadScope,
  municipality: string,
): Promise<readonly ReportYear[]> {
  const rows = await readInScope(dataSource, scope, (sql) => reportRows(sql, municipality));
  const opened = await opener.open(rows);
  return byYear(
    rows.map((row, index) => ({
      ...row,
      event: { type: row.type, data: opened[index] ?? {} } as unknown as StateReportEvent,
    })),
  );
}

export const reportRows = (sql: RunSql, municipality: string): Promise<Row[]> =>
  sql<Row>(REPORTS, [municipality]);

type Opened = Pick<Row, 'eventId' | 'position' | 'recordedAt'> & { readonly event: StateReportEvent };

/** Folds the events of a municipality's reports; approval and presentation belong to the version before them. */
export function byYear(events: readonly Opened[]): readonly ReportYear[] {
  const years = new Map<number, ReportVersion[]>();
  for (const { event, eventId, position, recordedAt } of events) {
    const versions = years.get(event.data.year) ?? [];
    years.set(event.data.year, versions);
    const last = versions.at(-1);
    if (event.type === 'StateReportGenerated') {
      versions.push({ eventId, position, recordedAt, report: event.data });
    } else if (last !== undefined) {
      versions[versions.length - 1] =
        event.type === 'StateReportApproved' ? approved(last, event) : presented(last, event);
    }
  }
  return [...years].sort(([a], [b]) => a - b).map(([year, versions]) => ({ year, versions }));
}

const approved = (
  version: ReportVersion,
  { data }: Extract<StateReportEvent, { type: 'StateReportApproved' }>,
): ReportVersion => ({ ...version, approved: { by: data.approvedBy, on: data.on } });

const presented = (
  version: ReportVersion,
  { data }: Extract<StateReportEvent, { type: 'StateReportPresented' }>,
): ReportVersion => ({ ...version, presented: { meetingDate: data.meetingDate, body: data.body } });

export type ReportStatus = 'GENERATED' | 'APPROVED' | 'PRESENTED';

export const statusOf = ({ approved: isApproved, presented: isPresented }: ReportVersion): ReportStatus =>
  isPresented ? 'PRESENTED' : isApproved ? 'APPROVED' : 'GENERATED';

/** Keys of every figure that any version of the year's report hid: what is answered later hides them too. */
export const everHidden = ({ versions }: ReportYear): ReadonlySet<string> =>
  new Set(
    versions.flatMap(({ report }) =>
      report.suppressedCells.map(({ indicator, part }) =>
        part === undefined ? indicator : `${indicator}.${part}`,
      ),
    ),
  );

/** The last day of the period of a report: of a year that runs still, the day it is made. */
export const periodEnd = (year: number, on: LocalDate): LocalDate => {
  const last = `${year}-12-31`;
  return on < last ? on : last;
};
