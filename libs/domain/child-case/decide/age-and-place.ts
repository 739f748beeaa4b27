/** Rules 01 and 02: the child's age, and the municipality where it stays. */
import type { CommandContext } from '../../kernel/decider.js';
import type { LocalDate } from '../../kernel/dates.js';
import { numbersOn } from '../../kernel/municipalities.js';
import { ruleBroken } from '../../law/rules.js';
import type { OpenCase } from '../state.js';
import { ageAt, hasAftercare } from './people.js';

/** Whether the law's measures reach someone of that age: under 18, or under 25 with aftercare. */
export const isWithinAge = (state: OpenCase, on: LocalDate): boolean =>
  ageAt(state, on) < 18 || hasAftercare(state, on);

/** Rule 01, HARD. */
export function assertAge(state: OpenCase, on: LocalDate): void {
  if (isWithinAge(state, on)) return;
  throw childAge(on, `Barnet er ${ageAt(state, on)} år og har ikke ettervern.`);
}

export const childAge = (on: LocalDate, detail: string) => ruleBroken('01', { on, detail });

/** One municipality under two numbers is one: numbers change, cases go on. */
export function isSameMunicipality(a: string, b: string, today: LocalDate): boolean {
  if (a === b) return true;
  const numbers = numbersOn(b, today);
  return numbersOn(a, today).some((number) => numbers.includes(number));
}

export const staysElsewhere = ({ stay }: OpenCase, { municipality, today }: CommandContext): boolean =>
  !isSameMunicipality(stay.municipality, municipality, today);

/** Rule 02, HARD. */
export function assertStaysHere(state: OpenCase, context: CommandContext, on: LocalDate): void {
  if (!staysElsewhere(state, context)) return;
  throw ruleBroken('02', {
    on,
    detail: `Barnet oppholder seg i kommune ${state.stay.municipality}, ikke i ${context.municipality}.`,
  });
}
