/**
 * Takes the personal leaves of a fact out, to be sealed, and puts them back. What is left is the same document with `null`
 * in their places, so the order of the document alone says which value belongs where.
 */
import { checkShape, isRecord } from './check.js';
import { fitting } from './fitting.js';
import { isPersonal, reference, type Field, type Shape } from './schema.js';

/** JSON as it is stored: no `undefined`, no `Date`. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = { readonly [key: string]: Json };

export interface Separated {
  /** The document with `null` for every personal leaf. */
  readonly clear: JsonObject;
  /** The personal leaves in document order. */
  readonly personal: readonly string[];
}

/** Shown where the key of the person has been destroyed. */
export const ERASED = '[slettet]';

/** Throws `UnsealedField` (a bug, not a request's fault) when the data does not fit the shape. */
export function separate(shape: Shape, data: object): Separated {
  const personal: string[] = [];
  return { clear: takeFields(shape, data, personal, ''), personal };
}

function takeFields(shape: Shape, data: unknown, personal: string[], at: string): JsonObject {
  if (!isRecord(data)) throw new UnsealedField(at);
  const clear: Record<string, Json> = {};
  for (const key of Object.keys(data)) {
    const value = data[key];
    if (value === undefined) continue;
    const field = Object.hasOwn(shape, key) ? shape[key] : undefined;
    if (field === undefined) throw new UnsealedField(at);
    clear[key] = take(field, value, personal, at, key);
  }
  return clear;
}

/** `at` and `key` together say where: they are only put together when something is wrong, or further in. */
function take(field: Field, value: unknown, personal: string[], at: string, key: string | number): Json {
  if (isPersonal(field)) {
    if (typeof value !== 'string') throw new UnsealedField(`${at}/${key}`);
    personal.push(value);
    return null;
  }
  if (field.kind === 'record') {
    return value !== undefined && value === field.orWord
      ? field.orWord
      : takeFields(field.fields, value, personal, `${at}/${key}`);
  }
  if (field.kind === 'list') {
    const place = `${at}/${key}`;
    if (!Array.isArray(value)) throw new UnsealedField(place);
    return value.map((item: unknown, index) => take(field.of, item, personal, place, index));
  }
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') return value;
  throw new UnsealedField(`${at}/${key}`);
}

/**
 * The document with its personal leaves, or with `[slettet]` in their places when `personal` is `null` (the key is gone).
 * Throws when the number of values is not the number of places.
 */
export function restore(clear: JsonObject, personal: readonly string[] | null): JsonObject {
  let taken = 0;
  const put = (value: null | object): Json => {
    if (value !== null) return Array.isArray(value) ? putItems(value as readonly Json[]) : putFields(value);
    const place = taken++;
    return personal === null ? ERASED : (personal[place] ?? missing());
  };
  const putItems = (items: readonly Json[]): readonly Json[] =>
    items.map((item) => (typeof item === 'object' ? put(item) : item));
  /** A copy, in which only what is no plain value is put anew: its keys stay in their order. */
  const putFields = (object: object): JsonObject => {
    const copy: Record<string, Json> = { ...object };
    for (const key of Object.keys(copy)) {
      const value = copy[key];
      if (typeof value === 'object') copy[key] = put(value);
    }
    return copy;
  };

  const data = putFields(clear);
  if (personal !== null && taken !== personal.length) missing();
  return data;
}

function missing(): never {
  throw new RangeError('Sealed values and their places differ in number');
}

/**
 * Last guard before storage: every personal leaf is `null`, nothing else is, no field is unknown, and every other leaf is of
 * a kind that can hold neither a name nor a free text. Throws `UnsealedField`, which names the field and not its value.
 */
export function assertSealed(shape: Shape, clear: JsonObject): void {
  let form = sealedForms.get(shape);
  if (form === undefined) {
    const sealed = sealedForm(shape);
    form = { shape: sealed, fits: fitting(sealed) };
    sealedForms.set(shape, form);
  }
  // Nearly every event is as it should be. What is wrong with another is found by the slower check.
  if (form.fits(clear)) return;
  const [error] = checkShape(form.shape, clear, 'whole');
  throw new UnsealedField(error?.felt ?? '');
}

/** The shape of the clear part: in the place of a personal leaf nothing but `null` may stand, and it may stand nowhere else. */
const SEALED = { kind: 'enum', values: [null as unknown as string] } as const satisfies Field;

/** Derived once: a definition's shape never changes, and every append asks. */
const sealedForms = new WeakMap<
  Shape,
  { readonly shape: Shape; readonly fits: (clear: unknown) => boolean }
>();

/** National codes are digits and points, keys of our own lists lower case: a code of neither form could be a name. */
const STORED_CODE = reference(/^(?:\d{1,3}(?:\.\d{1,3}){0,3}|[a-z][a-z0-9.-]{0,39})$/, 'en kode', '1.1');

const sealedForm = (shape: Shape): Shape =>
  Object.fromEntries(Object.entries(shape).map(([key, field]) => [key, sealedField(field)]));

/** What may stand in the field's place once its personal leaves are taken out. */
export function sealedField(field: Field): Field {
  const presence = {
    ...(field.optional && { optional: field.optional }),
    ...(field.byRule && { byRule: field.byRule }),
  };
  if (isPersonal(field)) return { ...SEALED, ...presence };
  if (field.kind === 'code') return { ...STORED_CODE, ...presence };
  if (field.kind === 'record') return { ...field, fields: sealedForm(field.fields) };
  if (field.kind === 'list') return { ...field, of: sealedField(field.of), min: 0 };
  return field;
}

/** An event would have been stored with a personal field in clear, or with a field that its definition does not know. */
export class UnsealedField extends Error {
  override readonly name = 'UnsealedField';
  constructor(readonly pointer: string) {
    super('Field is not sealed as its definition asks');
  }
}
