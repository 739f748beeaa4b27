/**
 * People who do not exist. Their numbers are of the kind that Skatteetaten makes for tests: 80 is added to the month, so that
 * none belongs to anybody, and the check digits are right.
 */
import { randomInt, randomUUID } from 'node:crypto';
import { addDays, addYears, partsOf, type LocalDate } from '#forlop/domain';

const FIRST_WEIGHTS = [3, 7, 6, 1, 8, 9, 4, 5, 2];
const SECOND_WEIGHTS = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2];
const SYNTHETIC_MONTH = 80;

export interface SyntheticPerson {
  readonly personId: string;
  readonly first: string;
  readonly last: string;
  readonly birthDate: LocalDate;
  readonly number: string;
}

/**
 * A person of the age, born on a day drawn at random, so that the next run meets another.
 * @param age whole years on the day; the birthday was at least 60 days before it and is at least 5 days off
 */
export function syntheticPerson(first: string, last: string, age: number, on: LocalDate): SyntheticPerson {
  const birthDate = addDays(addYears(on, -age), -randomInt(60, 360));
  return { personId: randomUUID(), first, last, birthDate, number: syntheticNumber(birthDate) };
}

/** Eleven digits for someone born on the date, drawn at random among those that the date has. */
export function syntheticNumber(birthDate: LocalDate): string {
  const { year, month, day } = partsOf(birthDate);
  const date = [day, month + SYNTHETIC_MONTH, year % 100]
    .map((part) => String(part).padStart(2, '0'))
    .join('');
  const [from, to] = individualNumbers(year);
  for (;;) {
    const nine = `${date}${String(randomInt(from, to + 1)).padStart(3, '0')}`;
    const first = checkDigit(nine, FIRST_WEIGHTS);
    const second = checkDigit(`${nine}${first}`, SECOND_WEIGHTS);
    if (first < 10 && second < 10) return `${nine}${first}${second}`;
  }
}

/** Which individual numbers tell which century. */
const individualNumbers = (year: number): readonly [from: number, to: number] =>
  year < 2000 ? [0, 499] : [500, 999];

/** 10 means that the number cannot be used. */
function checkDigit(digits: string, weights: readonly number[]): number {
  const sum = weights.reduce((total, weight, index) => total + weight * Number(digits[index]), 0);
  return (11 - (sum % 11)) % 11;
}

/** The body that registers the person. */
export const registrationOf = (
  { personId, first, last, birthDate, number }: SyntheticPerson,
  on: LocalDate,
): object => ({
  personId,
  identifier: { kind: 'FNR', value: number },
  name: { first, last },
  birthDate,
  address: { lines: ['Øvingsveien 12'], postalCode: '2211', city: 'Kongsvinger' },
  addressProtection: 'UGRADERT',
  on,
});
