/**
 * Numbers of people who do not exist, of the kind that Skatteetaten makes for tests: 80 is added to the month, so that none
 * belongs to anybody, and the check digits are right. D-numbers have 40 added to the day besides.
 */
import { partsOf, type LocalDate } from '#forlop/domain';
import type { Random } from './random.js';

export type NumberKind = 'FNR' | 'DNR';

const FIRST_WEIGHTS = [3, 7, 6, 1, 8, 9, 4, 5, 2];
const SECOND_WEIGHTS = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2];
const SYNTHETIC_MONTH = 80;
const D_NUMBER_DAY = 40;
/** Individual numbers of one century that a date has. */
export const INDIVIDUALS = 500;

/** Numbers that nobody of one world shares. A date has about four hundred of each kind. */
export class IdentityNumbers {
  /** How many individual numbers of a kind and date have been tried. */
  readonly #tried = new Map<string, number>();

  /** Eleven digits for someone born on the date; `undefined` when the date has no more. */
  next(kind: NumberKind, birthDate: LocalDate, random: Pick<Random, 'between'>): string | undefined {
    const begins = `${kind}${birthDate}`;
    const before = this.#tried.get(begins);
    // The first is drawn, the others follow it.
    const start = before ?? random.between(0, INDIVIDUALS - 1) * INDIVIDUALS;
    const [first, tried] = [Math.floor(start / INDIVIDUALS), start % INDIVIDUALS];
    for (let attempt = tried; attempt < INDIVIDUALS - 1; attempt += 1) {
      const number = syntheticNumber(kind, birthDate, (first + attempt) % INDIVIDUALS);
      if (number === undefined) continue;
      this.#tried.set(begins, first * INDIVIDUALS + attempt + 1);
      return number;
    }
    return undefined;
  }
}

/**
 * The number of a birth date by its place among those of the date.
 * @param individual from 0 to 499, within the century; not every place has a number
 */
export function syntheticNumber(
  kind: NumberKind,
  birthDate: LocalDate,
  individual: number,
): string | undefined {
  const { year, month, day } = partsOf(birthDate);
  const date = [day + (kind === 'DNR' ? D_NUMBER_DAY : 0), month + SYNTHETIC_MONTH, year % 100]
    .map((part) => String(part).padStart(2, '0'))
    .join('');
  // Which half of the individual numbers it is tells which century.
  const nine = `${date}${String(individual + (year < 2000 ? 0 : INDIVIDUALS)).padStart(3, '0')}`;
  const first = checkDigit(nine, FIRST_WEIGHTS);
  const second = checkDigit(`${nine}${first}`, SECOND_WEIGHTS);
  return first < 10 && second < 10 ? `${nine}${first}${second}` : undefined;
}

/** 10 means that the number cannot be used. */
function checkDigit(digits: string, weights: readonly number[]): number {
  let sum = 0;
  for (const [index, weight] of weights.entries()) sum += weight * (digits.charCodeAt(index) - 48);
  return (11 - (sum % 11)) % 11;
}
