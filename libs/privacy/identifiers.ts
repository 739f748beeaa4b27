import { idnr } from '@navikt/fnrvalidator';
import { holdsIdentityNumber, type IdentifierKind } from '#forlop/domain';

/** The identifier in its one stored spelling (absent for NONE and UNBORN), or what is wrong with it, in Norwegian. */
export type CheckedIdentifier =
  { readonly ok: true; readonly value?: string } | { readonly ok: false; readonly melding: string };

/** Spaces (also the hard ones of a word processor), hyphens and dots that people write between the digits. */
const SEPARATORS = /[\s.\-\u2010\u2011]/g;
/** Year of the first application, running number, control. */
const DUF = /^(19|20)\d{10}$/;
const DUF_IN_TEXT = /(?<![0-9A-Za-z-])(19|20)\d{2} ?\d{6} ?\d{2}(?![0-9A-Za-z-])/;

/**
 * Normalises an identifier and judges whether it is one of its kind: digits, date, check digits (also those of numbers
 * given out from 2032 on). Synthetic numbers (month + 80) count as the kind that they stand for; help numbers of the
 * health service (month + 40) are no fødselsnummer.
 *
 * Of a DUF number only year and length are judged. UDI publishes no control for it, and its own example would not pass
 * the one that is in use elsewhere; the national child-welfare reporting asks for twelve digits and no more.
 * @param value as the client wrote it; never part of the answer when it is refused
 */
export function checkIdentifier(kind: IdentifierKind, value: string | undefined): CheckedIdentifier {
  const digits = value?.replace(SEPARATORS, '') ?? '';
  switch (kind) {
    case 'NONE':
    case 'UNBORN':
      return digits === ''
        ? { ok: true }
        : refused(`En person med kind ${kind} har ikke noe nummer: fjern value.`);
    case 'DUF':
      return DUF.test(digits)
        ? { ok: true, value: digits }
        : refused('Et DUF-nummer har tolv sifre og begynner med et årstall.');
    case 'FNR':
    case 'DNR':
      return checkElevenDigits(kind, digits);
  }
}

function checkElevenDigits(kind: 'FNR' | 'DNR', digits: string): CheckedIdentifier {
  if (!/^\d{11}$/.test(digits)) {
    return refused(`Et ${nameOf(kind)} har elleve sifre.`);
  }
  const result = idnr(digits);
  if (result.status === 'invalid') {
    return refused(
      result.reasons.includes('invalid date')
        ? `Datoen i nummeret finnes ikke: dette er ikke et ${nameOf(kind)}.`
        : `Kontrollsifrene stemmer ikke: dette er ikke et ${nameOf(kind)}.`,
    );
  }
  const own = OWN_KIND[result.type];
  if (own === undefined) return refused(`Dette er et hjelpenummer, ikke et ${nameOf(kind)}.`);
  return own === kind
    ? { ok: true, value: digits }
    : refused(`Nummeret er et ${nameOf(own)}: kind skal være ${own}.`);
}

/** The validator's types: `t` is synthetic (month + 80), `h` a help number (month + 40). */
const OWN_KIND: Readonly<Record<string, 'FNR' | 'DNR'>> = {
  fnr: 'FNR',
  tnr: 'FNR',
  dnr: 'DNR',
  'dnr-and-tnr': 'DNR',
};

const nameOf = (kind: 'FNR' | 'DNR'): string => (kind === 'FNR' ? 'fødselsnummer' : 'D-nummer');
const refused = (melding: string): CheckedIdentifier => ({ ok: false, melding });

/**
 * Whether a text holds what looks like an identity number: eleven digits that begin like a fødselsnummer or D-number,
 * or twelve like a DUF number. Check digits are not asked, a mistyped number is personal too. For places where none
 * belongs: subjects of tokens, headers, ids given by clients. A UUID never looks like one.
 */
export const looksLikeIdentityNumber = (text: string): boolean =>
  holdsIdentityNumber(text) || DUF_IN_TEXT.test(text);
