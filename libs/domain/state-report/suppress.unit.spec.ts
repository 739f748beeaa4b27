import { describe, expect, it } from '@jest/globals';
import { isSmallShare, leaksOf, suppress, isSmall, type CountTable, type Sum } from './suppress.js';

/** Every way to give `length` cells a count from 0 to `most`. */
function* worlds(length: number, most: number): Generator<number[]> {
  if (length === 0) {
    yield [];
    return;
  }
  for (const rest of worlds(length - 1, most)) for (let n = 0; n <= most; n += 1) yield [...rest, n];
}

/** Parts and their total, each a figure of its own. */
function breakdown(counts: readonly number[]): CountTable {
  const parts = counts.map((_, index) => `p${index}`);
  const all = [...counts, counts.reduce((sum, n) => sum + n, 0)];
  const names = [...parts, 'total'];
  return {
    cells: new Map(names.map((name, index) => [name, all[index] ?? 0])),
    figures: names.map((name, index) => ({ key: name, tells: [name], small: isSmall(all[index] ?? 0) })),
    sums: [{ total: 'total', parts }],
  };
}

/** As children with measures are reported: all, those at the end, the share of all at home, the share of the end with a plan. */
function linked([all = 0, end = 0, home = 0, plan = 0]: readonly number[]): CountTable {
  return {
    cells: new Map([
      ['all', all],
      ['end', end],
      ['home', home],
      ['plan', plan],
      ['all-end', all - end],
      ['all-home', all - home],
      ['end-plan', end - plan],
    ]),
    figures: [
      { key: 'all', tells: ['all'], small: isSmall(all), weight: 2 },
      { key: 'end', tells: ['end'], small: isSmall(end) },
      { key: 'home', tells: ['home', 'all'], small: isSmallShare(home, all), weight: 2 },
      { key: 'plan', tells: ['plan', 'end'], small: isSmallShare(plan, end), weight: 4 },
    ],
    sums: [
      { total: 'all', parts: ['end', 'all-end'] },
      { total: 'all', parts: ['home', 'all-home'] },
      { total: 'end', parts: ['plan', 'end-plan'] },
    ],
  };
}

const view = (table: CountTable, hidden: ReadonlySet<string>): string =>
  JSON.stringify(
    table.figures.map(({ key, tells }) =>
      hidden.has(key) ? '..' : tells.map((cell) => table.cells.get(cell)),
    ),
  );

/** Tables by what a reader is shown of them: to the reader, all of a group are possible. */
function byView(
  tables: Iterable<CountTable>,
): Map<string, { table: CountTable; hidden: ReadonlySet<string> }[]> {
  const groups = new Map<string, { table: CountTable; hidden: ReadonlySet<string> }[]>();
  for (const table of tables) {
    const hidden = suppress(table);
    const key = view(table, hidden);
    groups.set(key, [...(groups.get(key) ?? []), { table, hidden }]);
  }
  return groups;
}

/** Cells that are 1–3 and that only one of the possible tables' counts fits. */
function revealed(group: readonly { table: CountTable }[]): string[] {
  const [first] = group;
  if (first === undefined) return [];
  return [...first.table.cells].flatMap(([cell, count]) => {
    const possible = new Set(group.map(({ table }) => table.cells.get(cell)));
    return isSmall(count) && possible.size === 1 ? [JSON.stringify([...first.table.cells])] : [];
  });
}

/** The same, for a reader who knows the sums and that 0 is shown, but not how the hidden ones are chosen. */
function isTold(table: CountTable, hidden: ReadonlySet<string>, tables: readonly CountTable[]): boolean {
  const shown = view(table, hidden);
  const possible = tables.filter(
    (other) =>
      view(other, hidden) === shown &&
      other.figures.every(
        ({ key, tells }) => !hidden.has(key) || tells.length > 1 || other.cells.get(tells[0] ?? '') !== 0,
      ),
  );
  return [...table.cells].some(
    ([cell, count]) => isSmall(count) && new Set(possible.map(({ cells }) => cells.get(cell))).size === 1,
  );
}

const breakdowns = (length: number, most: number) => [...worlds(length, most)].map(breakdown);
const allLinked = (most: number) =>
  [...worlds(4, most)]
    .filter(([all = 0, end = 0, home = 0, plan = 0]) => end <= all && home <= all && plan <= end)
    .map((counts) => linked(counts));

