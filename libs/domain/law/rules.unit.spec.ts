import { describe, expect, it } from '@jest/globals';
import { RuleBroken, STATUS_OF } from '../kernel/errors.js';
import { FLAG_SLUGS } from '../kernel/flags.js';
import { lawOf, ruleBroken, ruleFlag, RULE_NUMBERS, RULES } from './rules.js';
import { actAt, isJudged, rulesetAt } from './rulesets.js';

const FIRST_LIST =
  '01 02 03 04 05 07 08 09 10 11 12 13 14 15 18 19 20 22 25 26 27 29 30 31 33 34 36 36b 37 38 39 40 41 42 52'.split(
    ' ',
  );

describe('the rule sets', () => {
  it.each([
    ['2022-12-31', 'BVL1992', 'BVL1992', false],
    ['2023-01-01', 'BVL2021', 'BVL2021', true],
    ['2025-12-31', 'BVL2021', 'BVL2021', true],
    ['2026-01-01', 'BVL2021-2026', 'BVL2021', true],
    ['2026-12-31', 'BVL2021-2026', 'BVL2021', true],
    ['2027-01-01', 'BVL2021-2027', 'BVL2021', true],
  ])('of %s is %s', (date, version, act, judged) => {
    expect(rulesetAt(date)).toBe(version);
    expect(actAt(date)).toBe(act);
    expect(isJudged(date)).toBe(judged);
  });
});

describe('the rules', () => {
  it('hold every invariant of the first slice', () => {
    expect(RULE_NUMBERS).toEqual(expect.arrayContaining(FIRST_LIST));
    expect([...RULE_NUMBERS].sort()).toEqual([...RULE_NUMBERS]);
  });

  it('hold those of access to the file and of supervision', () => {
    expect(RULE_NUMBERS).toEqual(expect.arrayContaining(['54', '55', '56', '57', '61']));
  });

  it.each(RULE_NUMBERS)('%s names its source, its consequence and what would satisfy it', (number) => {
    const rule = RULES[number];
    expect(rule.law.length > 0 || rule.kilde !== undefined).toBe(true);
    expect(rule.title.length).toBeGreaterThan(10);
    expect(rule.losning.length).toBeGreaterThan(10);
    if (rule.severity !== 'S') expect(rule.rejects.length).toBeGreaterThan(0);
    else expect(rule.rejects).toEqual([]);
    if (rule.severity === 'H') expect(rule.flags).toEqual([]);
    for (const slug of rule.rejects) expect(STATUS_OF[slug]).toBeGreaterThanOrEqual(400);
    for (const slug of rule.flags) expect(FLAG_SLUGS).toContain(slug);
  });

  it('rest on the law as it stood on the date', () => {
    expect(lawOf('09', '2025-12-31')).toEqual([]);
    expect(lawOf('09', '2026-01-01')).toEqual([
      { law: 'BVL2021', section: '2-5', paragraph: 3, letter: null },
    ]);
  });
});

describe('a broken rule', () => {
  it('says which rule, on what provision and what would satisfy it', () => {
    const error = ruleBroken('14', { detail: 'Barnet er 15 år og har ikke samtykket.', on: '2026-03-02' });
    expect(error).toBeInstanceOf(RuleBroken);
    expect(error).toMatchObject({
      name: 'RuleBroken',
      message: 'child-consent-missing',
      slug: 'child-consent-missing',
      status: 409,
      rule: '14',
      law: [{ law: 'BVL2021', section: '12-3', paragraph: 1, letter: null }],
      detail: 'Barnet er 15 år og har ikke samtykket.',
      losning: RULES['14'].losning,
    });
  });

  it('names its source where that is no statute', () => {
    const error = ruleBroken('13', { detail: 'Samtykke mangler.', on: '2026-03-02' });
    expect(error.law).toEqual([]);
    expect(error.kilde).toMatch(/Retningslinjer/);
  });

  it('may be another of the rule’s slugs, with its own advice and field errors', () => {
    const feil = [{ felt: '/measures/0/specification', regel: 'required', melding: 'Skriv en presisering.' }];
    const error = ruleBroken('22', {
      slug: 'specification-missing',
      detail: 'd',
      on: '2026-03-02',
      losning: 'l',
      feil,
    });
    expect(error).toMatchObject({ slug: 'specification-missing', status: 422, losning: 'l', feil });
  });

  it('rests on the provision of its slug, or on none', () => {
    expect(lawOf('22', '2026-03-02', 'not-orderable')).toMatchObject([{ law: 'BVL2021', section: '3-4' }]);
    expect(ruleBroken('22', { detail: 'd', on: '2026-03-02' })).toMatchObject({
      slug: 'code-not-valid',
      law: [],
    });
    expect(lawOf('02', '2026-03-02', 'district-missing')).toEqual([]);
    expect(lawOf('02', '2026-03-02', 'wrong-municipality')).toMatchObject([{ section: '15-4' }]);
  });

  it('that only flags cannot be thrown', () => {
    expect(() => ruleBroken('29', { detail: 'd', on: '2026-03-02' })).toThrow(TypeError);
  });

  it('leaves a flag where it is SOFT', () => {
    expect(ruleFlag('33', 'no-plan')).toEqual({ rule: '33', slug: 'no-plan' });
  });
});
