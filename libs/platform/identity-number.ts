/** Eleven digits on their own, also written 6 + 5. More than can be one: a number that was mistyped is personal too. */
const ELEVEN_DIGITS = /(?<![0-9A-Za-z])\d{6}[ .-]?\d{5}(?![0-9A-Za-z])/;
const EACH = new RegExp(ELEVEN_DIGITS, 'g');

/** What replaces such a number; digits, so that a JSON number stays one. No month and day are 99. */
const NO_NUMBER = '99999999999';

/** Whether a text holds what may be a fødselsnummer or D-number; such a text would be stored or shown in clear. */
export function looksLikeIdentityNumber(text: string): boolean {
  return ELEVEN_DIGITS.test(text);
}

/** The text with each such number replaced. */
export function withoutIdentityNumbers(text: string): string {
  return text.replace(EACH, NO_NUMBER);
}
