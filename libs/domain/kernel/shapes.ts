/** Shapes that several events share (contract section 5, «Shapes»). */
import { PROTECTIONS } from './envelope.js';
import { LAWS } from './law-reference.js';
import {
  boolean,
  code,
  date,
  integer,
  list,
  oneOf,
  optional,
  personRef,
  record,
  reference,
  text,
  type CodeField,
  type RecordField,
  type TextField,
} from './schema.js';

/** A person's name. */
export const name = () => record({ first: text(), middle: optional(text()), last: text() });

export const address = () => record({ lines: list(text(), 1), postalCode: text(), city: text() });

export const period = () => record({ from: date(), to: date() });

/** § of a statute, without «§»: `12-3`, `18 a`. */
export const section = () =>
  reference(/^\d{1,3}(-\d{1,2})?( ?[a-z])?$/, 'paragrafens nummer uten «§», som «12-3» eller «18 a»', '12-3');

export const letter = () => reference(/^[a-zæøå]$/, 'bokstaven alene, som «b»', 'b');

export const municipalityNumber = () =>
  reference(/^\d{4}$/, 'kommunenummer med fire sifre, som «3401»', '3401');

/** ISO 6523: `0192:` and the nine digits of Enhetsregisteret. */
export const organisation = () =>
  reference(/^0192:\d{9}$/, 'organisasjonsnummer som «0192:» og ni sifre', '0192:999999999');

export const sha256 = () => reference(/^[0-9a-f]{64}$/, 'SHA-256 som 64 heksadesimale tegn', 'ab'.repeat(32));

/** A provision that a refusal, an exemption or a supervision rests on. */
export const provisionShape = () =>
  record({
    law: oneOf(LAWS),
    section: section(),
    paragraph: optional(integer(1, 20)),
    letter: optional(letter()),
  });

/** A code of a list that may ask for a specification. */
export const specifiedCode = (
  codeList: string,
): RecordField<{
  readonly code: CodeField;
  readonly specification: TextField & { readonly optional: true };
}> => record({ code: code(codeList), specification: optional(text()) });

export const REQUESTER_RELATIONS = [
  'BARN',
  'FORELDER',
  'VERGE',
  'FULLMEKTIG',
  'TIDLIGERE_BARN',
  'ANNEN',
] as const;
/** Who asks for access, in which relation to the child. */
export const requester = () =>
  record({
    personRef: optional(personRef()),
    name: optional(name()),
    organisation: optional(text()),
    relation: oneOf(REQUESTER_RELATIONS),
  });

export const PROVIDER_TYPES = [
  'KOMMUNE',
  'PRIVATPERSON',
  'PRIVAT_VIRKSOMHET',
  'FRIVILLIG',
  'BUFETAT',
  'ANNEN_TJENESTE',
] as const;
export type ProviderType = (typeof PROVIDER_TYPES)[number];
export const RELATIONS = [
  'MOR',
  'FAR',
  'MEDMOR',
  'MEDFAR',
  'STEFORELDER',
  'FOSTERFORELDER',
  'BESTEFORELDER',
  'SOSKEN',
  'VERGE',
  'ANNEN',
] as const;
export type Relation = (typeof RELATIONS)[number];
/** A person around the child, and whether that person has daily care and parental responsibility (foreldreansvar). */
export const guardian = () =>
  record({
    personRef: personRef(),
    relation: oneOf(RELATIONS),
    dailyCare: boolean(),
    foreldreansvar: boolean(),
  });

export const protection = () => oneOf(PROTECTIONS);
