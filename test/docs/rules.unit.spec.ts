import { beforeAll, describe, expect, it } from '@jest/globals';
import { NOT_JUDGED_YET, RULE_NUMBERS, type RuleTests } from '#forlop/domain';
import { findRuleTests } from '../../apps/cli/rule-tests.js';

const FIRST_LIST =
  '01 02 03 04 05 07 08 09 10 11 12 13 14 15 18 19 20 22 25 26 27 29 30 31 33 34 36 36b 37 38 39 40 41 42 52';
const SECOND_LIST = '16 53 54 55 56 57 59 61';
const LISTED = `${FIRST_LIST} ${SECOND_LIST}`.split(' ');

describe('the rules and their tests', () => {
  let tests: RuleTests = new Map();
  beforeAll(async () => {
    tests = await findRuleTests();
  });

  it.each(LISTED)('rule %s has a test that names it', (number) => {
    expect(tests.get(number) ?? []).not.toEqual([]);
  });

  it('leave without a test only what is not judged yet, and says why', () => {
    const untested = RULE_NUMBERS.filter((number) => !tests.has(number));
    expect(untested).toEqual(Object.keys(NOT_JUDGED_YET));
    expect(untested.filter((number) => LISTED.includes(number))).toEqual([]);
  });

  it('name no rule that there is not', () => {
    expect([...tests.keys()].filter((number) => !RULE_NUMBERS.some((known) => known === number))).toEqual([]);
  });
});
