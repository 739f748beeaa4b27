import { describe, expect, it } from '@jest/globals';
import { NOT_JUDGED_YET, renderRulesPage, rulesShownIn } from './rules-page.js';
import { RULE_NUMBERS, RULES } from './rules.js';

const SPEC = `
describe('the end of a measure', () => {
  it('comes once (${'40'})', () => {});
  it('cites bvl §3-6 (2), of the year (2026)', () => {});
  it.each([
    ['a pair', 'of (strings)'],
  ])('is refused %s (${'41'}, ${'36b'})', () => {});
});

describe('a notice (rule ${'25'})', () => {
  it(
    \`is \${long} (${'26'})\`,
    () => {},
  );
});
`;

describe('the tests of a rule', () => {
  it('are those that name its number in parentheses', () => {
    expect(rulesShownIn(SPEC)).toEqual([
      { rule: '40', title: 'the end of a measure: comes once (40)' },
      { rule: '41', title: 'the end of a measure: is refused %s (41, 36b)' },
      { rule: '36b', title: 'the end of a measure: is refused %s (41, 36b)' },
      { rule: '25', title: 'a notice (rule 25)' },
      { rule: '26', title: 'a notice (rule 25): is ${long} (26)' },
    ]);
  });
});

describe('the page of rules', () => {
  const page = renderRulesPage(
    new Map([['09', [{ file: 'libs/domain/a.unit.spec.ts', title: 'a henleggelse (with leave)' }]]]),
  );
  const rowOf = (number: string) =>
    page
      .split('\n')
      .find((line) => line.startsWith(`| ${number} |`))
      ?.split(' | ');

  it('says of each rule its title, law, dates, severity and slugs', () => {
    expect(rowOf('09')).toEqual([
      '| 09',
      RULES['09'].title,
      'barnevernsloven §2-5 (3); Barnevernsloven § 2-5 tredje ledd, som gjelder fra 1. januar 2026',
      '2026-01-01 –',
      'H',
      '`reopening-not-allowed`',
      '–',
      '[a henleggelse (with leave)](#rule-09) |',
    ]);
    expect(rowOf('22')).toEqual(
      expect.arrayContaining([
        expect.stringContaining('barnevernsloven §3-4 (1) (`not-orderable`)'),
        '2023-01-01 –',
        'H/S',
      ]),
    );
  });

  it('holds every rule once, with its tests or why there are none', () => {
    for (const number of RULE_NUMBERS) {
      expect(page.split(`\n| ${number} | `)).toHaveLength(2);
      expect(page.split(`\n### Rule ${number}\n`)).toHaveLength(2);
    }
    expect(page).toContain('- a henleggelse (with leave) — [a.unit.spec.ts](../libs/domain/a.unit.spec.ts)');
    expect(page).toContain(`### Rule 28\n\n${NOT_JUDGED_YET['28']}`);
  });
});
