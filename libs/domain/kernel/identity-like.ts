/** Whether a string holds what looks like a Norwegian identity number, so that none ends up in a field that is not sealed. */

/** Most tokens are shorter. */
const DIGITS = 11;
const ANY_ELEVEN = /\d{6}[ .-]?\d{5}/;
const ELEVEN = /(?<![0-9A-Za-z])(\d{6})[ .-]?(\d{5})(?![0-9A-Za-z])/g;

/**
 * Eleven digits that begin with a day and a month as fødselsnummer, D-number (day + 40) or synthetic numbers (month + 40,
 * + 65 or + 80) write them. The check digits are not asked: a mistyped number is personal too.
 */
export const holdsIdentityNumber = (text: string): boolean =>
  text.length >= DIGITS &&
  ANY_ELEVEN.test(text) &&
  [...text.matchAll(ELEVEN)].some(([, first]) => first !== undefined && beginsWithDate(first));

function beginsWithDate(sixDigits: string): boolean {
  const [day, month] = [Number(sixDigits.slice(0, 2)), Number(sixDigits.slice(2, 4))];
  const dayInMonth = day > 40 ? day - 40 : day;
  const monthInYear = [80, 65, 40].reduce((left, added) => (left > added ? left - added : left), month);
  return dayInMonth >= 1 && dayInMonth <= 31 && monthInYear >= 1 && monthInYear <= 12;
}
