/** Days of work and times of day. A world asks for the same few thousand days again and again, so answers are kept. */
import { addDays, isVirkedag, startOfDayOslo, type LocalDate } from '#forlop/domain';

/** A world reaches over ten years at most, and birthdays are not asked about. */
const MOST_DAYS = 10_000;

function kept<T>(answer: (day: LocalDate) => T): (day: LocalDate) => T {
  const known = new Map<LocalDate, T>();
  return (day) => {
    const before = known.get(day);
    if (before !== undefined) return before;
    if (known.size >= MOST_DAYS) known.clear();
    const found = answer(day);
    known.set(day, found);
    return found;
  };
}

/** The day itself when people are at work, else the next on which they are. */
export const workday: (day: LocalDate) => LocalDate = kept((day) => {
  let next = day;
  while (!isVirkedag(next)) next = addDays(next, 1);
  return next;
});

/** Offset of Oslo at the start of the day: what a clock shows at eight is told with it on all days but two a year. */
const offsetOf = kept((day) => startOfDayOslo(day).slice(-6));

/** Days as the world counts them, over the years that one can lie in. */
const FIRST_DAY: LocalDate = '2009-01-01';
const DAYS: LocalDate[] = [];
const NUMBERS = new Map<LocalDate, number>();
for (let day = FIRST_DAY, number = 0; day < '2036-01-01'; day = addDays(day, 1), number += 1) {
  DAYS.push(day);
  NUMBERS.set(day, number);
}

/** So many days later; told by a table, as a world asks more often than the calendar would like to count. */
export function plus(day: LocalDate, days: number): LocalDate {
  const number = NUMBERS.get(day);
  return (number === undefined ? undefined : DAYS[number + days]) ?? addDays(day, days);
}

/** A time of that day in Oslo, by day and not by night, so that no clock is being changed. */
export const timeOf = (day: LocalDate, hour: number, minute: number): string =>
  `${day}T${two(hour)}:${two(minute)}:00${offsetOf(day)}`;

/** When what is done on a day is recorded: in the evening, UTC, the same day in Oslo. */
export const eveningOf = (day: LocalDate): string => `${day}T19:30:00.000Z`;

const two = (value: number): string => String(value).padStart(2, '0');
