/** ISO 8601 durations in whole years, months, weeks and days, counted on the calendar: `P3M`, `P6W`. */
import { addDays, addMonths, type LocalDate } from './dates.js';

export interface CalendarDuration {
  readonly months: number;
  readonly days: number;
}

const DURATION = /^P(?=\d)(?:(\d{1,2})Y)?(?:(\d{1,3})M)?(?:(\d{1,3})W)?(?:(\d{1,4})D)?$/;

/** The duration, or `undefined` when the text is none or is empty of time. */
export function parseDuration(text: string): CalendarDuration | undefined {
  const match = DURATION.exec(text);
  if (match === null) return undefined;
  const [years = 0, months = 0, weeks = 0, days = 0] = match
    .slice(1)
    .map((digits) => Number((digits as string | undefined) ?? 0));
  const duration = { months: 12 * years + months, days: 7 * weeks + days };
  return duration.months + duration.days > 0 ? duration : undefined;
}

/** Months first, then days. Throws a `TypeError` when the text is no duration. */
export function addDuration(date: LocalDate, text: string): LocalDate {
  const duration = parseDuration(text);
  if (duration === undefined) throw new TypeError('Not a duration');
  return addDays(addMonths(date, duration.months), duration.days);
}
