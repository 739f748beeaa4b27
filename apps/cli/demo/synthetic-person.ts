/** People who do not exist, with numbers as the generator makes them: synthetic, so that none belongs to anybody. */
import { randomInt, randomUUID } from 'node:crypto';
import { addDays, addYears, type LocalDate } from '#forlop/domain';
import { INDIVIDUALS, syntheticNumber as numberAt } from '#forlop/generator';

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
  for (;;) {
    const number = numberAt('FNR', birthDate, randomInt(INDIVIDUALS));
    if (number !== undefined) return number;
  }
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
