/**
 * National codes beside our own enums (model.md decision 5b): what the domain decides on is ours and valid on every date, the
 * SSB code is derived where the list holds one on the date and our word says which.
 */
import { isCodeValid, type CodeListName } from './codes.js';
import type { LocalDate } from './dates.js';

/** Our words, each with the national codes that can stand for it; more than one: the caller says which. */
const CODES = {
  medvirkning: {
    CONVERSATION: ['1.1'],
    REPRESENTATIVE: ['1.2'],
    OBSERVATION: ['1.3'],
    OTHER_EXPRESSION: ['1.4'],
    NO_OPPORTUNITY: ['2.1'],
    DID_NOT_WISH: ['2.2'],
  },
  meldingKonklusjon: {
    DISMISSED: ['1', '5', '6', '9', '10'],
    INVESTIGATE: ['2'],
    IN_ONGOING_INVESTIGATION: ['4'],
    IN_ACTIVE_MEASURES: ['3'],
    TRANSFERRED: ['7', '8'],
  },
  undersokelseKonklusjon: {
    VEDTAK_TILTAK: ['1'],
    BEGJAERING: ['2'],
    HENLAGT_MED_GJENAPNING: ['4'],
    HENLAGT: ['3', '4', '5', '6', '7', '8', '9'],
  },
} as const satisfies { readonly [L in CodeListName]?: Readonly<Record<string, readonly string[]>> };

export type DerivedList = keyof typeof CODES;
export type OwnTerm<L extends DerivedList> = keyof (typeof CODES)[L] & string;

/** The national codes that can stand for our word on a date; `[]` where the list holds none then. */
export const nationalCodes = <L extends DerivedList>(
  list: L,
  term: OwnTerm<L>,
  on: LocalDate,
): readonly string[] => {
  const terms: Readonly<Record<string, readonly string[]>> = CODES[list];
  return (terms[term] ?? []).filter((code) => isCodeValid(list, code, on));
};

/** The national code of our word on a date where only one can stand for it, else `undefined`: then it must be given. */
export function nationalCode<L extends DerivedList>(
  list: L,
  term: OwnTerm<L>,
  on: LocalDate,
): string | undefined {
  const codes = nationalCodes(list, term, on);
  return codes.length === 1 ? codes[0] : undefined;
}
