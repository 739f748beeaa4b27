/** The Norwegian calendar: which days are virkedager. Saturday is none (domstolloven §149). */
import { addDays, localDate, partsOf, weekdayOf, type LocalDate } from './dates.js';

/** Easter Sunday by the Gregorian computus (Meeus, Jones and Butcher), for every year of the Gregorian calendar. */
export function easterSunday(year: number): LocalDate {
  const golden = year % 19;
  const century = Math.floor(year / 100);
  const inCentury = year % 100;
  const correction = Math.floor((century - Math.floor((century + 8) / 25) + 1) / 3);
  const epact = (19 * golden + century - Math.floor(century / 4) - correction + 15) % 30;
  const weekday = (32 + 2 * (century % 4) + 2 * Math.floor(inCentury / 4) - epact - (inCentury % 4)) % 7;
  const shift = Math.floor((golden + 11 * epact + 22 * weekday) / 451);
  const days = epact + weekday - 7 * shift + 114;
  return localDate(year, Math.floor(days / 31), (days % 31) + 1);
}

/** Days from Easter Sunday: skjærtorsdag, langfredag, two days of påske, Kristi himmelfart, two days of pinse. */
const FROM_EASTER = [-3, -2, 0, 1, 39, 49, 50];
/** 1 January, 1 and 17 May, two days of Christmas. */
const FIXED = ['01-01', '05-01', '05-17', '12-25', '12-26'];

/** Helligdager of helligdagsloven §2 with 1 and 17 May (lov 26. april 1947 nr. 1), in order. */
export function publicHolidays(year: number): readonly LocalDate[] {
  const easter = easterSunday(year);
  const days = [...FIXED.map((day) => `${year}-${day}`), ...FROM_EASTER.map((days) => addDays(easter, days))];
  return [...new Set(days)].sort();
}

/** By year, of which there are a few hundred: every deadline asks. */
const holidaysOf = new Map<number, ReadonlySet<LocalDate>>();

export function isPublicHoliday(date: LocalDate): boolean {
  const { year } = partsOf(date);
  const holidays = holidaysOf.get(year) ?? new Set(publicHolidays(year));
  holidaysOf.set(year, holidays);
  return holidays.has(date);
}

/** Monday to Friday, and no public holiday. */
export const isVirkedag = (date: LocalDate): boolean => weekdayOf(date) <= 5 && !isPublicHoliday(date);

/** The date itself when it is a virkedag, else the next that is (domstolloven §149 first paragraph). */
export function nextVirkedag(date: LocalDate): LocalDate {
  let day = date;
  while (!isVirkedag(day)) day = addDays(day, 1);
  return day;
}

/** The n-th virkedag after the date; the date itself is not counted. */
export function addVirkedager(date: LocalDate, count: number): LocalDate {
  let day = date;
  for (let left = count; left > 0; left -= 1) day = nextVirkedag(addDays(day, 1));
  return day;
}

/** Virkedager after `from` up to and including `to`; 0 when `to` is not later. */
export function virkedagerBetween(from: LocalDate, to: LocalDate): number {
  let count = 0;
  for (let day = addDays(from, 1); day <= to; day = addDays(day, 1)) if (isVirkedag(day)) count += 1;
  return count;
}