describe('the suppression of small counts', () => {
  it('shows a table without small counts, and every 0', () => {
    expect([...suppress(breakdown([0, 4, 12]))]).toEqual([]);
  });

  it('hides a small part, and one more when the total would tell it', () => {
    expect([...suppress(breakdown([2, 9, 0, 7]))].sort()).toEqual(['p0', 'p3']);
  });

  it('hides the total when there is nothing else to hide', () => {
    expect([...suppress(breakdown([2, 0]))].sort()).toEqual(['p0', 'total']);
  });

  it('does not let the total tell that two hidden parts are 1 each', () => {
    expect([...suppress(breakdown([1, 1, 6]))].sort()).toEqual(['p0', 'p1', 'p2']);
  });

  it('hides a share whose numerator, denominator or difference is small', () => {
    expect([isSmallShare(2, 9), isSmallShare(0, 3), isSmallShare(9, 12)]).toEqual([true, true, true]);
    expect([isSmallShare(0, 9), isSmallShare(9, 9), isSmallShare(4, 8), isSmallShare(0, 0)]).toEqual([
      false,
      false,
      false,
      false,
    ]);
  });

  it('protects what is left of a total although no figure shows it', () => {
    const table: CountTable = {
      cells: new Map([
        ['all', 10],
        ['some', 8],
        ['rest', 2],
      ]),
      figures: [
        { key: 'all', tells: ['all'], small: false, weight: 2 },
        { key: 'some', tells: ['some'], small: false },
      ],
      sums: [{ total: 'all', parts: ['some', 'rest'] }],
    };
    expect([...suppress(table)]).toEqual(['some']);
  });

  it('keeps hidden what an earlier version did not show, but never a 0', () => {
    expect([...suppress(breakdown([5, 9, 0]), new Set(['p0', 'p2']))].sort()).toEqual(['p0', 'p1']);
  });
});

describe('by every small table', () => {
  it.each([
    [2, 12],
    [3, 10],
    [4, 9],
  ])(
    'of %i parts from 0 to %i, what is shown fits more than one count wherever one is small',
    (length, most) => {
      const groups = byView(breakdowns(length, most));
      // Tables at the upper edge lack neighbours that the reader would reckon with.
      const inside = [...groups.values()].filter((group) =>
        group.every(({ table }) => [...table.cells].every(([cell, n]) => cell === 'total' || n <= most - 4)),
      );
      expect(inside.length).toBeGreaterThan(40);
      expect(inside.flatMap(revealed)).toEqual([]);
    },
  );

  it('of counts and shares that hang together, what is shown fits more than one count wherever one is small', () => {
    const most = 11;
    const groups = byView(allLinked(most));
    const inside = [...groups.values()].filter((group) =>
      group.every(({ table }) => (table.cells.get('all') ?? 0) < most),
    );
    expect(inside.length).toBeGreaterThan(200);
    expect(inside.flatMap(revealed)).toEqual([]);
  });

  it('nothing is hidden that need not be: no smaller choice around the small figures is safe', () => {
    const tables = breakdowns(3, 7);
    for (const table of tables) {
      const hidden = suppress(table);
      const forced = table.figures.filter(({ small }) => small).map(({ key }) => key);
      // Two hidden counts of 3 are told by their sum to a reader who sees that neither is hidden for another's sake.
      const threes = forced.filter((key) => table.cells.get(key) === 3);
      if (threes.length > 1 && threes.length === forced.length) continue;
      for (const fewer of choices(
        table.figures.map(({ key }) => key),
        forced,
        hidden.size - 1,
      )) {
        expect({ table: [...table.cells], fewer, safe: leaksOf(table, new Set(fewer)).length === 0 }).toEqual(
          {
            table: [...table.cells],
            fewer,
            safe: false,
          },
        );
      }
    }
  });

  it('the leaks that are seen are those that there are, and a rest of 1–3', () => {
    const tables = breakdowns(3, 7);
    for (const table of tables.filter(({ cells }) => [...cells.values()].every((n) => n <= 6))) {
      const forced = table.figures.filter(({ small }) => small).map(({ key }) => key);
      for (const hidden of choices(['p0', 'p1', 'p2', 'total'], forced, 4)) {
        if (isTold(table, new Set(hidden), tables)) {
          expect({ counts: [...table.cells], hidden, leaks: leaksOf(table, new Set(hidden)).length }).toEqual(
            {
              counts: [...table.cells],
              hidden,
              leaks: 1,
            },
          );
        }
      }
    }
  });

  it('an order of the same sums says the same', () => {
    for (const table of breakdowns(3, 6)) {
      const turned: readonly Sum[] = table.sums.map(({ total, parts }) => ({ total, parts: [...parts] }));
      expect([...suppress({ ...table, sums: turned })]).toEqual([...suppress(table)]);
    }
  });
});

/** Sets of at most `most` keys that hold the forced ones. */
function choices(keys: readonly string[], forced: readonly string[], most: number): string[][] {
  const free = keys.filter((key) => !forced.includes(key));
  return Array.from({ length: 2 ** free.length }, (_, bits) => [
    ...forced,
    ...free.filter((__, index) => (bits >> index) % 2 === 1),
  ]).filter((set) => set.length <= most);
}
