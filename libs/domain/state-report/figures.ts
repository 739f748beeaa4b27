/** A report's figures: counted, suppressed, and judged whether they may leave the service. Pure. */
import {
  INDICATOR_IDS,
  INDICATORS,
  partDefinition,
  PROVISION_KEY,
  TOTALS,
  type FigureDefinition,
  type IndicatorId,
} from './indicators.js';
import {
  isSmall,
  isSmallShare,
  leaksOf,
  suppress,
  type CountTable,
  type Sum,
  type TableFigure,
} from './suppress.js';

/** The numbers of a figure. Of `DAYS`, `numerator` is how many the median is of: it is never shown. */
export interface Counted {
  readonly numerator: number;
  readonly denominator?: number;
  /** Days, whole or half; absent where there is nothing to take it of. */
  readonly median?: number;
}

/** Figures by key: `Q14` of an indicator, `Q14.INGEN_EFFEKT` of a part of it. What is absent is 0. */
export type CountedFigures = ReadonlyMap<string, Counted>;

/** A figure as it leaves the service: without any number when it is suppressed. */
export interface ReportedFigure {
  readonly numerator?: number;
  readonly denominator?: number;
  /** Days as text, for a `DAYS` figure: `12` or `12.5`. */
  readonly medianDays?: string;
  readonly suppressed: boolean;
}

export interface ReportedIndicator extends ReportedFigure {
  readonly id: IndicatorId;
  readonly parts?: readonly (ReportedFigure & { readonly key: string })[];
}

export interface SuppressedCell {
  readonly indicator: IndicatorId;
  readonly part?: string;
}

export interface ReportedFigures {
  readonly indicators: readonly ReportedIndicator[];
  readonly suppressedCells: readonly SuppressedCell[];
}

export const figureKey = (id: IndicatorId, part?: string): string =>
  part === undefined ? id : `${id}.${part}`;

/** What is looked after most is hidden last for the sake of another: the law's own indicators, then main figures, then parts. */
const FOREMOST: readonly IndicatorId[] = ['Q5', 'Q9', 'Q10'];
const weightOf = (id: IndicatorId, part: string | undefined): number =>
  part !== undefined ? 1 : FOREMOST.includes(id) ? 4 : 2;

interface Placed {
  readonly id: IndicatorId;
  readonly part?: string;
  readonly key: string;
  readonly definition: FigureDefinition;
}

/** Every figure of a report, parts after their indicator; `keys` brings parts that only some reports have. */
function placedFigures(keys: Iterable<string>): readonly Placed[] {
  const given = [...keys];
  return INDICATOR_IDS.flatMap((id): Placed[] => {
    const fixed = Object.keys(INDICATORS[id].parts ?? {});
    const own = given.filter((key) => key.startsWith(`${id}.`)).map((key) => key.slice(id.length + 1));
    const parts = [...new Set([...fixed, ...own.sort()])];
    return [
      { id, key: id, definition: INDICATORS[id] },
      ...parts.flatMap((part) => {
        const definition = partDefinition(id, part);
        return definition === undefined ? [] : [{ id, part, key: figureKey(id, part), definition }];
      }),
    ];
  });
}

const NOTHING: Counted = { numerator: 0 };

/**
 * Suppresses a report's figures as one table: small figures, and what would give them away.
 * @param besides keys that stay hidden because the report as presented hid them
 */
export function reportFigures(
  counted: CountedFigures,
  besides: ReadonlySet<string> = new Set(),
): ReportedFigures {
  const placed = placedFigures(counted.keys());
  const table = tableOf(placed, (key) => counted.get(key));
  const zeros = table.figures.flatMap(({ tells }) => tells).map((cell): [string, number] => [cell, 0]);
  const hidden = withCompanions(
    placed,
    suppress({ ...table, cells: new Map([...zeros, ...table.cells]) }, besides),
  );
  const shownOf = ({ key, definition }: Placed): ReportedFigure =>
    hidden.has(key) ? { suppressed: true } : shown(definition, counted.get(key) ?? NOTHING);
  const indicators = INDICATOR_IDS.map((id) => {
    const own = placed.filter((figure) => figure.id === id);
    const parts = own.flatMap((figure) =>
      figure.part === undefined ? [] : [{ key: figure.part, ...shownOf(figure) }],
    );
    const [main] = own.filter(({ part }) => part === undefined).map(shownOf);
    return { id, ...(main ?? { suppressed: true }), ...(parts.length === 0 ? {} : { parts }) };
  });
  return { indicators, suppressedCells: cellsOf(placed.filter(({ key }) => hidden.has(key))) };
}

/**
 * Figures that give each other away although no sum of `TOTALS` joins them: where one of `any` is hidden, `all` are. A median
 * that is hidden beside one of nothing says that it is of one or more, and the medians together are of all that ended. And every
 * refusal has a provision, so the provisions' counts say how many refusals there are.
 */
function companions(
  placed: readonly Placed[],
): readonly { any: readonly string[]; all: readonly string[] }[] {
  const medians = placed.filter(({ id, part }) => id === 'Q17' && part !== undefined).map(({ key }) => key);
  const provisions = placed.filter(({ id, part }) => id === 'Q22' && PROVISION_KEY.test(part ?? ''));
  const all = provisions.map(({ key }) => key);
  return [
    { any: medians, all: medians },
    { any: [figureKey('Q22', 'DELVIS'), figureKey('Q22', 'NEKTET'), ...all], all },
  ];
}

