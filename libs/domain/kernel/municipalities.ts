/** Municipality numbers with validity and successors: numbers change, cases go on. */
import type { LocalDate } from './dates.js';
import history from './data/municipality-history.json' with { type: 'json' };

export interface Municipality {
  /** Four digits. */
  readonly number: string;
  readonly name: string;
  /** Absent: before 2013. */
  readonly validFrom?: LocalDate;
  /** Absent: still so. */
  readonly validTo?: LocalDate;
  /** Numbers in the division of 2024, where it has ended; `[]` also where its parts went to several. */
  readonly successors: readonly string[];
  /** Its parts went to several municipalities: who is responsible is settled case by case. */
  readonly divided: boolean;
}

interface RawMunicipality {
  readonly kommunenummer: string;
  readonly navn: string;
  readonly validFrom: string | null;
  readonly validTo: string | null;
  readonly successors: readonly string[];
  readonly divided?: boolean | undefined;
}

const toMunicipality = (raw: RawMunicipality): Municipality => ({
  number: raw.kommunenummer,
  name: raw.navn,
  ...(raw.validFrom === null ? {} : { validFrom: raw.validFrom }),
  ...(raw.validTo === null ? {} : { validTo: raw.validTo }),
  successors: raw.successors,
  divided: raw.divided ?? false,
});

const byNumber = new Map<string, Municipality>(
  (history.municipalities as readonly RawMunicipality[]).map((raw) => [
    raw.kommunenummer,
    toMunicipality(raw),
  ]),
);

const holds = ({ validFrom, validTo }: Municipality, on: LocalDate): boolean =>
  (validFrom === undefined || validFrom <= on) && (validTo === undefined || on <= validTo);

/** All municipalities, or those of a date, by number. A number is never given to another municipality later. */
export const municipalities = (on?: LocalDate): readonly Municipality[] =>
  [...byNumber.values()].filter((municipality) => on === undefined || holds(municipality, on));

/** The municipality of a number, of whatever time; `undefined` for a number that never was one. */
export const municipality = (number: string): Municipality | undefined => byNumber.get(number);

/** Whether the number is a municipality, on the date if one is given. */
export function isMunicipality(number: string, on?: LocalDate): boolean {
  const found = byNumber.get(number);
  return found !== undefined && (on === undefined || holds(found, on));
}

/**
 * Which numbers a municipality goes by on a date: itself while it lasts, then its successors. `[]` where its parts went to
 * several and none is named, and for an unknown number.
 */
export function numbersOn(number: string, on: LocalDate): readonly string[] {
  const found = byNumber.get(number);
  if (found === undefined) return [];
  if (found.validTo === undefined || on <= found.validTo) return [number];
  return found.successors.filter((successor) => isMunicipality(successor, on));
}

/** Municipalities that are divided into districts (bydeler) which report on their own: Oslo, Bergen, Trondheim. */
export const DISTRICT_MUNICIPALITIES: readonly string[] = ['0301', '4601', '5001'];

/** Whether what happens there must name a district. */
export const hasDistricts = (number: string): boolean => DISTRICT_MUNICIPALITIES.includes(number);
