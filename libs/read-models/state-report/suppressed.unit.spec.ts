import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Counted } from '#forlop/domain';
import { reportFigures, unfitFigures } from '#forlop/domain';
import { anyHistory } from './histories.fixture.js';
import { naiveFigures } from './naive.fixture.js';

/** Figures of several municipalities taken together: every sum between them still holds. */
function together(all: readonly ReadonlyMap<string, Counted>[]): Map<string, Counted> {
  const sums = new Map<string, Counted>();
  for (const [key, { numerator, denominator = 0, median }] of all.flatMap((figures) => [...figures])) {
    const before = sums.get(key);
    sums.set(key, {
      numerator: (before?.numerator ?? 0) + numerator,
      denominator: (before?.denominator ?? 0) + denominator,
      ...(median === undefined ? {} : { median }),
    });
  }
  return sums;
}

describe('the figures of any municipality', () => {
  it('may leave the service once they are suppressed, whatever they are', () => {
    fc.assert(
      fc.property(fc.array(anyHistory, { minLength: 1, maxLength: 6 }), (histories) => {
        const figures = reportFigures(together(histories.map((history) => naiveFigures(history, 2026))));
        expect(unfitFigures(figures)).toEqual([]);
      }),
      { numRuns: 150 },
    );
  }, 60_000);

  it('still may when a report of before hid others', () => {
    fc.assert(
      fc.property(anyHistory, anyHistory, (before, after) => {
        const { suppressedCells } = reportFigures(naiveFigures(before, 2026));
        const hidden = suppressedCells.map(({ indicator, part }) =>
          part ? `${indicator}.${part}` : indicator,
        );
        expect(unfitFigures(reportFigures(naiveFigures(after, 2026), new Set(hidden)))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  }, 60_000);
});
