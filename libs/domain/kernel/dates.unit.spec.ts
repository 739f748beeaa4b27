import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  addDays,
  addMonths,
  addWeeks,
  addYears,
  ageOn,
  birthdayAt,
  daysBetween,
  daysInMonth,
  endOfDayOslo,
  epochMs,
  isInstant,
  isLocalDate,
  localDate,
  osloDate,
  partsOf,
  startOfDayOslo,
  weekdayOf,
} from './dates.js';

const dates = fc
  .record({
    year: fc.integer({ min: 1910, max: 2150 }),
    month: fc.integer({ min: 1, max: 12 }),
    day: fc.nat(30),
  })
  .map(({ year, month, day }) => localDate(year, month, (day % daysInMonth(year, month)) + 1));

describe('a local date', () => {
  it.each(['2026-02-28', '2024-02-29', '2000-02-29', '1900-01-01', '2199-12-31'])('%s is one', (text) => {
    expect(isLocalDate(text)).toBe(true);
  });

  it.each([
    '2026-02-29',
    '2100-02-29',
    '2026-04-31',
    '2026-00-10',
    '2026-13-01',
    '2026-1-1',
    '1899-12-31',
    '2200-01-01',
    '2026-01-01T00:00:00Z',
    ' 2026-01-01',
    '',
  ])('«%s» is none', (text) => {
    expect(isLocalDate(text)).toBe(false);
  });

  it('is ordered as its text is', () => {
    fc.assert(
      fc.property(dates, dates, (a, b) => Math.sign(daysBetween(a, b)) === (a < b ? 1 : a > b ? -1 : 0)),
    );
  });

  it('comes back when days are added and taken away', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: -3000, max: 3000 }), (date, days) => {
        const moved = addDays(date, days);
        expect(isLocalDate(moved)).toBe(true);
        expect(addDays(moved, -days)).toBe(date);
        expect(daysBetween(date, moved)).toBe(days);
      }),
    );
  });

  it('has the weekday of the calendar, also before 1970', () => {
    expect(weekdayOf('2026-03-02')).toBe(1);
    expect(weekdayOf('2026-03-01')).toBe(7);
    expect(weekdayOf('1940-04-09')).toBe(2);
  });

  it('keeps its weekday when weeks are added', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: 0, max: 200 }), (date, weeks) => {
        expect(weekdayOf(addWeeks(date, weeks))).toBe(weekdayOf(date));
      }),
    );
  });
});

describe('adding months', () => {
  it.each([
    ['2025-11-30', 3, '2026-02-28'],
    ['2023-11-30', 3, '2024-02-29'],
    ['2026-01-31', 1, '2026-02-28'],
    ['2026-02-28', 1, '2026-03-28'],
    ['2026-08-31', 6, '2027-02-28'],
    ['2026-12-15', 1, '2027-01-15'],
    ['2026-01-15', -1, '2025-12-15'],
    ['2026-03-31', -1, '2026-02-28'],
  ])('%s and %i months is %s', (date, months, expected) => {
    expect(addMonths(date, months)).toBe(expected);
  });

  it('gives the day of the same number, or the last of a shorter month, in the month asked for', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: 0, max: 400 }), (date, months) => {
        const [from, to] = [partsOf(date), partsOf(addMonths(date, months))];
        expect(to.year * 12 + to.month).toBe(from.year * 12 + from.month + months);
        expect(to.day).toBe(Math.min(from.day, daysInMonth(to.year, to.month)));
      }),
    );
  });

  it('of a year from 29 February ends on 28 February', () => {
    expect(addYears('2024-02-29', 1)).toBe('2025-02-28');
    expect(addYears('2024-02-29', 4)).toBe('2028-02-29');
  });
});

