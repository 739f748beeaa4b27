/** The days of a story, counted from today so that it never grows old. */
import { addDays, isCodeValid, startOfDayOslo, weekdayOf, type LocalDate } from '#forlop/domain';

export const MON = 1;
export const TUE = 2;
export const WED = 3;
export const THU = 4;
export const FRI = 5;
export const SAT = 6;

/** A day by week of the story (0 is the first, earlier ones are negative) and day of the week, 1 to 7. */
export type Day = (week: number, weekday: number) => LocalDate;

/** @param weeksAgo how many weeks before the present one week 0 was: from then on, week `weeksAgo - 1` is past */
export function storyDays(today: LocalDate, weeksAgo: number): Day {
  const monday = addDays(today, 1 - weekdayOf(today) - 7 * weeksAgo);
  return (week, weekday) => addDays(monday, 7 * week + weekday - 1);
}

/** Half past nine in the morning, with the offset that Oslo has at midnight. */
export const morningOf = (date: LocalDate): string => startOfDayOslo(date).replace('T00:00', 'T09:30');

/**
 * The first of the codes that the national list holds on the date: one list of contents was replaced by another in 2026, and
 * the story may fall on either side.
 */
export function codeOn(list: string, on: LocalDate, ...codes: readonly string[]): string {
  const found = codes.find((code) => isCodeValid(list, code, on));
  if (found === undefined)
    throw new Error(`None of the codes ${codes.join(', ')} of ${list} is valid on ${on}.`);
  return found;
}

/** The contents and grounds that the stories use, by the list of the day. */
export const contentOn = (on: LocalDate, ...codes: readonly string[]): object => ({
  code: codeOn('saksinnhold', on, ...codes),
});

/** `2026-03-02` → `02.03.26`. */
export const shortDate = (date: LocalDate): string =>
  `${date.slice(8, 10)}.${date.slice(5, 7)}.${date.slice(2, 4)}`;
