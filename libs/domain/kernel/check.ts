/**
 * Checks a value against a shape: every field error at once, each with a JSON pointer and, in bokmål, what to do. The value
 * itself is never repeated: it may be a name or an identity number.
 */
import type { FieldError } from './errors.js';
import { checkLeaf } from './check-leaf.js';
import { MAX_ITEMS, type Field, type RecordField, type Shape } from './schema.js';

/** `request` refuses computed fields and lets minted ids be absent; `whole` is an event or a filled-in command. */
export type CheckMode = 'request' | 'whole';

/** More errors than this help nobody, and an answer must not grow with a hostile body. */
export const MAX_FIELD_ERRORS = 500;

/** `[]` when the value fits. Unknown fields are refused; a `byRule` field may be absent and empty: its rule judges that. */
export function checkShape(shape: Shape, value: unknown, mode: CheckMode = 'request'): readonly FieldError[] {
  const errors: FieldError[] = [];
  checkFields(shape, value, { mode, errors, lenient: false }, '');
  return errors;
}

interface Walk {
  readonly mode: CheckMode;
  readonly errors: FieldError[];
  /** Inside what a rule asks for, absence and emptiness are the rule's to judge. */
  readonly lenient: boolean;
}

const loose = (walk: Walk): Walk => (walk.lenient ? walk : { ...walk, lenient: true });
const strict = (walk: Walk): Walk => (walk.lenient ? { ...walk, lenient: false } : walk);

function checkFields(shape: Shape, value: unknown, walk: Walk, at: string): void {
  if (!isRecord(value)) {
    report(walk, at, 'type', 'Skriv et JSON-objekt med navngitte felt.');
    return;
  }
  for (const key of Object.keys(value)) {
    if (!Object.hasOwn(shape, key))
      report(walk, pointer(at, key), 'unknown-field', 'Fjern feltet: det er ukjent her.');
  }
  for (const key of namesOf(shape)) {
    checkField(shape[key] as Field, Object.hasOwn(value, key) ? value[key] : undefined, walk, `${at}/${key}`);
  }
}

/** A definition's shape never changes, and each of its values asks. */
const names = new WeakMap<Shape, readonly string[]>();

function namesOf(shape: Shape): readonly string[] {
  const known = names.get(shape) ?? Object.keys(shape);
  names.set(shape, known);
  return known;
}

function checkField(field: Field, value: unknown, walk: Walk, at: string): void {
  if (field.computed === true && walk.mode === 'request') {
    if (value !== undefined) report(walk, at, 'computed-field', 'Fjern feltet: tjenesten beregner det selv.');
    return;
  }
  if (value === undefined) {
    if (!mayBeAbsent(field, walk)) report(walk, at, 'required', 'Fyll ut feltet: det er påkrevd.');
    return;
  }
  checkValue(field, value, field.byRule === true ? loose(walk) : walk, at);
}

const mayBeAbsent = (field: Field, walk: Walk): boolean =>
  field.optional === true ||
  field.byRule === true ||
  (walk.mode === 'request' && field.kind === 'id' && field.minted === true);

function checkValue(field: Field, value: unknown, walk: Walk, at: string): void {
  if (field.kind === 'record') checkRecord(field, value, strict(walk), at);
  else if (field.kind === 'list') checkList(field.of, field.min, value, walk, at);
  else {
    const error = checkLeaf(field, value, walk.lenient);
    if (error !== undefined) report(walk, at, error.regel, error.melding);
  }
}

function checkRecord(field: RecordField, value: unknown, walk: Walk, at: string): void {
  if (field.open === true && isRecord(value)) return;
  if (field.orWord === undefined || isRecord(value)) checkFields(field.fields, value, walk, at);
  else if (value !== field.orWord)
    report(walk, at, 'type', `Skriv et JSON-objekt med navngitte felt, eller ordet «${field.orWord}».`);
}

function checkList(of: Field, min: number, value: unknown, walk: Walk, at: string): void {
  if (!Array.isArray(value)) {
    report(walk, at, 'type', 'Skriv en JSON-liste.');
    return;
  }
  if (value.length > MAX_ITEMS) {
    report(walk, at, 'count', `Del opp: listen kan ha høyst ${MAX_ITEMS} elementer.`);
    return;
  }
  if (value.length < min && !walk.lenient) {
    report(walk, at, 'count', `Legg til: listen må ha minst ${min} element${min === 1 ? '' : 'er'}.`);
  }
  const inside = strict(walk);
  value.forEach((item: unknown, index) => checkValue(of, item, inside, `${at}/${index}`));
}

function report(walk: Walk, felt: string, regel: string, melding: string): void {
  if (walk.errors.length < MAX_FIELD_ERRORS) walk.errors.push({ felt, regel, melding });
}

/** Pointer to an unknown field; a key that could itself be personal is not repeated, the object it stands in is named. */
const pointer = (at: string, key: string): string =>
  /^[A-Za-z][A-Za-z_]{0,39}$/.test(key) ? `${at}/${key}` : at;

export const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
