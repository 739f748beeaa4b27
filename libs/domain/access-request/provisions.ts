/**
 * The provisions that access to a document can be refused by, with the ledd and letters that each of them has (fvl §21 first
 * paragraph: the party is told which ledd and which letter was used).
 */
import type { FieldError } from '../kernel/errors.js';
import type { LawCode, LawReference } from '../kernel/law-reference.js';

/** A provision as it is cited in a request: what is missing is judged here (rule 55), not at the door. */
export interface CitedProvision {
  readonly law?: LawCode;
  readonly section?: string;
  readonly paragraph?: number | null;
  readonly letter?: string | null;
}

interface Ledd {
  readonly law: LawCode;
  readonly section: string;
  readonly paragraph: number;
  /** Its letters in order; `''` where it has none. */
  readonly letters: string;
  /** The refusal lasts only as long as an investigation does (rule 56). */
  readonly temporary?: true;
  /** What is withheld is made known to a representative on request (rule 57): the letter, or the whole ledd by `''`. */
  readonly representative?: string;
}

const ledd = (law: LawCode, section: string, paragraph: number, letters = ''): Ledd => ({
  law,
  section,
  paragraph,
  letters,
});

/** Read from the statutes; the letters of fvl §19 are the four and the two items of its first and second paragraph. */
const GROUNDS: readonly Ledd[] = [
  /** A parent who is no party is not told of a decision. */
  ledd('BVL2021', '12-2', 2),
  /** Danger or harm to the child or another. */
  { ...ledd('BVL2021', '12-6', 2), representative: '' },
  /** An investigation that could be hindered. */
  { ...ledd('BVL2021', '12-6', 3), temporary: true },
  /** Confidentiality, towards those who ask on another basis than as a party. */
  ledd('BVL2021', '13-1', 1),
  ledd('BVL2021', '13-1', 2),
  ledd('FVL1967', '13', 1),
  /** A minor under 15 and what is confidential. */
  ledd('FVL1967', '18', 1),
  /** Internal documents, and what was obtained for internal use. */
  ledd('FVL1967', '18 a', 1),
  ledd('FVL1967', '18 b', 1),
  ledd('FVL1967', '18 b', 2),
  ledd('FVL1967', '18 b', 3),
  /** d: the party’s own health, or relation to those close. */
  { ...ledd('FVL1967', '19', 1, 'abcd'), representative: 'd' },
  /** a: another’s health; b: other matters that should not be passed on. */
  ledd('FVL1967', '19', 2, 'ab'),
  /** As long as investigations go on. */
  { ...ledd('FVL1967', '20', 1), temporary: true },
];

/** `18a` and `18 a` are one section. */
const spelled = (section: string): string => section.replace(/(\d)([a-z])$/, '$1 $2');

const leddOf = ({ law, section, paragraph }: CitedProvision): Ledd | undefined =>
  section === undefined
    ? undefined
    : GROUNDS.find((g) => g.law === law && g.section === spelled(section) && g.paragraph === paragraph);

const fault = (felt: string, melding: string): readonly FieldError[] => [
  { felt, regel: 'refusal-basis-missing', melding },
];

/** What is wrong with a cited ground, each with its pointer under `at`; `[]` when it is one, cited as fvl §21 asks. */
export function provisionFaults(cited: CitedProvision | undefined, at: string): readonly FieldError[] {
  if (cited === undefined) return fault(at, 'Oppgi bestemmelsen avslaget bygger på.');
  const { law, section, paragraph, letter } = cited;
  if (law === undefined) return fault(`${at}/law`, 'Oppgi loven.');
  if (section === undefined) return fault(`${at}/section`, 'Oppgi paragrafen.');
  const inSection = GROUNDS.filter((g) => g.law === law && g.section === spelled(section));
  if (inSection.length === 0)
    return fault(`${at}/section`, 'Velg en bestemmelse som gir adgang til å nekte innsyn.');
  if (paragraph == null) return fault(`${at}/paragraph`, 'Oppgi leddet.');
  const found = leddOf(cited);
  if (found === undefined) {
    const known = inSection.map((g) => g.paragraph).join(', ');
    return fault(`${at}/paragraph`, `Velg et ledd som gir adgang til å nekte innsyn: ${known}.`);
  }
  if (found.letters === '') {
    return letter == null ? [] : fault(`${at}/letter`, 'Fjern bokstaven: leddet har ingen bokstaver.');
  }
  return letter != null && found.letters.includes(letter)
    ? []
    : fault(`${at}/letter`, `Oppgi bokstaven, en av ${[...found.letters].join(', ')}.`);
}

/** The ground in its one spelling; `undefined` where not even the section is cited. */
export function groundOf(cited: CitedProvision): LawReference | undefined {
  const { law, section, paragraph, letter } = cited;
  if (law === undefined || section === undefined) return undefined;
  return {
    law,
    section: spelled(section),
    ...(paragraph == null ? {} : { paragraph }),
    ...(letter == null ? {} : { letter }),
  };
}

/** Grounds in their one spelling; what cites no section is none. */
export const groundsOf = (cited: readonly CitedProvision[]): readonly LawReference[] =>
  cited.map(groundOf).filter((ground) => ground !== undefined);

/** A cited ground with its section in the one spelling, to be stored. */
export const stored = <P extends CitedProvision>(cited: P): P =>
  cited.section === undefined ? cited : { ...cited, section: spelled(cited.section) };

/** Whether a refusal on the ground lasts only as long as an investigation goes on (bvl §12-6 third paragraph). */
export const isTemporary = (cited: CitedProvision): boolean => leddOf(cited)?.temporary === true;

/** Whether what is withheld is made known to a representative on request (bvl §12-6 second paragraph, fvl §19 first d). */
export function isForRepresentative(cited: CitedProvision): boolean {
  const representative = leddOf(cited)?.representative;
  return representative !== undefined && (representative === '' || representative === cited.letter);
}

/** Fvl §18 first paragraph: what a minor under 15 is not told, and no representative is told instead. */
export const isUnder15Ground = ({ law, section, paragraph }: CitedProvision): boolean =>
  law === 'FVL1967' && section === '18' && paragraph === 1;

const LAW_NAMES: { readonly [L in LawCode]?: string } = {
  BVL2021: 'barnevernsloven',
  FVL1967: 'forvaltningsloven',
};
const ORDINALS = ['første', 'andre', 'tredje'];

/** As a letter to the party cites it: «forvaltningsloven § 19 første ledd bokstav d». */
export function citation({ law, section, paragraph, letter }: LawReference): string {
  const ordinal = paragraph == null ? '' : ` ${ORDINALS[paragraph - 1] ?? `${paragraph}.`} ledd`;
  return `${LAW_NAMES[law] ?? law} § ${section}${ordinal}${letter == null ? '' : ` bokstav ${letter}`}`;
}

/** Whether two grounds are the same provision, ledd and letter. */
export const isSameGround = (a: LawReference, b: LawReference): boolean => citation(a) === citation(b);
