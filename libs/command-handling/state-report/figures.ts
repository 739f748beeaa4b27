import { figureKey } from '#forlop/domain';
import type {
  LocalDate,
  ReportedFigures,
  StateReportEvent,
  StateReportKey,
  SuppressedCell,
} from '#forlop/domain';
import type { Loaded } from '../stream.js';

/** What is to be counted for a report. */
export interface FiguresAsked extends StateReportKey {
  /** The day the report is made: the period of a year that runs still ends on it. */
  readonly on: LocalDate;
  /** Keys of figures that an earlier version hid: they stay hidden. */
  readonly besides: ReadonlySet<string>;
}

/** Figures, suppressed, and where in the store they were taken. */
export interface FiguresTaken extends ReportedFigures {
  readonly asOf: { readonly storeId: string; readonly position: string; readonly lastEventId?: string };
}

/** Counts by the read models, which commands do not know: whoever binds the two gives this. */
export type CountFigures = (asked: FiguresAsked) => Promise<FiguresTaken>;

/** What any version of the report hid so far. */
export const hiddenSoFar = ({ events }: Pick<Loaded<unknown>, 'events'>): ReadonlySet<string> =>
  new Set(
    events.flatMap(({ event }) => {
      const recorded = event as StateReportEvent;
      return recorded.type === 'StateReportGenerated' ? recorded.data.suppressedCells.map(keyOf) : [];
    }),
  );

const keyOf = ({ indicator, part }: SuppressedCell): string => figureKey(indicator, part);
