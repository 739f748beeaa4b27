/** Rule 22: codes are judged on the legal date. */
import { isCodeValid, isKnownCode, needsSpecification } from '../../kernel/codes.js';
import type { LocalDate } from '../../kernel/dates.js';
import type { FieldError, RuleBroken } from '../../kernel/errors.js';
import { isJudged } from '../../law/rulesets.js';
import { ruleBroken } from '../../law/rules.js';
import { fieldError, isBlank } from './basics.js';

export interface Coded {
  readonly code: string;
  readonly specification?: string;
}

/**
 * Every code is one of the list, and valid on the date where the rules are judged. A code that the list never held is refused
 * under every law: stored in clear, it could be a text.
 */
export function assertCodes(list: string, codes: readonly string[], on: LocalDate, at: string): void {
  const wrong = codes.flatMap((code, index) =>
    isAcceptable(list, code, on) ? [] : [at.replace('*', `${index}`)],
  );
  if (wrong.length > 0) throw codeNotValid(on, wrong, list);
}

const isAcceptable = (list: string, code: string, on: LocalDate): boolean =>
  isJudged(on) ? isCodeValid(list, code, on) : isKnownCode(list, code);

export const codeNotValid = (on: LocalDate, pointers: readonly string[], list: string): RuleBroken =>
  ruleBroken('22', {
    on,
    slug: 'code-not-valid',
    detail: `En kode finnes ikke i kodeverket ${list}, eller gjelder ikke på datoen ${on}.`,
    losning: `Velg en kode som gjelder på datoen: GET /api/v1/codes/${list}?validOn=${on}.`,
    feil: pointers.map((felt) => fieldError(felt, 'code-not-valid', 'Velg en kode som gjelder på datoen.')),
  });

/** A code that asks for a specification has one; throws `specification-missing`. */
export function assertSpecified(list: string, coded: readonly Coded[], on: LocalDate, at: string): void {
  const missing = coded.flatMap(({ code, specification }, index) =>
    needsSpecification(list, code, on) && isBlank(specification) ? [`${at}/${index}/specification`] : [],
  );
  if (missing.length > 0) throw specificationMissing(on, missing);
}

export function specificationMissing(on: LocalDate, pointers: readonly string[]): RuleBroken {
  const feil: FieldError[] = pointers.map((felt) =>
    fieldError(felt, 'specification-missing', 'Skriv en presisering: koden krever det.'),
  );
  return ruleBroken('22', {
    on,
    slug: 'specification-missing',
    detail: 'En kode krever en presisering som mangler.',
    losning: 'Skriv en presisering der koden krever det.',
    feil,
  });
}

/** Grounds of a decision or a conclusion: codes of `saksinnhold` with what they ask for. */
export function assertGrounds(grounds: readonly Coded[], on: LocalDate): void {
  assertCodes(
    'saksinnhold',
    grounds.map(({ code }) => code),
    on,
    '/grounds/*/code',
  );
  if (isJudged(on)) assertSpecified('saksinnhold', grounds, on, '/grounds');
}
