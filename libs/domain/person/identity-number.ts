/**
 * What a Norwegian identity number says of itself: its kind and the day it begins with. Check digits are checked outside the
 * domain, by a library that follows the rule of 2032. Sex, century and age are never read from a number.
 */
import { partsOf, type LocalDate } from '../kernel/dates.js';

export const IDENTIFIER_KINDS = ['FNR', 'DNR', 'DUF', 'NONE', 'UNBORN'] as const;
/** Fødselsnummer, D-nummer, DUF-nummer, no number, a child not yet born. */
export type IdentifierKind = (typeof IDENTIFIER_KINDS)[number];

/** Kinds that come with a number. */
export const NUMBERED_KINDS: readonly IdentifierKind[] = ['FNR', 'DNR', 'DUF'];

const ELEVEN_DIGITS = /^(\d{2})(\d{2})(\d{2})\d{5}$/;
/** DUF: the year of the application, a serial number of six digits, two check digits. */
const DUF = /^(19|20)\d{10}$/;
/** D-numbers add it to the day, synthetic numbers of Skatteetaten to the month. */
const D_NUMBER_DAY = 40;
const SYNTHETIC_MONTH = 80;

/** Day, month and two-digit year, freed of what the kind and synthetic numbers add. */
interface Beginning {
  readonly kind: 'FNR' | 'DNR';
  readonly day: number;
  readonly month: number;
  readonly yearOfCentury: number;
  readonly synthetic: boolean;
}

/** `undefined` when the text is no number that begins with a day of the calendar. */
export function beginningOf(number: string): Beginning | undefined {
  const match = ELEVEN_DIGITS.exec(number);
  if (match === null) return undefined;
  const [writtenDay, writtenMonth, yearOfCentury] = [Number(match[1]), Number(match[2]), Number(match[3])];
  const kind = writtenDay > D_NUMBER_DAY ? 'DNR' : 'FNR';
  const synthetic = writtenMonth > SYNTHETIC_MONTH;
  const day = kind === 'DNR' ? writtenDay - D_NUMBER_DAY : writtenDay;
  const month = synthetic ? writtenMonth - SYNTHETIC_MONTH : writtenMonth;
  const plausible = month >= 1 && month <= 12 && day >= 1 && day <= longestOf(month);
  return plausible ? { kind, day, month, yearOfCentury, synthetic } : undefined;
}

/** Days of the month in a leap year: the century, and so the year, is not read from the number. */
const longestOf = (month: number): number => (month === 2 ? 29 : [4, 6, 9, 11].includes(month) ? 30 : 31);

/** The kind that a number is by its own form; `undefined` when it is none. */
export function kindOf(number: string): 'FNR' | 'DNR' | 'DUF' | undefined {
  return DUF.test(number) ? 'DUF' : beginningOf(number)?.kind;
}

/** Whether a fødselsnummer or D-number begins with the birth date. Always so for a DUF number, which holds none. */
export function agreesWithBirth(number: string, birth: LocalDate): boolean {
  const beginning = beginningOf(number);
  if (beginning === undefined) return DUF.test(number);
  const { year, month, day } = partsOf(birth);
  return day === beginning.day && month === beginning.month && year % 100 === beginning.yearOfCentury;
}

/** Whether it is one of the numbers that Skatteetaten makes for tests (month + 80). */
export const isSynthetic = (number: string): boolean => beginningOf(number)?.synthetic ?? false;
