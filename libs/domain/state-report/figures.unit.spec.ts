import { describe, expect, it } from '@jest/globals';
import { reportFigures, unfitFigures, valueOf, type Counted, type ReportedFigures } from './figures.js';
import { INDICATOR_IDS, partDefinition } from './indicators.js';

/** Ended measures by reason, and what Q14 says of the same. */
function ended(byReason: Readonly<Record<string, number>>): Map<string, Counted> {
  const all = Object.values(byReason).reduce((sum, n) => sum + n, 0);
  return new Map<string, Counted>([
    ['Q14', { numerator: byReason['MAL_NADD'] ?? 0, denominator: all }],
    ['Q14.INGEN_EFFEKT', { numerator: byReason['INGEN_EFFEKT'] ?? 0, denominator: all }],
    ['Q15', { numerator: all }],
    ...Object.entries(byReason).map(([reason, n]): [string, Counted] => [`Q15.${reason}`, { numerator: n }]),
  ]);
}

const hiddenKeys = ({ suppressedCells }: ReportedFigures): string[] =>
  suppressedCells.map(({ indicator, part }) => (part === undefined ? indicator : `${indicator}.${part}`));

const figureOf = ({ indicators }: ReportedFigures, id: string, part?: string) => {
  const indicator = indicators.find((one) => one.id === id);
  return part === undefined ? indicator : indicator?.parts?.find(({ key }) => key === part);
};

describe('the figures of a report', () => {
  it('are there for every indicator that can be counted, 0 where nothing was', () => {
    const report = reportFigures(new Map());
    expect(report.indicators.map(({ id }) => id)).toEqual(INDICATOR_IDS);
    expect(figureOf(report, 'Q1')).toEqual({ id: 'Q1', numerator: 0, suppressed: false });
    expect(figureOf(report, 'Q5')).toEqual({ id: 'Q5', numerator: 0, denominator: 0, suppressed: false });
    expect(figureOf(report, 'Q16')).toEqual({ id: 'Q16', suppressed: false });
    expect(report.suppressedCells).toEqual([]);
  });

  it('hide every median of a group when one is of too few: beside one of nothing it would say of how many', () => {
    const report = reportFigures(
      new Map<string, Counted>([
        ...ended({ MAL_NADD: 5 }),
        ['Q17', { numerator: 5, median: 80 }],
        ['Q17.3', { numerator: 4, median: 90 }],
        ['Q17.5', { numerator: 1, median: 10 }],
      ]),
    );
    const medians = report.indicators.find(({ id }) => id === 'Q17')?.parts ?? [];
    expect(medians.map(({ suppressed }) => suppressed)).toEqual(medians.map(() => true));
    expect(figureOf(report, 'Q17')).toMatchObject({ medianDays: '80', suppressed: false });
    expect(unfitFigures(report)).toEqual([]);
  });

  it('hide the provisions of refusals with the refusals: their counts come to the same', () => {
    const refusals = new Map<string, Counted>([
      ['Q22', { numerator: 30 }],
      ['Q22.INNEN_FRIST', { numerator: 20, denominator: 30 }],
      ['Q22.DELVIS', { numerator: 5 }],
      ['Q22.NEKTET', { numerator: 2 }],
      ['Q22.FVL1967-19-1-d', { numerator: 7 }],
    ]);
    const report = reportFigures(refusals);
    expect(figureOf(report, 'Q22', 'NEKTET')).toMatchObject({ suppressed: true });
    expect(figureOf(report, 'Q22', 'FVL1967-19-1-d')).toEqual({ key: 'FVL1967-19-1-d', suppressed: true });

    const open = reportFigures(new Map([...refusals, ['Q22.NEKTET', { numerator: 0 }]]));
    expect(figureOf(open, 'Q22', 'FVL1967-19-1-d')).toMatchObject({ numerator: 7, suppressed: false });
    const told = report.indicators.map((indicator) =>
      indicator.id !== 'Q22'
        ? indicator
        : {
            ...indicator,
            parts:
              indicator.parts?.map((part) =>
                part.key.startsWith('FVL') ? { key: part.key, numerator: 7, suppressed: false } : part,
              ) ?? [],
          },
    );
    const suppressedCells = report.suppressedCells.filter(({ part }) => !part?.startsWith('FVL'));
    expect(unfitFigures({ indicators: told, suppressedCells })).toEqual([
      { problem: 'told', key: 'Q22.FVL1967-19-1-d' },
    ]);
  });

  it('hide a share with a small numerator and leave the count of all, which does not tell it', () => {
    const report = reportFigures(
      new Map([
        ['Q4', { numerator: 12 }],
        ['Q5', { numerator: 2, denominator: 12 }],
        ['Q6', { numerator: 6, denominator: 12 }],
      ]),
    );
    expect(hiddenKeys(report)).toEqual(['Q5']);
    expect(figureOf(report, 'Q5')).toEqual({ id: 'Q5', suppressed: true });
    expect(figureOf(report, 'Q4')).toMatchObject({ numerator: 12, suppressed: false });
  });

  it('hide a reason that the total would tell, and never the same number elsewhere', () => {
    const report = reportFigures(ended({ MAL_NADD: 9, ERSTATTET: 2, ANNET: 0 }));
    // Of what is left, the goal reached stands in Q14 as well; the total stands there twice.
    expect(hiddenKeys(report)).toEqual(['Q14', 'Q15.MAL_NADD', 'Q15.ERSTATTET']);
    expect(figureOf(report, 'Q14', 'INGEN_EFFEKT')).toMatchObject({ numerator: 0, denominator: 11 });
  });

  it('hide the last reason rather than the total or a main figure', () => {
    const report = reportFigures(ended({ MAL_NADD: 9, ERSTATTET: 2, PERIODE_UTLOPT: 6, ANNET: 5 }));
    expect(hiddenKeys(report)).toEqual(['Q15.ERSTATTET', 'Q15.ANNET']);
  });

  it('hide that 2 children have had their last measure before the year ended', () => {
    const report = reportFigures(
      new Map<string, Counted>([
        ['Q7', { numerator: 10 }],
        ['Q7.VED_SLUTTEN', { numerator: 8 }],
        ['Q8', { numerator: 10, denominator: 10 }],
        ['Q9', { numerator: 8, denominator: 8 }],
      ]),
    );
    expect(hiddenKeys(report)).toEqual(['Q7', 'Q8']);
  });

  it('hide a median of 1–3', () => {
    const report = reportFigures(
      new Map<string, Counted>([
        ['Q16', { numerator: 3, median: 12 }],
        ['Q17', { numerator: 4, median: 31.5 }],
      ]),
    );
    expect(figureOf(report, 'Q16')).toEqual({ id: 'Q16', suppressed: true });
    expect(figureOf(report, 'Q17')).toMatchObject({ medianDays: '31.5', suppressed: false });
  });

  it('keep hidden what the report as presented hid', () => {
    const counted = new Map<string, Counted>([['Q1', { numerator: 5 }]]);
    expect(hiddenKeys(reportFigures(counted, new Set(['Q1'])))).toEqual(['Q1']);
  });

  it('have a part for each provision that access was refused by, and for nothing else', () => {
    expect(partDefinition('Q22', 'FVL1967-19-1-d')?.name).toBe(
      'Unntatt etter forvaltningsloven § 19 1. ledd bokstav d',
    );
    expect(partDefinition('Q22', 'BVL2021-12-6-3')?.name).toBe(
      'Unntatt etter barnevernsloven § 12-6 3. ledd',
    );
    expect(partDefinition('Q22', 'Ola Nordmann')).toBeUndefined();
    expect(partDefinition('Q1', 'FVL1967-19-1-d')).toBeUndefined();
  });

  it('have one value: a count, a share, days, or none', () => {
    expect(valueOf({ numerator: 7, suppressed: false })).toBe(7);
    expect(valueOf({ numerator: 4, denominator: 16, suppressed: false })).toBe(0.25);
    expect(valueOf({ numerator: 0, denominator: 0, suppressed: false })).toBeNull();
    expect(valueOf({ medianDays: '12.5', suppressed: false })).toBe(12.5);
    expect(valueOf({ suppressed: true })).toBeNull();
  });
});

