/**
 * Suppression («prikking») of small counts, pure and over any tables (model.md section 11): 0 is shown, a figure of 1–3 is not,
 * and so much more is hidden that no sums or differences of what is shown give a hidden count away.
 *
 * The reader is taken to know every sum between the cells, that counts are whole and not negative, that a count of 0 is
 * always shown, and this rule itself. What is hidden besides the small figures follows a fixed order and not the sizes of the
 * counts: an order by size would tell such a reader which of two hidden counts is the small one.
 */

/** The total of cells. A cell that no figure shows (what is left of a total) is one like the others. */
export interface Sum {
  readonly total: string;
  readonly parts: readonly string[];
}

/** A figure of a table: shown or hidden as a whole. */
export interface TableFigure {
  readonly key: string;
  /** The cells whose counts it tells when it is shown. One that is not known by its count (a median) tells none. */
  readonly tells: readonly string[];
  /** A number of its own, or the difference of its two, is 1–3. */
  readonly small: boolean;
  /** What it costs to hide it; 1 if not given. */
  readonly weight?: number;
}

export interface CountTable {
  readonly cells: ReadonlyMap<string, number>;
  readonly figures: readonly TableFigure[];
  readonly sums: readonly Sum[];
}

const SMALLEST_SHOWN = 4;

/** A count that could point to a child. */
export const isSmall = (count: number): boolean => count > 0 && count < SMALLEST_SHOWN;

/** Whether a numerator, a denominator or the difference between them is small. */
export const isSmallShare = (numerator: number, denominator: number): boolean =>
  [numerator, denominator, Math.abs(denominator - numerator)].some(isSmall);

/**
 * Keys of the figures to hide. `besides`: figures that stay hidden whatever they are now, because an earlier version of the
 * table did not show them; a figure whose cells are all 0 is shown all the same.
 */
export function suppress(table: CountTable, besides: ReadonlySet<string> = new Set()): ReadonlySet<string> {
  const isZero = ({ tells }: TableFigure) =>
    tells.length > 0 && tells.every((cell) => table.cells.get(cell) === 0);
  const hidden = new Set(
    table.figures
      .filter((figure) => figure.small || (besides.has(figure.key) && !isZero(figure)))
      .map(({ key }) => key),
  );
  for (;;) {
    const [leak] = leaksIn(table, hidden);
    if (leak === undefined) return hidden;
    for (const key of smallestCure(table, hidden, leak)) hidden.add(key);
  }
}

/**
 * Sums by which a hidden count can be told although the figures of `hidden` are not shown; `[]` when the table is safe.
 * Looks at the shown counts alone, so that a table that came without the hidden ones can be judged.
 */
export const leaksOf = (table: CountTable, hidden: ReadonlySet<string>): readonly Sum[] => {
  const shown = table.figures.filter(({ key }) => !hidden.has(key)).flatMap(({ tells }) => tells);
  const cells = new Map([...table.cells].filter(([cell]) => shown.includes(cell)));
  return leaksIn({ ...table, cells }, hidden);
};

function leaksIn({ cells, figures, sums }: CountTable, hidden: ReadonlySet<string>): readonly Sum[] {
  const shown = figures.filter(({ key }) => !hidden.has(key));
  const known = new Set(shown.flatMap(({ tells }) => tells));
  const atLeastOne = new Set(
    figures.flatMap(({ key, tells }) => (hidden.has(key) && tells.length === 1 ? tells : [])),
  );
  const ranges = narrowed(sums, (cell) => {
    const count = cells.get(cell);
    return known.has(cell) && count !== undefined
      ? { least: count, most: count }
      : { least: atLeastOne.has(cell) ? 1 : 0, most: Number.POSITIVE_INFINITY };
  });
  const isTold = (cell: string) => {
    const range = ranges.get(cell);
    return known.has(cell) || (range !== undefined && range.least === range.most);
  };
  const told = new Set(
    figures
      .filter(({ key, tells }) => hidden.has(key) && tells.length > 0 && tells.every(isTold))
      .flatMap(({ tells }) => tells),
  );
  return sums.filter((sum) => {
    const own = [sum.total, ...sum.parts];
    if (own.some((cell) => !known.has(cell) && isTold(cell) && isSmall(ranges.get(cell)?.least ?? 0)))
      return true;
    return own.some((cell) => told.has(cell)) || isNarrow(sum, { ranges, isTold, atLeastOne, cells });
  });
}

interface Range {
  readonly least: number;
  readonly most: number;
}

interface Reader {
  readonly ranges: ReadonlyMap<string, Range>;
  readonly isTold: (cell: string) => boolean;
  /** Hidden counts of their own: not 0, since that would be shown. */
  readonly atLeastOne: ReadonlySet<string>;
  /** The counts themselves, as far as they are at hand. */
  readonly cells: ReadonlyMap<string, number>;
}

/**
 * Whether what the untold parts come to together says too much. It is small itself; or each of them is 3, and a reader who
 * sees that none is hidden for the sake of another knows that it cannot be more. And where no other part is shown, it must lie
 * so far above the least that they can be that a hidden total does not mean the least.
 */