describe('age', () => {
  it('is reached on the birthday', () => {
    expect(ageOn('2011-05-17', '2026-05-16')).toBe(14);
    expect(ageOn('2011-05-17', '2026-05-17')).toBe(15);
  });

  it('of someone born on 29 February is reached on 1 March of other years', () => {
    expect(birthdayAt('2008-02-29', 18)).toBe('2026-03-01');
    expect(ageOn('2008-02-29', '2026-02-28')).toBe(17);
    expect(ageOn('2008-02-29', '2026-03-01')).toBe(18);
    expect(ageOn('2008-02-29', '2028-02-29')).toBe(20);
  });

  it('is negative before birth', () => {
    expect(ageOn('2026-05-17', '2026-05-16')).toBe(-1);
  });

  it('goes up by one on each birthday and never else', () => {
    fc.assert(
      fc.property(dates, fc.integer({ min: 0, max: 40 }), (birth, age) => {
        const birthday = birthdayAt(birth, age);
        expect(ageOn(birth, birthday)).toBe(age);
        expect(ageOn(birth, addDays(birthday, -1))).toBe(age - 1);
      }),
    );
  });
});

describe('the clock of Oslo', () => {
  it.each([
    ['2026-01-31T23:30:00Z', '2026-02-01'],
    ['2026-06-30T21:59:59Z', '2026-06-30'],
    ['2026-06-30T22:00:00Z', '2026-07-01'],
    ['2026-03-29T00:59:59Z', '2026-03-29'],
    ['2026-10-24T22:00:00Z', '2026-10-25'],
    ['2026-10-25T22:59:59Z', '2026-10-25'],
    ['2026-10-25T23:00:00Z', '2026-10-26'],
    ['2026-01-01T00:30:00+14:00', '2025-12-31'],
  ])('shows at %s the date %s', (instant, date) => {
    expect(osloDate(instant)).toBe(date);
  });

  it.each([
    ['2026-01-15', '2026-01-15T00:00:00+01:00', '2026-01-15T23:59:59.999999+01:00'],
    ['2026-07-15', '2026-07-15T00:00:00+02:00', '2026-07-15T23:59:59.999999+02:00'],
    ['2026-03-29', '2026-03-29T00:00:00+01:00', '2026-03-29T23:59:59.999999+02:00'],
    ['2026-10-25', '2026-10-25T00:00:00+02:00', '2026-10-25T23:59:59.999999+01:00'],
  ])('begins and ends %s with the right offset', (date, start, end) => {
    expect(startOfDayOslo(date)).toBe(start);
    expect(endOfDayOslo(date)).toBe(end);
  });

  it('gives every day from 1980 on its own instants, and days that touch', () => {
    const days = fc.integer({ min: 0, max: 60_000 }).map((n) => addDays('1980-04-07', n));
    fc.assert(
      fc.property(days, (date) => {
        expect(osloDate(startOfDayOslo(date))).toBe(date);
        expect(osloDate(endOfDayOslo(date))).toBe(date);
        const next = epochMs(startOfDayOslo(addDays(date, 1)));
        expect(osloDate(new Date(next - 1).toISOString())).toBe(date);
        expect(next - epochMs(endOfDayOslo(date))).toBe(1);
      }),
    );
  });
});

describe('an instant', () => {
  it.each(['2026-03-02T10:15:00Z', '2026-03-02T10:15+01:00', '2026-03-02T10:15:00.123456+02:00'])(
    '%s is one',
    (text) => {
      expect(isInstant(text)).toBe(true);
    },
  );

  it.each([
    '2026-03-02T10:15:00',
    '2026-03-02',
    '2026-02-30T10:15:00Z',
    '2026-03-02T24:00:00Z',
    '2026-03-02T10:60:00Z',
    '2026-03-02T10:15:00+15:00',
    '2026-03-02 10:15:00Z',
    '2026-03-02T10:15:00z',
  ])('«%s» is none', (text) => {
    expect(isInstant(text)).toBe(false);
  });

  it('that is none is refused without being repeated', () => {
    expect(() => epochMs('13891450006')).toThrow(/^Not an instant$/);
    expect(() => partsOf('13891450006')).toThrow(/^Not a local date$/);
  });
});