function withCompanions(placed: readonly Placed[], hidden: ReadonlySet<string>): ReadonlySet<string> {
  const more = companions(placed).flatMap(({ any, all }) => (any.some((key) => hidden.has(key)) ? all : []));
  return new Set([...hidden, ...more]);
}

const cellsOf = (placed: readonly Placed[]): readonly SuppressedCell[] =>
  placed.map(({ id, part }) => ({ indicator: id, ...(part === undefined ? {} : { part }) }));

function shown({ kind }: FigureDefinition, { numerator, denominator = 0, median }: Counted): ReportedFigure {
  if (kind === 'COUNT') return { numerator, suppressed: false };
  if (kind === 'SHARE') return { numerator, denominator, suppressed: false };
  return { ...(median === undefined ? {} : { medianDays: String(median) }), suppressed: false };
}

/** `countedOf` gives nothing for a figure whose numbers are not at hand. */
function tableOf(placed: readonly Placed[], countedOf: (key: string) => Counted | undefined): CountTable {
  const cells = new Map<string, number>();
  const figures = placed.map(({ id, part, key, definition }): TableFigure => {
    const figure = { key, tells: definition.cells, weight: weightOf(id, part) };
    const counted = countedOf(key);
    if (counted === undefined) return { ...figure, small: false };
    const { numerator, denominator = 0 } = counted;
    const [first, second] = definition.cells;
    if (first !== undefined) cells.set(first, numerator);
    if (second !== undefined) cells.set(second, denominator);
    const small = definition.kind === 'SHARE' ? isSmallShare(numerator, denominator) : isSmall(numerator);
    return { ...figure, small };
  });
  return { cells, figures, sums: sumsOver(cells) };
}

/** The sums of `TOTALS`; the cell of what is left of a total is filled in where the rest is known. */
function sumsOver(cells: Map<string, number>): readonly Sum[] {
  return TOTALS.map(({ total, parts, rest }) => {
    if (!rest) return { total, parts };
    const left = `${total}-${parts.join('-')}`;
    const [all, ...counts] = [total, ...parts].map((cell) => cells.get(cell));
    if (all !== undefined && counts.every((count) => count !== undefined)) {
      cells.set(
        left,
        counts.reduce<number>((sum, count) => sum - (count ?? 0), all),
      );
    }
    return { total, parts: [...parts, left] };
  });
}

/** What keeps figures from leaving the service; `[]` when they may. */
export type Unfit =
  | { readonly problem: 'small'; readonly key: string }
  | { readonly problem: 'told'; readonly key: string }
  | { readonly problem: 'not-listed'; readonly key: string }
  | { readonly problem: 'unknown'; readonly key: string };

/**
 * Judges figures by what they show alone: no small count or difference among them, none that the others give away, and the
 * list of suppressed cells says which they are.
 */
export function unfitFigures({ indicators, suppressedCells }: ReportedFigures): readonly Unfit[] {
  const all = indicators.flatMap(({ id, parts = [], ...main }) => [
    { key: figureKey(id), figure: main },
    ...parts.map(({ key, ...figure }) => ({ key: figureKey(id, key), figure: figure })),
  ]);
  const given = new Map(all.map(({ key, figure }) => [key, figure]));
  const placed = placedFigures(given.keys());
  const known = new Set(placed.map(({ key }) => key));
  const listed = new Set(suppressedCells.map(({ indicator, part }) => figureKey(indicator, part)));
  const hidden = new Set(
    placed.filter(({ key }) => given.get(key)?.suppressed !== false).map(({ key }) => key),
  );
  const table = tableOf(placed, (key) => {
    const figure = given.get(key);
    if (figure === undefined || hidden.has(key)) return undefined;
    return { numerator: figure.numerator ?? 0, denominator: figure.denominator ?? 0 };
  });
  return [
    ...[...given.keys()]
      .filter((key) => !known.has(key))
      .map((key) => ({ problem: 'unknown', key }) as const),
    ...table.figures
      .filter(({ key, small }) => small && !hidden.has(key))
      .map(({ key }) => ({ problem: 'small', key }) as const),
    ...all
      .filter(
        ({ key, figure }) =>
          figure.suppressed !== listed.has(key) || (figure.suppressed && hasNumber(figure)),
      )
      .map(({ key }) => ({ problem: 'not-listed', key }) as const),
    ...leaksOf(table, hidden).map(({ total }) => ({ problem: 'told', key: total }) as const),
    ...[...withCompanions(placed, hidden)]
      .filter((key) => !hidden.has(key))
      .map((key) => ({ problem: 'told', key }) as const),
  ];
}

const hasNumber = ({ numerator, denominator, medianDays }: ReportedFigure): boolean =>
  numerator !== undefined || denominator !== undefined || medianDays !== undefined;

/** The one number of a shown figure: a count, a share from 0 to 1, or days; null where it is hidden or of nothing. */
export function valueOf({ numerator, denominator, medianDays, suppressed }: ReportedFigure): number | null {
  if (suppressed) return null;
  if (medianDays !== undefined) return Number(medianDays);
  if (denominator !== undefined) return denominator === 0 ? null : (numerator ?? 0) / denominator;
  return numerator ?? null;
}
