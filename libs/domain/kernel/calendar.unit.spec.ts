import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  addVirkedager,
  easterSunday,
  isVirkedag,
  nextVirkedag,
  publicHolidays,
  virkedagerBetween,
} from './calendar.js';
import { addDays, weekdayOf } from './dates.js';

const days = fc.integer({ min: 0, max: 36_000 }).map((n) => addDays('2000-01-01', n));

describe('the Norwegian calendar', () => {
  it.each([
    [1961, '1961-04-02'],
    [2000, '2000-04-23'],
    [2008, '2008-03-23'],
    [2011, '2011-04-24'],
    [2024, '2024-03-31'],
    [2025, '2025-04-20'],
    [2026, '2026-04-05'],
    [2027, '2027-03-28'],
    [2038, '2038-04-25'],
  ])('has Easter Sunday of %i on %s', (year, date) => {
    expect(easterSunday(year)).toBe(date);
  });

  it('has a Sunday for Easter every year', () => {
    for (let year = 1900; year < 2200; year += 1) expect(weekdayOf(easterSunday(year))).toBe(7);
  });

  it('lists the twelve holidays of 2026', () => {
    expect(publicHolidays(2026)).toEqual([
      '2026-01-01',
      '2026-04-02',
      '2026-04-03',
      '2026-04-05',
      '2026-04-06',
      '2026-05-01',
      '2026-05-14',
      '2026-05-17',
      '2026-05-24',
      '2026-05-25',
      '2026-12-25',
      '2026-12-26',
    ]);
  });

  it('counts a day once when two holidays fall on it', () => {
    expect(publicHolidays(2008)).toHaveLength(11);
    expect(publicHolidays(2008)).toContain('2008-05-01');
  });

  it('has no virkedag on a Saturday, a Sunday or a holiday, but on Christmas Eve', () => {
    expect(isVirkedag('2026-03-07')).toBe(false);
    expect(isVirkedag('2026-03-08')).toBe(false);
    expect(isVirkedag('2026-05-14')).toBe(false);
    expect(isVirkedag('2026-12-24')).toBe(true);
  });
});

describe('virkedager', () => {
  it('roll over the whole of Easter', () => {
    expect(nextVirkedag('2026-04-02')).toBe('2026-04-07');
    expect(nextVirkedag('2026-04-01')).toBe('2026-04-01');
  });

  it('are counted from the day after', () => {
    expect(addVirkedager('2026-03-06', 1)).toBe('2026-03-09');
    expect(addVirkedager('2026-04-01', 3)).toBe('2026-04-09');
    expect(addVirkedager('2026-03-04', 0)).toBe('2026-03-04');
  });

  it('roll to a virkedag within six days and never back', () => {
    fc.assert(
      fc.property(days, (date) => {
        const rolled = nextVirkedag(date);
        expect(isVirkedag(rolled)).toBe(true);
        expect(rolled >= date && rolled <= addDays(date, 6)).toBe(true);
      }),
    );
  });

  it('are as many between two days as were added', () => {
    fc.assert(
      fc.property(days, fc.integer({ min: 1, max: 30 }), (date, count) => {
        expect(virkedagerBetween(date, addVirkedager(date, count))).toBe(count);
      }),
    );
    expect(virkedagerBetween('2026-03-09', '2026-03-06')).toBe(0);
  });
});