describe('figures that are to leave the service', () => {
  const fit = reportFigures(ended({ MAL_NADD: 9, ERSTATTET: 2, PERIODE_UTLOPT: 6, ANNET: 5 }));
  const changed = (id: string, part: string | undefined, change: object): ReportedFigures => ({
    ...fit,
    indicators: fit.indicators.map((indicator) => {
      if (indicator.id !== id) return indicator;
      if (part === undefined) return { ...indicator, ...change };
      const parts = (indicator.parts ?? []).map((one) => (one.key === part ? { ...one, ...change } : one));
      return { ...indicator, parts };
    }),
  });
  const listing = (figures: ReportedFigures, keys: readonly string[]): ReportedFigures => ({
    ...figures,
    suppressedCells: figures.suppressedCells.filter(({ part }) => part === undefined || !keys.includes(part)),
  });

  it('may, when they were suppressed', () => {
    expect(unfitFigures(fit)).toEqual([]);
  });

  it('may not with a small number or a small difference', () => {
    expect(unfitFigures(changed('Q1', undefined, { numerator: 2 }))).toContainEqual({
      problem: 'small',
      key: 'Q1',
    });
    expect(unfitFigures(changed('Q2', undefined, { numerator: 9, denominator: 10 }))).toContainEqual({
      problem: 'small',
      key: 'Q2',
    });
  });

  it('may not when another figure gives a hidden one away', () => {
    const told = listing(changed('Q15', 'ANNET', { numerator: 5, suppressed: false }), ['ANNET']);
    expect(unfitFigures(told)).toContainEqual({ problem: 'told', key: 'ended' });
  });

  it('may not with a number in a hidden cell, nor with a cell that the list does not tell of', () => {
    expect(unfitFigures(changed('Q15', 'ANNET', { numerator: 5 }))).toContainEqual({
      problem: 'not-listed',
      key: 'Q15.ANNET',
    });
    expect(unfitFigures({ ...fit, suppressedCells: [] })).toContainEqual({
      problem: 'not-listed',
      key: 'Q15.ERSTATTET',
    });
  });

  it('may not with a part that the indicator does not have', () => {
    const parts = [{ key: 'NEKTET', numerator: 9, suppressed: false }];
    expect(unfitFigures(changed('Q1', undefined, { parts }))).toContainEqual({
      problem: 'unknown',
      key: 'Q1.NEKTET',
    });
  });
});
