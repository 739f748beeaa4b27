/** A child and the adults around it, as the register has them. */
import type { personCommands } from '#forlop/domain';
import {
  addDays,
  addYears,
  type Infer,
  type LocalDate,
  type PersonData,
  type Protection,
} from '#forlop/domain';
import { CHILDREN_IN_FAMILY } from './assumptions.js';
import type { IdentityNumbers } from './identity-number.js';
import { BOYS as BOY_NAMES, FAMILY_NAMES, GIRLS, MEN, STREETS, TOWNS, WOMEN } from './names.js';
import type { Random, Weighted } from './random.js';
import { BOYS, REFERRED_BY_AGE } from './statistics.js';

export type Registration = Infer<typeof personCommands.RegisterPerson.shape>;

export interface Registered {
  readonly personId: string;
  readonly first: string;
  readonly last: string;
  readonly registration: Registration;
}
export interface Child extends Registered {
  /** Birth, or due date of one not yet born. */
  readonly birth: LocalDate;
  readonly isUnborn: boolean;
  /** What the child is identified by once it is born, where it is not yet. */
  readonly identifierAtBirth?: Registration['identifier'];
}
export interface Guardian extends Registered {
  readonly relation: 'MOR' | 'FAR' | 'MEDMOR' | 'BESTEFORELDER';
  readonly dailyCare: boolean;
  readonly foreldreansvar: boolean;
}
export interface Household {
  readonly children: readonly Child[];
  readonly guardians: readonly Guardian[];
  readonly protection: Protection;
}

const PROTECTED: Weighted<Protection> = [
  ['UGRADERT', 970],
  ['FORTROLIG', 22],
  ['STRENGT_FORTROLIG', 8],
];
/** Who is there, and who has the child day by day. */
type Adults = readonly (readonly [Guardian['relation'], boolean, boolean])[];
const ADULTS: Weighted<Adults> = [
  [
    [
      ['MOR', true, true],
      ['FAR', true, true],
    ],
    46,
  ],
  [
    [
      ['MOR', true, true],
      ['FAR', false, true],
    ],
    28,
  ],
  [
    [
      ['MOR', true, true],
      ['FAR', false, false],
    ],
    6,
  ],
  [[['MOR', true, true]], 9],
  [
    [
      ['FAR', true, true],
      ['MOR', false, true],
    ],
    8,
  ],
  [
    [
      ['MOR', true, true],
      ['MEDMOR', true, true],
    ],
    1,
  ],
  [
    [
      ['BESTEFORELDER', true, false],
      ['MOR', false, true],
    ],
    2,
  ],
];
const UNBORN = 0.007;
const WITH_D_NUMBER = 0.02;
const WITHOUT_NUMBER = 0.015;

/** What people are drawn with: chance, and the numbers that nobody has yet. */
export interface Chance {
  readonly random: Random;
  readonly numbers: IdentityNumbers;
}

/** A household with at most so many children, as it is on the day that somebody is first worried. */
export function householdOf(chance: Chance, on: LocalDate, mostChildren: number): Household {
  const { random } = chance;
  const last = random.pick(FAMILY_NAMES);
  const home = {
    protection: random.weighted(PROTECTED),
    lines: [`${random.pick(STREETS)} ${random.between(1, 98)}`],
    postalCode: String(random.between(100, 9_990)).padStart(4, '0'),
    city: random.pick(TOWNS),
    last,
    on,
  };
  const count = Math.min(mostChildren, random.weighted(CHILDREN_IN_FAMILY));
  const guardians = random.weighted(ADULTS).map(([relation, dailyCare, foreldreansvar]): Guardian => {
    const age = relation === 'BESTEFORELDER' ? random.between(52, 74) : random.between(23, 50);
    const names = relation === 'FAR' ? MEN : WOMEN;
    const first = random.pick(names);
    const birth = addDays(addYears(on, -age), -random.between(1, 360));
    return { ...registered(chance, home, first, birth), relation, dailyCare, foreldreansvar };
  });
  const children = Array.from({ length: count }, () => childOf(chance, home, guardians));
  return { children, guardians, protection: home.protection };
}

interface Home {
  readonly protection: Protection;
  readonly lines: readonly string[];
  readonly postalCode: string;
  readonly city: string;
  readonly last: string;
  readonly on: LocalDate;
}

function childOf(chance: Chance, home: Home, guardians: readonly Guardian[]): Child {
  const { random } = chance;
  const relations = guardians.map(({ personId, relation, dailyCare, foreldreansvar }) => ({
    personRef: personId,
    relation,
    dailyCare,
    foreldreansvar,
  }));
  if (random.chance(UNBORN)) {
    const birth = addDays(home.on, random.between(20, 170));
    const personId = random.uuid();
    const { last, protection, on } = home;
    const registration: Registration = {
      personId,
      identifier: { kind: 'UNBORN' },
      dueDate: birth,
      addressProtection: protection,
      relations,
      on,
    };
    const first = random.pick(GIRLS);
    const identifierAtBirth = identifierFor(chance, birth);
    return { personId, first, last, birth, isUnborn: true, identifierAtBirth, registration };
  }
  const [from, to] = random.weighted(REFERRED_BY_AGE);
  // Nobody is referred here in the last half-year before 18: the law would be another before the case is through.
  const age = random.between(from, to);
  const birth = addDays(addYears(home.on, -age), -random.between(1, age === 17 ? 180 : 364));
  const first = random.pick(random.chance(BOYS) ? BOY_NAMES : GIRLS);
  return { ...registered(chance, home, first, birth, relations), birth, isUnborn: false };
}

function registered(
  chance: Chance,
  home: Home,
  first: string,
  birthDate: LocalDate,
  relations?: PersonData['relations'],
): Registered {
  const personId = chance.random.uuid();
  const { last, protection, on, lines, postalCode, city } = home;
  return {
    personId,
    first,
    last,
    registration: {
      personId,
      identifier: identifierFor(chance, birthDate),
      name: { first, last },
      birthDate,
      address: { lines, postalCode, city },
      addressProtection: protection,
      ...(relations === undefined ? {} : { relations }),
      on,
    },
  };
}

function identifierFor({ random, numbers }: Chance, birthDate: LocalDate): Registration['identifier'] {
  if (random.chance(WITHOUT_NUMBER)) return { kind: 'NONE' };
  const kind = random.chance(WITH_D_NUMBER) ? 'DNR' : 'FNR';
  const value = numbers.next(kind, birthDate, random);
  return value === undefined ? { kind: 'NONE' } : { kind, value };
}
