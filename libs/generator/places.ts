/** Where a world lies: municipalities by size, their districts, and who works there. */
import { hasDistricts, municipalities, type Actor, type Role } from '#forlop/domain';
import { Random, type Weighted } from './random.js';

/** A child-welfare service: of a municipality, or of a district where those have their own. */
export interface Place {
  /** Four digits. */
  readonly municipality: string;
  /** Two digits, in Oslo, Bergen and Trondheim. */
  readonly district?: string;
  /** Inhabitants in thousands, roughly: how many cases it has beside the others. */
  readonly weight: number;
}

/**
 * Inhabitants in thousands at the beginning of 2024, rounded: Statistics Norway, table 07459, from memory, so that only the order
 * of magnitude counts. The municipalities that are not named have `SMALL`.
 */
const THOUSANDS: Readonly<Record<string, number>> = {
  '0301': 717,
  '4601': 291,
  '5001': 214,
  '1103': 149,
  '3201': 130,
  '4204': 116,
  '3301': 104,
  '3203': 98,
  '3205': 91,
  '3107': 84,
  '1108': 83,
  '5501': 78,
  '3907': 65,
  '3207': 62,
  '3105': 59,
  '3905': 59,
  '1508': 58,
  '4003': 56,
  '1804': 53,
  '3103': 51,
  '3909': 48,
  '3222': 46,
  '4203': 46,
  '1149': 43,
  '3240': 40,
  '4626': 39,
  '1106': 38,
  '4001': 37,
  '3411': 35,
  '3403': 33,
  '1506': 32,
  '3101': 31,
  '3305': 31,
  '3407': 30,
  '3303': 29,
  '3405': 28,
  '1833': 26,
  '5503': 25,
  '1505': 24,
  '5035': 24,
  '5006': 24,
  '5601': 21,
  '3420': 21,
  '3401': 18,
};
const SMALL = 5;

/** Districts that have a child-welfare service of their own. */
const DISTRICTS: Readonly<Record<string, number>> = { '0301': 15, '4601': 8, '5001': 4 };

export interface Choice {
  readonly municipalities: number;
  /** The municipalities to choose among, by number; all of the day when not given. */
  readonly among?: readonly string[];
  readonly until: string;
  readonly seed: string;
}

/** The services of a world, of the biggest municipality first. */
export function placesOf({ municipalities: count, among, until, seed }: Choice): readonly Place[] {
  const random = new Random(`${seed}/places`);
  const left = municipalities(until)
    .map(({ number }) => number)
    .filter((number) => among === undefined || among.includes(number))
    .map((number): [string, number] => [number, THOUSANDS[number] ?? SMALL]);
  const chosen: [string, number][] = [];
  while (chosen.length < count && left.length > 0) {
    const number = random.weighted(left);
    chosen.push(
      ...left.splice(
        left.findIndex(([candidate]) => candidate === number),
        1,
      ),
    );
  }
  return chosen.sort(([a, one], [b, other]) => other - one || (a < b ? -1 : 1)).flatMap(servicesOf);
}

function servicesOf([municipality, weight]: readonly [string, number]): readonly Place[] {
  const districts = hasDistricts(municipality) ? (DISTRICTS[municipality] ?? 0) : 0;
  if (districts === 0) return [{ municipality, weight }];
  return Array.from({ length: districts }, (_, index) => ({
    municipality,
    district: String(index + 1).padStart(2, '0'),
    weight: weight / districts,
  }));
}

export const weightedPlaces = (places: readonly Place[]): Weighted<Place> =>
  places.map((place) => [place, place.weight]);

const ORG_WEIGHTS = [3, 2, 7, 6, 5, 4, 3, 2];

/** A number with a check digit that is wrong, so that it is nobody's in Enhetsregisteret. */
export function unusedOrganisation(eight: string): string {
  const sum = ORG_WEIGHTS.reduce((total, weight, index) => total + weight * Number(eight[index]), 0);
  const right = (11 - (sum % 11)) % 11;
  return `0192:${eight}${(right + 1) % 10}`;
}

/** One of the service's employees, by number. */
export function employee({ municipality, district }: Place, role: Role, number = 1): Actor {
  return {
    subjectId: `${role.toLowerCase()}-${municipality}${district ?? ''}-${number}`,
    role,
    orgNumber: unusedOrganisation(`9999${municipality}`),
  };
}

/** How many caseworkers a service has: roughly one for every two thousand inhabitants. */
export const caseworkersOf = ({ weight }: Place): number => Math.max(2, Math.round(weight / 2));
