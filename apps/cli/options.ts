import { InvalidArgumentError } from 'commander';
import { type CallerRole, looksLikeIdentityNumber, ROLES } from '#forlop/platform';

/** A role in any case. */
export function roleOption(text: string): CallerRole {
  const role = ROLES.find((one) => one === text.toUpperCase());
  if (role === undefined) throw new InvalidArgumentError(`It must be one of ${ROLES.join(', ')}.`);
  return role;
}

/** `kommunenummer`, four digits. */
export function municipalityOption(text: string): string {
  return matching(text, /^\d{4}$/, 'It must be four digits. Example: 3401');
}

/** `bydelsnummer`, two digits. */
export function districtOption(text: string): string {
  return matching(text, /^\d{2}$/, 'It must be two digits. Example: 01');
}

/** ISO 6523 with the code of Enhetsregisteret. */
export function orgOption(text: string): string {
  return matching(text, /^0192:\d{9}$/, 'It must be 0192: and nine digits. Example: 0192:910000001');
}

/** Any id that is no identity number. */
export function subjectOption(text: string): string {
  if (looksLikeIdentityNumber(text)) throw new InvalidArgumentError('It must not be an identity number.');
  return matching(
    text,
    /^[A-Za-z0-9][A-Za-z0-9._:@-]{0,99}$/,
    'It must be an id without spaces. Example: kari.k',
  );
}

const UNITS = { s: 1, m: 60, h: 3600, d: 86_400 } as const;

/** `8h`, `30m`, `45s`, `2d` → seconds. */
export function durationOption(text: string): number {
  const [, count, unit] = /^(\d{1,6})([smhd])$/.exec(text) ?? [];
  const seconds = Number(count) * UNITS[unit as keyof typeof UNITS];
  if (!(seconds > 0))
    throw new InvalidArgumentError('It must be a number and one of s, m, h, d. Example: 8h');
  return seconds;
}

function matching(text: string, pattern: RegExp, must: string): string {
  if (!pattern.test(text)) throw new InvalidArgumentError(must);
  return text;
}
