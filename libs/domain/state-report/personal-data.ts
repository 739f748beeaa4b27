/** Whether a text of a report holds what could point to a person. Pure. */
import { holdsIdentityNumber } from '../kernel/identity-like.js';

/** Someone in the case files, as the register spells the name, and the numbers that identify the person. */
export interface KnownPerson {
  readonly first?: string;
  readonly middle?: string;
  readonly last?: string;
  readonly identifier?: string;
}

/** Shorter names are words too often. */
const SHORTEST = 3;
const WORD = /[\p{L}\p{M}]+(?:[-'’][\p{L}\p{M}]+)*/gu;
/** Eleven digits (fødselsnummer, D-number) or twelve (DUF), also in groups. */
const LONG_NUMBER = /(?<!\d)\d(?:[ .-]?\d){10,11}(?!\d)/g;

const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/i;

/** What to look for in texts: built once for all chapters. */
export interface PersonalData {
  readonly words: ReadonlySet<string>;
  readonly numbers: ReadonlySet<string>;
}

/** The names and numbers of people, made ready to be looked for. */
export function personalDataOf(people: Iterable<KnownPerson>): PersonalData {
  const words = new Set<string>();
  const numbers = new Set<string>();
  for (const { first, middle, last, identifier } of people) {
    for (const name of [first, middle, last]) {
      for (const word of wordsOf(withItsCapitals(name ?? ''))) if (word.length >= SHORTEST) words.add(word);
    }
    if (identifier !== undefined && identifier !== '') numbers.add(digits(identifier));
  }
  return { words, numbers };
}

/**
 * Whether the text holds a part of a name, written with the capital that a name has and as a word of its own (with or without
 * the s of the genitive), an identity number, known or not, or an id of the service, which a case or a person has.
 */
export function holdsPersonalData(text: string, { words, numbers }: PersonalData): boolean {
  if (holdsIdentityNumber(text) || UUID.test(text)) return true;
  if ([...text.matchAll(LONG_NUMBER)].some(([number]) => numbers.has(digits(number)))) return true;
  return wordsOf(text).some((word) => isNameWord(word, words));
}

const isNameWord = (word: string, names: ReadonlySet<string>): boolean => {
  const first = word.charAt(0);
  if (first !== first.toLocaleUpperCase('nb')) return false;
  return names.has(word) || (/s$/u.test(word) && names.has(word.replace(/['’]?s$/u, '')));
};

/** A name that somebody registered in small letters throughout. One with a capital keeps its small ones («de la»). */
const withItsCapitals = (name: string): string =>
  name === name.toLocaleLowerCase('nb')
    ? name.replace(WORD, (word) => `${word.charAt(0).toLocaleUpperCase('nb')}${word.slice(1)}`)
    : name;

/**
 * Words, and of a hyphenated one its parts as well. Names in capitals are written as the register writes them; letters of
 * another width and marks that are not seen (a soft hyphen) make no other word.
 */
const wordsOf = (text: string): readonly string[] =>
  [
    ...text
      .normalize('NFKC')
      .replace(/\p{Cf}/gu, '')
      .matchAll(WORD),
  ].flatMap(([word]) => {
    const parts = word.split('-');
    return (parts.length > 1 ? [word, ...parts] : [word]).map(withoutCapitals);
  });

const withoutCapitals = (word: string): string =>
  word.length > 1 && word === word.toLocaleUpperCase('nb')
    ? `${word.charAt(0)}${word.slice(1).toLocaleLowerCase('nb')}`
    : word;

const digits = (number: string): string => number.replace(/\D/g, '');
