/** What each kind of leaf may hold. */
import { isInstant, isLocalDate } from './dates.js';
import { parseDuration } from './duration.js';
import { holdsIdentityNumber } from './identity-like.js';
import { isUuid } from './ids.js';
import { MAX_TEXT, type Field, type ListField, type RecordField } from './schema.js';

export type Leaf = Exclude<Field, ListField | RecordField>;

interface LeafError {
  readonly regel: 'type' | 'format' | 'value' | 'length' | 'identity-number';
  readonly melding: string;
}

/** Longest string of a field that is no text: ids, codes, references, dates. */
const MAX_TOKEN = 200;
/** A code that no national list could hold is a mistake of the client; whether the list holds it is a rule (422). */
const CODE = /^[A-Za-z0-9][A-Za-z0-9.-]{0,39}$/;
/** Control characters but tab and line breaks, and halves of a surrogate pair: no database or font can show them. */
const UNWRITABLE = /[^\P{Cc}\t\n\r]|\p{Surrogate}/u;

/** The error of a leaf, or `undefined`. `lenient` lets an empty text pass, for a rule to judge. */
export function checkLeaf(field: Leaf, value: unknown, lenient = false): LeafError | undefined {
  switch (field.kind) {
    case 'boolean':
      return typeof value === 'boolean' ? undefined : error('type', 'Skriv true eller false.');
    case 'integer':
      return checkInteger(value, field.min, field.max);
    case 'enum':
      return (field.values as readonly unknown[]).includes(value)
        ? undefined
        : error('value', `Velg en av verdiene ${field.values.join(', ')}.`);
    case 'text':
      return checkText(value, lenient);
    default:
      return checkToken(field, value);
  }
}

function checkInteger(value: unknown, min: number, max: number): LeafError | undefined {
  if (typeof value !== 'number' || !Number.isInteger(value)) return error('type', 'Skriv et helt tall.');
  return value >= min && value <= max
    ? undefined
    : error('value', `Skriv et helt tall fra ${min} til ${max}.`);
}

function checkText(value: unknown, lenient: boolean): LeafError | undefined {
  if (typeof value !== 'string') return error('type', 'Skriv en tekst.');
  if (value.length > MAX_TEXT) return error('length', `Kort ned teksten: høyst ${MAX_TEXT} tegn.`);
  if (UNWRITABLE.test(value)) return error('format', 'Fjern kontrolltegn og ødelagte tegn fra teksten.');
  return value.trim() === '' && !lenient ? error('length', 'Skriv en tekst som ikke er tom.') : undefined;
}

type Token = Extract<
  Leaf,
  { kind: 'id' | 'date' | 'sealedDate' | 'instant' | 'duration' | 'code' | 'reference' }
>;

function checkToken(field: Token, value: unknown): LeafError | undefined {
  if (typeof value !== 'string') return error('type', `Skriv ${expected(field)} som tekst.`);
  if (value.length > MAX_TOKEN || !fits(field, value)) return error('format', `Skriv ${expected(field)}.`);
  return field.kind !== 'id' && holdsIdentityNumber(value)
    ? error(
        'identity-number',
        'Fjern fødselsnummeret: et slikt nummer hører bare hjemme i personens identifikator.',
      )
    : undefined;
}

function fits(field: Token, value: string): boolean {
  switch (field.kind) {
    case 'id':
      return isUuid(value);
    case 'date':
    case 'sealedDate':
      return isLocalDate(value);
    case 'instant':
      return isInstant(value);
    case 'duration':
      return parseDuration(value) !== undefined;
    case 'code':
      return CODE.test(value);
    case 'reference':
      return field.pattern.test(value);
  }
}

function expected(field: Token): string {
  switch (field.kind) {
    case 'id':
      return 'en UUID med små bokstaver';
    case 'date':
    case 'sealedDate':
      return 'en dato som finnes, på formen ÅÅÅÅ-MM-DD';
    case 'instant':
      return 'et tidspunkt med tidssone, på formen ÅÅÅÅ-MM-DDTtt:mm:ss+01:00';
    case 'duration':
      return 'en varighet etter ISO 8601 i år, måneder, uker eller dager, som «P3M»';
    case 'code':
      return 'en kode fra kodeverket';
    case 'reference':
      return field.expects;
  }
}

const error = (regel: LeafError['regel'], melding: string): LeafError => ({ regel, melding });
