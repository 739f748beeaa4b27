import type { DataSource } from 'typeorm';
import { NotFound } from '#forlop/command-handling';
import type { CountFigures, Owner } from '#forlop/command-handling';
import type { IndicatorId, StateReportKey } from '#forlop/domain';
import type { EventStore, Position } from '#forlop/event-store';
import {
  entryPosition,
  everHidden,
  eventsBehind,
  figuresAt,
  lastEntryAt,
  periodEnd,
  readInScope,
  reportsOf,
  statusOf,
} from '#forlop/read-models';
import type { EventBehind, ReportSource, ReportTime, ReportVersion, ReportYear } from '#forlop/read-models';
import { scopeOf } from '../access/read-side.js';
import type { ReadSide } from '../access/read-side.js';
import type { Freshness } from '../edge/freshness.js';

export type ReportViewName = ReportSource['view'];

/** The report as it was last generated, and what it needs beside it. */
interface Found {
  readonly years: readonly ReportYear[];
  readonly year?: ReportYear;
  readonly version?: ReportVersion;
}

/** Reports as the read models know them, and the figures that they are made of. */
export class Reports {
  private readonly source: DataSource;

  constructor(
    private readonly readSide: ReadSide,
    private readonly store: Pick<EventStore, 'storeId' | 'head' | 'start'>,
    private readonly freshness: Freshness,
  ) {
    this.source = readSide.source;
  }

  /** Figures for a new version of a report: of everything that is stored by now, once the read model has it. */
  readonly count: CountFigures = async ({ municipality, year, on, besides }) => {
    const position = await this.store.head();
    if (position !== null) await this.freshness.reach(position, ['state-report']);
    await this.freshness.assertNoneParked(municipality);
    const until = periodEnd(year, on);
    return this.taken({ municipality, year }, position, { until, besides });
  };

  /** What is shown of a report. `reported` is answered from its pin. Throws `NotFound`, `ReportNotCaughtUp`. */
  async view(key: StateReportKey, view: ReportViewName, today: string): Promise<ReportSource> {
    const found = await this.find(key);
    const years = found.years.flatMap(({ year, versions }) => {
      const figures = versions.at(-1)?.report;
      return year === key.year || figures === undefined ? [] : [{ year, figures }];
    });
    const source = view === 'reported' ? this.reported(found, key) : await this.known(found, key, today);
    return { ...source, years };
  }

  /** The events behind an indicator, in the district of who asks. Throws `NotFound`, `ReportNotCaughtUp`. */
  async events(
    owner: Owner,
    key: StateReportKey,
    indicator: IndicatorId,
    view: ReportViewName,
    today: string,
  ): Promise<readonly EventBehind[]> {
    const { version } = await this.find(key);
    if (version === undefined && view === 'reported') throw new NotFound(ownerOf(key));
    const until = periodEnd(key.year, version?.report.on ?? today);
    const pin = view === 'reported' ? version?.report.asOf : undefined;
    // Asked for in the scope of the municipality: a district need not see the event that the pin names.
    const position = pin && (await this.positionOf(pin, key));
    const time: ReportTime = position === undefined ? { until } : { until, position };
    return readInScope(this.source, scopeOf(owner), (sql) =>
      eventsBehind(sql, key.municipality, key.year, indicator, time),
    );
  }

  /** Where a report is pinned: of another store, by the event that it names. */
  private async positionOf(pin: ReportSource['asOf'], { municipality }: StateReportKey): Promise<Position> {
    const { storeId, position, lastEventId } = pin;
    if (storeId === this.store.storeId) return position;
    if (lastEventId === undefined) return this.store.start;
    return readInScope(this.source, scopeOf({ municipality }), (sql) =>
      entryPosition(sql, municipality, lastEventId),
    );
  }

  private async find({ municipality, year }: StateReportKey): Promise<Found> {
    const scope = scopeOf({ municipality });
    const years = await reportsOf(this.source, this.readSide.opener, scope, municipality);
    const own = years.find((each) => each.year === year);
    const version = own?.versions.at(-1);
    return {
      years,
      ...(own === undefined ? {} : { year: own }),
      ...(version === undefined ? {} : { version }),
    };
  }

  private reported({ version, year }: Found, key: StateReportKey): ReportSource {
    if (version === undefined) throw new NotFound(ownerOf(key));
    const earlier = (year?.versions ?? []).slice(0, -1).map((each) => this.fromItsPin(each, key));
    return { ...this.fromItsPin(version, key), earlier };
  }

  private fromItsPin(version: ReportVersion, key: StateReportKey): ReportSource {
    const { report } = version;
    return {
      ...key,
      view: 'reported',
      figures: report,
      asOf: report.asOf,
      ...periodOf(key, report.on),
      ...progressOf(version),
      ...(report.textChapters === undefined ? {} : { textChapters: report.textChapters }),
    };
  }

  /** Counted now, over the period of the report: what it hid stays hidden. `NotFound` for a year that has not begun. */
  private async known({ year, version }: Found, key: StateReportKey, today: string): Promise<ReportSource> {
    if (today < `${key.year}-01-01`) throw new NotFound(ownerOf(key));
    const { position } = await this.freshness.measure();
    const period = periodOf(key, version?.report.on ?? today);
    const besides = year === undefined ? new Set<string>() : everHidden(year);
    const { asOf, ...figures } = await this.taken(key, position, { until: period.until, besides });
    return {
      ...key,
      view: 'known',
      figures,
      asOf,
      ...period,
      ...(version === undefined ? {} : { ...progressOf(version), other: version.report }),
    };
  }

  private async taken(
    { municipality, year }: StateReportKey,
    position: Position | null,
    time: { readonly until: string; readonly besides: ReadonlySet<string> },
  ) {
    const at = position === null ? time : { ...time, position };
    return readInScope(this.source, scopeOf({ municipality }), async (sql) => {
      const figures = await figuresAt(sql, municipality, year, at);
      const lastEventId = position === null ? undefined : await lastEntryAt(sql, municipality, position);
      return {
        ...figures,
        asOf: {
          storeId: this.store.storeId,
          position: position ?? this.store.start,
          ...(lastEventId === undefined ? {} : { lastEventId }),
        },
      };
    });
  }
}

const ownerOf = ({ municipality }: StateReportKey): Owner => ({ municipality });

const periodOf = ({ year }: StateReportKey, on: string) => ({
  from: `${year}-01-01`,
  until: periodEnd(year, on),
});

const progressOf = (version: ReportVersion) => ({
  status: statusOf(version),
  generatedOn: version.report.on,
  ...(version.approved === undefined ? {} : { approvedOn: version.approved.on }),
  ...(version.presented === undefined ? {} : { presentedOn: version.presented.meetingDate }),
});
