import { NUMBERED_KINDS, identityErrors, isRecord } from '#forlop/domain';
import type { FieldError, IdentifierKind } from '#forlop/domain';
import { checkIdentifier } from '#forlop/privacy';

type Body = Readonly<Record<string, unknown>>;

/** What the domain asks of kind, number and dates; and, where it finds nothing, check digits as the register has them. */
export function personErrors(body: Body): readonly FieldError[] {
  const errors = identityErrors(body);
  return errors.length > 0 ? errors : checkDigitErrors(body);
}

/** A search needs a number, and one of its own kind. */
export function searchErrors(body: Body): readonly FieldError[] {
  const { kind } = isRecord(body['identifier']) ? body['identifier'] : {};
  return kind === 'NONE' || kind === 'UNBORN'
    ? [{ felt: '/identifier/kind', regel: 'identifier', melding: 'Søk med et nummer: FNR, DNR eller DUF.' }]
    : checkDigitErrors(body);
}

function checkDigitErrors(body: Body): readonly FieldError[] {
  const { kind, value } = isRecord(body['identifier']) ? body['identifier'] : {};
  if (typeof value !== 'string' || !isNumbered(kind)) return [];
  const checked = checkIdentifier(kind, value);
  return checked.ok ? [] : [{ felt: '/identifier/value', regel: 'identifier', melding: checked.melding }];
}

const isNumbered = (kind: unknown): kind is IdentifierKind =>
  (NUMBERED_KINDS as readonly unknown[]).includes(kind);
