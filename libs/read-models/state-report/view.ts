/** A report as it is shown, whatever the form: JSON, CSV or a page. Pure. */
import type {
  IndicatorId,
  LocalDate,
  ReportedFigure,
  ReportedFigures,
  ReportedIndicator,
} from '#forlop/domain';
import { figureKey, INDICATORS, NOT_YET_COMPUTABLE, partDefinition, valueOf } from '#forlop/domain';
import type { FigureDefinition } from '#forlop/domain';
import type { ReportStatus } from './reports.js';

/** What a report's figures are taken from, and what is to be shown beside them. */
export interface ReportSource {
  readonly municipality: string;
  readonly year: number;
  readonly figures: ReportedFigures;
  readonly asOf: { readonly storeId: string; readonly position: string; readonly lastEventId?: string };
  readonly from: LocalDate;
  readonly until: LocalDate;
  readonly view: 'reported' | 'known';
  readonly status?: ReportStatus;
  readonly generatedOn?: LocalDate;
  readonly approvedOn?: LocalDate;
  readonly presentedOn?: LocalDate;
  readonly textChapters?: Readonly<Record<string, string | undefined>>;
  /** The other view of the same year, to tell what differs. */
  readonly other?: ReportedFigures;
  /** Versions of the same report that were generated before this one, oldest first: each is answered from its own pin. */
  readonly earlier?: readonly ReportSource[];
  /** Figures of other years, as reported. */
  readonly years?: readonly { readonly year: number; readonly figures: ReportedFigures }[];
}

/** A figure to show. Of a hidden one every number is null. */
export interface ShownFigure {
  readonly numerator: number | null;
  readonly denominator: number | null;
  readonly value: number | null;
  readonly suppressed: boolean;
}

export interface ShownPart extends ShownFigure {
  readonly key: string;
  readonly name: string;
  readonly kind: FigureDefinition['kind'];
}

export interface ShownIndicator extends ShownFigure {
  readonly id: IndicatorId;
  readonly name: string;
  readonly kind: FigureDefinition['kind'];
  readonly parts?: readonly ShownPart[];
}

/** A figure that is another in the other view. */
export interface Difference {
  readonly id: IndicatorId;
  readonly part?: string;
  readonly reported: ShownFigure;
  readonly known: ShownFigure;
}

export interface ReportView {
  readonly municipality: string;
  readonly year: number;
  readonly view: 'reported' | 'known';
  readonly status: ReportStatus | null;
  readonly generatedOn: LocalDate | null;
  readonly approvedOn: LocalDate | null;
  readonly presentedOn: LocalDate | null;
  readonly period: { readonly from: LocalDate; readonly to: LocalDate };
  readonly asOf: ReportSource['asOf'];
  readonly indicators: readonly ShownIndicator[];
  readonly notYetComputable: readonly { readonly id: string; readonly reason: string }[];
  readonly differences: readonly Difference[];
  readonly textChapters: Readonly<Record<string, string>>;
  readonly earlierVersions: readonly VersionView[];
}

/** An earlier version, as it was reported. */
export type VersionView = Pick<
  ReportView,
  'status' | 'generatedOn' | 'approvedOn' | 'presentedOn' | 'period' | 'asOf' | 'indicators'
>;

const versionOf = (source: ReportSource): VersionView => ({
  status: source.status ?? null,
  generatedOn: source.generatedOn ?? null,
  approvedOn: source.approvedOn ?? null,
  presentedOn: source.presentedOn ?? null,
  period: { from: source.from, to: source.until },
  asOf: source.asOf,
  indicators: source.figures.indicators.map(shownIndicator),
});

export function viewOf(source: ReportSource): ReportView {
  const { municipality, year, view, figures, other } = source;
  const sides = view === 'reported' ? [figures, other] : [other, figures];
  const [reported, known] = sides;
  return {
    municipality,
    year,
    view,
    ...versionOf(source),
    notYetComputable: Object.entries(NOT_YET_COMPUTABLE).map(([id, reason]) => ({ id, reason })),
    differences: reported === undefined || known === undefined ? [] : differencesBetween(reported, known),
    textChapters: Object.fromEntries(
      Object.entries(source.textChapters ?? {}).flatMap(([chapter, text]) =>
        text === undefined ? [] : [[chapter, text]],
      ),
    ),
    earlierVersions: (source.earlier ?? []).map(versionOf),
  };
}

export const shownFigure = (figure: ReportedFigure): ShownFigure =>
  figure.suppressed
    ? { numerator: null, denominator: null, value: null, suppressed: true }
    : {
        numerator: figure.numerator ?? null,
        denominator: figure.denominator ?? null,
        value: valueOf(figure),
        suppressed: false,
      };

function shownIndicator({ parts, ...main }: ReportedIndicator): ShownIndicator {
  const { name, kind } = INDICATORS[main.id];
  return {
    id: main.id,
    name,
    kind,
    ...shownFigure(main),
    ...(parts === undefined
      ? {}
      : {
          parts: parts.map(({ key, ...figure }) => {
            const definition = partDefinition(main.id, key);
            return {
              key,
              name: definition?.name ?? key,
              kind: definition?.kind ?? 'COUNT',
              ...shownFigure(figure),
            };
          }),
        }),
  };
}

/** The figures that differ, in the order of the report. A figure that only one side has is 0, or nothing, in the other. */
export function differencesBetween(reported: ReportedFigures, known: ReportedFigures): readonly Difference[] {
  const [before, now] = [byKey(reported), byKey(known)];
  const keys = [...new Set([...before.keys(), ...now.keys()])];
  return keys.flatMap((key) => {
    const [was, is] = [before.get(key) ?? NONE, now.get(key) ?? NONE];
    const [id, part] = key.split('.', 2) as [IndicatorId, string?];
    const [shownWas, shownIs] = [shownFigure(was), shownFigure(is)];
    return JSON.stringify(shownWas) === JSON.stringify(shownIs)
      ? []
      : [{ id, ...(part === undefined ? {} : { part }), reported: shownWas, known: shownIs }];
  });
}

const NONE: ReportedFigure = { numerator: 0, suppressed: false };

const byKey = ({ indicators }: ReportedFigures): ReadonlyMap<string, ReportedFigure> =>
  new Map(
    indicators.flatMap(({ id, parts = [], ...main }): [string, ReportedFigure][] => [
      [figureKey(id), main],
      ...parts.map(({ key, ...figure }): [string, ReportedFigure] => [figureKey(id, key), figure]),
    ]),
  );
