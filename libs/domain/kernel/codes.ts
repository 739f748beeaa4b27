/** National code lists with validity as data: a code is judged on the legal date, never on today. */
import type { LocalDate } from './dates.js';
import codelists from './data/codelists.json' with { type: 'json' };

export type CodeListName = keyof typeof codelists.lists;

export interface Code {
  readonly code: string;
  /** Bokmål, as the national list prints it. */
  readonly label: string;
  readonly validFrom: LocalDate;
  readonly validTo?: LocalDate;
  /** The list asks for a text beside the code. */
  readonly needsSpecification: boolean;
}

interface RawCode {
  readonly code: string;
  readonly label: string;
  readonly validFrom?: string | undefined;
  readonly validTo?: string | undefined;
  readonly needsSpecification?: boolean | undefined;
}

/** Rows without a date are headings of a list: they group codes and are none. */
const toCodes = (rows: readonly RawCode[]): readonly Code[] =>
  rows.flatMap(({ code, label, validFrom, validTo, needsSpecification }) =>
    validFrom === undefined
      ? []
      : [
          {
            code,
            label,
            validFrom,
            ...(validTo === undefined ? {} : { validTo }),
            needsSpecification: needsSpecification ?? false,
          },
        ],
  );

const lists: ReadonlyMap<string, readonly Code[]> = new Map(
  Object.entries<readonly RawCode[]>(codelists.lists).map(([name, rows]) => [name, toCodes(rows)]),
);

export const CODE_LISTS: readonly string[] = [...lists.keys()];

export const isCodeList = (list: string): list is CodeListName => lists.has(list);

const holds = ({ validFrom, validTo }: Code, on: LocalDate): boolean =>
  validFrom <= on && (validTo === undefined || on <= validTo);

/** The codes of a list, of all times or as valid on a date; `[]` for a list that is unknown. */
export function codesOf(list: string, on?: LocalDate): readonly Code[] {
  const codes = lists.get(list) ?? [];
  return on === undefined ? codes : codes.filter((code) => holds(code, on));
}

/** Whether the list holds the code on any date. Only such a code may be stored: anything else could be a text. */
export const isKnownCode = (list: string, code: string): boolean =>
  codesOf(list).some((candidate) => candidate.code === code);

export const isCodeValid = (list: string, code: string, on: LocalDate): boolean =>
  codesOf(list, on).some((candidate) => candidate.code === code);

/** Whether the code, as valid on the date, asks for a specification. */
export const needsSpecification = (list: string, code: string, on: LocalDate): boolean =>
  codesOf(list, on).some((candidate) => candidate.code === code && candidate.needsSpecification);
