/**
 * Legal dates are plain local dates of Europe/Oslo, `YYYY-MM-DD`, and are counted as such: no clock, no time of day. String
 * order is date order. Only `osloDate` and the two ends of a day know of the time zone.
 */

/** `YYYY-MM-DD`, a real day of the years 1900–2199. */
export type LocalDate = string;
/** RFC 3339 with `Z` or an offset, e.g. `2026-03-29T01:30:00+01:00`. */
export type Instant = string;

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const INSTANT =
  /^(\d{4}-\d{2}-\d{2})T(?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/;
const DAY_MS = 86_400_000;

interface Parts {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

export const isLeapYear = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;

export const daysInMonth = (year: number, month: number): number =>
  month === 2 ? (isLeapYear(year) ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;

/** Whether the text is a real day, written `YYYY-MM-DD`, of a year that the service reckons with. */
export function isLocalDate(text: string): boolean {
  if (!DATE.test(text)) return false;
  const { year, month, day } = partsIn(text);
  return (
    year >= 1900 && year <= 2199 && month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month)
  );
}

/** Whether the text is an instant with `Z` or an offset, on a real day. */
export function isInstant(text: string): boolean {
  const match = INSTANT.exec(text);
  return match?.[1] !== undefined && isLocalDate(match[1]);
}

/** Builds a date from numbers that are known to be a real day. */
export const localDate = (year: number, month: number, day: number): LocalDate =>
  `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;

/** Throws a `TypeError`, without the text, when it is no date: a check at the door should have refused it. */
export function partsOf(date: LocalDate): Parts {
  if (!DATE.test(date)) throw new TypeError('Not a local date');
  return partsIn(date);
}

const partsIn = (date: string): Parts => ({
  year: Number(date.slice(0, 4)),
  month: Number(date.slice(5, 7)),
  day: Number(date.slice(8, 10)),
});

/** Days since 1970-01-01; the same arithmetic as UTC, in which every day has 24 hours. */
const dayNumber = (date: LocalDate): number => {
  const { year, month, day } = partsOf(date);
  return Date.UTC(year, month - 1, day) / DAY_MS;
};

export const addDays = (date: LocalDate, days: number): LocalDate =>
  new Date((dayNumber(date) + days) * DAY_MS).toISOString().slice(0, 10);

export const addWeeks = (date: LocalDate, weeks: number): LocalDate => addDays(date, 7 * weeks);

/**
 * The day of the same number, or the last of the month where it has no such number (domstolloven §148 second paragraph):
 * 30 November and three months is the last day of February.
 */
export function addMonths(date: LocalDate, months: number): LocalDate {
  const { year, month, day } = partsOf(date);
  const count = year * 12 + (month - 1) + months;
  const [toYear, toMonth] = [Math.floor(count / 12), (((count % 12) + 12) % 12) + 1];
  return localDate(toYear, toMonth, Math.min(day, daysInMonth(toYear, toMonth)));
}

export const addYears = (date: LocalDate, years: number): LocalDate => addMonths(date, 12 * years);

/** Whole days from the first date to the second; negative when the second is earlier. */
export const daysBetween = (from: LocalDate, to: LocalDate): number => dayNumber(to) - dayNumber(from);

/** 1 Monday … 7 Sunday (ISO 8601). */
export const weekdayOf = (date: LocalDate): number => ((((dayNumber(date) + 3) % 7) + 7) % 7) + 1;

/** The day on which someone born on `birth` reaches `age`; born on 29 February it is 1 March in other years. */
export function birthdayAt(birth: LocalDate, age: number): LocalDate {
  const { year, month, day } = partsOf(birth);
  return month === 2 && day === 29 && !isLeapYear(year + age)
    ? localDate(year + age, 3, 1)
    : localDate(year + age, month, day);
}

/** Whole years reached on the date; negative before birth. */
export function ageOn(birth: LocalDate, date: LocalDate): number {
  const years = partsOf(date).year - partsOf(birth).year;
  return date < birthdayAt(birth, years) ? years - 1 : years;
}

const oslo = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/Oslo',
  hourCycle: 'h23',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
  hour: '2-digit',
  minute: '2-digit',
  second: '2-digit',
});

/** What a clock on a wall in Oslo shows, as `YYYY-MM-DDTHH:MM:SS`. */
function osloWallClock(epochMs: number): string {
  const parts = new Map(oslo.formatToParts(epochMs).map(({ type, value }) => [type, value]));
  const part = (type: Intl.DateTimeFormatPartTypes): string => parts.get(type) ?? '';
  return `${part('year')}-${part('month')}-${part('day')}T${part('hour')}:${part('minute')}:${part('second')}`;
}

/** The date in Oslo at an instant (a string with offset). */
export function osloDate(instant: Instant): LocalDate {
  const ms = epochMs(instant);
  return new Date(ms + offsetMs(ms)).toISOString().slice(0, 10);
}

const MOST_DAYS_KEPT = 20_000;
/** By UTC day, `null` for a day on which the clock is changed. */
const offsets = new Map<number, number | null>();

/**
 * How far the clock in Oslo is ahead of UTC. Kept by day, where it is the same all day: the runtime takes microseconds to tell,
 * and every event asks.
 */
function offsetMs(ms: number): number {
  const day = Math.floor(ms / DAY_MS);
  let kept = offsets.get(day);
  if (kept === undefined) {
    const [first, last] = [offsetTold(day * DAY_MS), offsetTold((day + 1) * DAY_MS)];
    kept = first === last ? first : null;
    if (offsets.size >= MOST_DAYS_KEPT) offsets.clear();
    offsets.set(day, kept);
  }
  return kept ?? offsetTold(ms);
}

const offsetTold = (ms: number): number => Date.parse(`${osloWallClock(ms)}Z`) - Math.floor(ms / 1000) * 1000;

/** Milliseconds since 1970-01-01T00:00Z. Throws a `TypeError`, without the text, when it is no instant. */
export function epochMs(instant: Instant): number {
  const ms = Date.parse(instant);
  if (Number.isNaN(ms)) throw new TypeError('Not an instant');
  return ms;
}

/** Offset of Oslo when its clock shows the given wall time, e.g. `+01:00`. */
function osloOffset(wallClock: string): string {
  const asUtc = Date.parse(`${wallClock}Z`);
  for (const hours of [1, 2]) {
    if (offsetMs(asUtc - hours * 3_600_000) === hours * 3_600_000) return `+0${hours}:00`;
  }
  return '+01:00';
}

/** First instant of the day in Oslo, with its offset. The clock never jumps at midnight there. */
export function startOfDayOslo(date: LocalDate): Instant {
  let start = starts.get(date);
  if (start === undefined) {
    start = `${date}T00:00:00${osloOffset(`${date}T00:00:00`)}`;
    if (starts.size >= MOST_DAYS_KEPT) starts.clear();
    starts.set(date, start);
  }
  return start;
}

/** Every event of a day begins with it. */
const starts = new Map<LocalDate, Instant>();

/** Last instant of the day in Oslo, to the microsecond that the store keeps, with its offset. */
export const endOfDayOslo = (date: LocalDate): Instant =>
  `${date}T23:59:59.999999${osloOffset(`${date}T23:59:59`)}`;
