/** Codes of the national lists as they are on a day: who referred the child, and what it is about. */
import { isCodeValid, type LocalDate, needsSpecification } from '#forlop/domain';
import type { Random, Weighted } from '../random.js';
import { REPORTERS } from '../statistics.js';

/** A code, and a specification where the list asks for one. */
export interface Coded {
  readonly code: string;
  readonly specification?: string;
}

/**
 * What referrals are about. SSB («Noko færre meldingar til barnevernet i 2020») says which come most often: lack of parental
 * skills, violence in the home, parents' drug use and conflict, parents' mental health. The weights are by that order.
 */
const CONTENTS: Weighted<string> = [
  ['4', 30],
  ['20', 8],
  ['21', 9],
  ['22', 9],
  ['23', 7],
  ['28', 3],
  ['7', 16],
  ['3', 13],
  ['6', 13],
  ['2', 9],
  ['24', 7],
  ['8', 6],
  ['9', 5],
  ['10', 4],
  ['14', 5],
  ['25', 6],
  ['26', 3],
  ['17', 3],
  ['31', 3],
  ['11', 2],
  ['1', 2],
  ['5', 2],
  ['15', 2],
  ['18', 3],
  ['19', 3],
  ['2.1.01', 10],
  ['2.1.03', 12],
  ['2.2.01', 9],
  ['2.2.02', 8],
  ['2.3.01', 8],
  ['2.4.01', 9],
  ['2.4.02', 8],
  ['3.1.01', 9],
  ['3.1.02', 7],
  ['3.1.04', 6],
  ['3.2.01', 4],
  ['3.3.02', 3],
  ['1.2.03', 5],
  ['1.3.01', 5],
  ['1.3.05', 3],
  ['1.3.08', 7],
  ['1.1.02', 5],
  ['1.4.02', 3],
];
/** The child's own conduct or crime: there it is a party whatever its age (bvl §12-3 first paragraph). */
const CONDUCT: readonly string[] = ['25', '26', '1.3.08', '1.3.10'];

export const isConduct = (coded: readonly Coded[]): boolean =>
  coded.some(({ code }) => CONDUCT.includes(code));

/** By year, since lists change at the turn of one. */
const contentsOf = new Map<string, Weighted<string>>();

function contentsOn(on: LocalDate): Weighted<string> {
  const year = on.slice(0, 4);
  const known = contentsOf.get(year);
  if (known !== undefined) return known;
  const valid = CONTENTS.filter(([code]) => isCodeValid('saksinnhold', code, on));
  contentsOf.set(year, valid);
  return valid;
}

/** One to three contents or grounds. */
export function contents(random: Random, on: LocalDate): readonly Coded[] {
  const count = random.weighted([
    [1, 55],
    [2, 33],
    [3, 12],
  ] as const);
  const codes = new Set(Array.from({ length: count }, () => random.weighted(contentsOn(on))));
  return [...codes].map((code) =>
    needsSpecification('saksinnhold', code, on)
      ? { code, specification: 'Annet forhold, beskrevet i teksten' }
      : { code },
  );
}

const PRIVATE: readonly string[] = ['1', '2', '3', '4', '21'];

/** Who was worried. */
export function reporters(random: Random, on: LocalDate) {
  const drawn = random.weighted(REPORTERS);
  const code = isCodeValid('melder', drawn, on) ? drawn : random.chance(0.9) ? '24' : '25';
  const isPublic = !PRIVATE.includes(code);
  return [
    {
      code,
      isPublic,
      anonymous: code === '4' && random.chance(0.25),
      ...(needsSpecification('melder', code, on) ? { specification: 'Krisesenter eller bolig' } : {}),
    },
  ];
}