function isNarrow({ total, parts }: Sum, { ranges, isTold, atLeastOne, cells }: Reader): boolean {
  const countOf = (cell: string) => ranges.get(cell)?.least ?? 0;
  const untold = parts.filter((part) => !isTold(part));
  if (!isTold(total) || untold.length === 0) return false;
  const told = parts.filter(isTold).map(countOf);
  const rest = told.reduce((left, count) => left - count, countOf(total));
  if (isSmall(rest)) return true;
  const hidden = untold.filter((part) => atLeastOne.has(part)).length;
  if (hidden < untold.length || hidden < 2) return false;
  const alone = told.every((count) => count === 0);
  return untold.every((part) => cells.get(part) === SMALLEST_SHOWN - 1) || (alone && rest < hidden + 2);
}

/**
 * The range that each cell can have, by every sum again and again until nothing narrows. Exact for sums of which no two
 * share more than one cell and none lead round in a circle.
 */
function narrowed(sums: readonly Sum[], startOf: (cell: string) => Range): ReadonlyMap<string, Range> {
  const ranges = new Map<string, Range>();
  for (const { total, parts } of sums) {
    for (const cell of [total, ...parts]) ranges.set(cell, startOf(cell));
  }
  let moved = true;
  const narrow = (cell: string, { least, most }: Range) => {
    const before = ranges.get(cell) ?? { least: 0, most: Number.POSITIVE_INFINITY };
    const after = { least: Math.max(before.least, least), most: Math.min(before.most, most) };
    if (after.least === before.least && after.most === before.most) return;
    ranges.set(cell, after);
    moved = true;
  };
  while (moved) {
    moved = false;
    for (const sum of sums) narrowSum(sum, (cell) => ranges.get(cell) ?? startOf(cell), narrow);
  }
  return ranges;
}

function narrowSum(
  { total, parts }: Sum,
  rangeOf: (cell: string) => Range,
  narrow: (cell: string, range: Range) => void,
): void {
  const over = (cells: readonly string[], end: keyof Range) =>
    cells.reduce((sum, cell) => sum + rangeOf(cell)[end], 0);
  narrow(total, { least: over(parts, 'least'), most: over(parts, 'most') });
  for (const part of parts) {
    const others = parts.filter((other) => other !== part);
    const { least, most } = rangeOf(total);
    const othersMost = over(others, 'most');
    narrow(part, {
      least: othersMost === Number.POSITIVE_INFINITY ? 0 : least - othersMost,
      most: most - over(others, 'least'),
    });
  }
}

/** Figures that together tell a cell: to hide the cell is to hide them all. */
interface Cure {
  readonly keys: readonly string[];
  readonly weight: number;
}

/** The least that closes a leak: one more cell of its sums, else two; the last of the table when they cost the same. */
function smallestCure(table: CountTable, hidden: ReadonlySet<string>, leak: Sum): readonly string[] {
  const joined = sumsAround(table.sums, leak);
  const cures = curesIn(table, hidden, joined);
  const pairs = cures.flatMap((one, index) => cures.slice(index + 1).map((other) => both(table, one, other)));
  for (const tried of [cures, pairs]) {
    const cheapest = [...tried]
      .sort((a, b) => a.weight - b.weight)
      .find(({ keys }) => {
        const left = leaksIn(table, new Set([...hidden, ...keys]));
        return !left.some((sum) => joined.includes(sum));
      });
    if (cheapest !== undefined) return cheapest.keys;
  }
  // Where not even two cells suffice, everything that the leak touches is hidden.
  return cures.length > 0 ? cures.flatMap(({ keys }) => keys) : impossible();
}

/** The leaking sum and all that hang together with it by shared cells. */
function sumsAround(sums: readonly Sum[], leak: Sum): readonly Sum[] {
  const joined = new Set([leak]);
  for (const one of joined) {
    const cells = [one.total, ...one.parts];
    for (const other of sums) {
      if ([other.total, ...other.parts].some((cell) => cells.includes(cell))) joined.add(other);
    }
  }
  return [...joined];
}

function curesIn({ cells, figures }: CountTable, hidden: ReadonlySet<string>, sums: readonly Sum[]): Cure[] {
  const own = new Set(sums.flatMap(({ total, parts }) => [...parts].reverse().concat(total)));
  return [...own].flatMap((cell) => {
    if (cells.get(cell) === 0) return [];
    const telling = figures.filter(({ key, tells }) => !hidden.has(key) && tells.includes(cell));
    return telling.length === 0 ? [] : [{ keys: telling.map(({ key }) => key), weight: weigh(telling) }];
  });
}

const weigh = (figures: readonly TableFigure[]): number =>
  figures.reduce((sum, { weight = 1 }) => sum + weight, 0);

function both({ figures }: CountTable, one: Cure, other: Cure): Cure {
  const keys = [...new Set([...one.keys, ...other.keys])];
  return { keys, weight: weigh(figures.filter(({ key }) => keys.includes(key))) };
}

function impossible(): never {
  throw new RangeError('A hidden count is told by figures that cannot be hidden');
}
