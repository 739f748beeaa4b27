import { describe, expect, it } from '@jest/globals';
import { Shares } from './shares.js';
import { worldWith } from './test-world.fixture.js';

describe('a large world', () => {
  const shares = new Shares();
  let pieces = 0;
  for (const { commands } of shares.counting(worldWith({ cases: 2500, municipalities: 8 })))
    pieces += commands.length;

  /** Points of percent; the rare ones are told by a few hundred cases. */
  it.each([
    ['dismissed', 3],
    ['reviewedLate', 1],
    ['withMeasures', 5],
    ['underInvestigation', 5],
    ['investigatedLate', 3],
    ['leadToMeasures', 5],
    ['petitioned', 0.8],
    ['byPolice', 3],
    ['advice', 4],
  ] as const)('has the national share of «%s», within %s points', (name, points) => {
    const share = shares.list().find((one) => one.name === name);
    expect(share?.whole).toBeGreaterThan(500);
    const here = ((share?.part ?? 0) / (share?.whole ?? 1)) * 100;
    expect(Math.abs(here - (share?.national ?? 0) * 100)).toBeLessThan(points);
  });

  it('loses nothing while it is counted', () => {
    expect(pieces).toBeGreaterThan(30_000);
  });

  it('is told about in a table, each share with a source', () => {
    expect(shares.lines()).toHaveLength(shares.list().length + 1);
    expect(shares.lines()[1]).toMatch(/^reviewed anew and dismissed +\d\d\.\d % +19\.1 %$/);
    expect(shares.list().every(({ source }) => /SSB|Bufdir/.test(source))).toBe(true);
  });
});
