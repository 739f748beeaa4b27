/** Field errors (400) of a person that no single field shows: number, kind and dates must agree (contract section 5). */
import { isRecord } from '../kernel/check.js';
import { isLocalDate } from '../kernel/dates.js';
import type { FieldError } from '../kernel/errors.js';
import { agreesWithBirth, kindOf, NUMBERED_KINDS, type IdentifierKind } from './identity-number.js';

type Body = Readonly<Record<string, unknown>>;

/** Looks before it trusts a type: what has the wrong type is reported by the check of the shape. */
export function identityErrors(body: Body): readonly FieldError[] {
  const identifier = isRecord(body['identifier']) ? body['identifier'] : undefined;
  const kind = identifier?.['kind'];
  if (typeof kind !== 'string') return [];
  return [...numberErrors(kind, identifier?.['value'], body['birthDate']), ...dateErrors(kind, body)];
}

function numberErrors(kind: string, value: unknown, birthDate: unknown): readonly FieldError[] {
  const felt = '/identifier/value';
  if (!NUMBERED_KINDS.includes(kind as IdentifierKind)) {
    const superfluous = value !== undefined && (kind === 'NONE' || kind === 'UNBORN');
    return superfluous
      ? [error(felt, 'identifier', 'Fjern nummeret, eller velg arten som nummeret har.')]
      : [];
  }
  if (value === undefined) return [error(felt, 'required', 'Fyll ut nummeret, eller velg arten NONE.')];
  if (typeof value !== 'string') return [];
  const own = kindOf(value);
  if (own === undefined) return [error(felt, 'identifier', expected(kind))];
  if (own !== kind)
    return [error('/identifier/kind', 'identifier', `Velg arten ${own}: det er nummerets egen.`)];
  const comparable = typeof birthDate === 'string' && isLocalDate(birthDate);
  return comparable && !agreesWithBirth(value, birthDate)
    ? [error('/birthDate', 'identifier', 'Rett fødselsdatoen eller nummeret: de må stemme overens.')]
    : [];
}

function dateErrors(kind: string, body: Body): readonly FieldError[] {
  const [wanted, other] = kind === 'UNBORN' ? ['dueDate', 'birthDate'] : ['birthDate', 'dueDate'];
  const missing = body[wanted] === undefined;
  const superfluous = body[other] !== undefined;
  return [
    ...(missing
      ? [error(`/${wanted}`, 'required', `Fyll ut ${wanted}: arten av identifikator krever den.`)]
      : []),
    ...(superfluous
      ? [error(`/${other}`, 'excluded', `Fjern ${other}: den hører ikke til denne arten.`)]
      : []),
  ];
}

const expected = (kind: string): string =>
  kind === 'DUF'
    ? 'Skriv DUF-nummeret med tolv sifre, uten mellomrom.'
    : 'Skriv nummeret med elleve sifre, uten mellomrom; de første seks er en dag som finnes.';

const error = (felt: string, regel: string, melding: string): FieldError => ({ felt, regel, melding });
