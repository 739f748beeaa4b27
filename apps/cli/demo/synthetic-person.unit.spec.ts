import { describe, expect, it } from '@jest/globals';
import { fnr } from '@navikt/fnrvalidator';
import { ageOn, agreesWithBirth, isSynthetic } from '#forlop/domain';
import { syntheticNumber, syntheticPerson } from './synthetic-person.js';

const BIRTHS = ['1979-12-31', '1999-01-01', '2000-02-29', '2011-05-17', '2026-11-03'];

describe('a synthetic person', () => {
  it.each(BIRTHS)('born on %s has a number that is valid and says so', (birth) => {
    for (let drawn = 0; drawn < 50; drawn += 1) {
      const number = syntheticNumber(birth);
      expect(fnr(number)).toMatchObject({ status: 'valid' });
      expect(agreesWithBirth(number, birth)).toBe(true);
    }
  });

  it('never has a number that could be somebody’s', () => {
    for (const birth of BIRTHS) expect(isSynthetic(syntheticNumber(birth))).toBe(true);
  });

  it('has the age that was asked for, on the day and for two months before it', () => {
    for (let drawn = 0; drawn < 100; drawn += 1) {
      const { birthDate } = syntheticPerson('Nysgjerrig', 'Linerle', 15, '2026-07-01');
      expect([ageOn(birthDate, '2026-07-01'), ageOn(birthDate, '2026-05-02')]).toEqual([15, 15]);
    }
  });
});
