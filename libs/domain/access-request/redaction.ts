/** What a party sees of an entry that is shown in part: its fields but those that the assessment names. */
import type { Json, JsonObject } from '../kernel/personal.js';
import { isObject } from './proposal.js';

/** Stands in the place of what is withheld. */
export const WITHHELD = '[unntatt]';

const isPointer = (redaction: string): boolean => redaction.startsWith('/');

/** The redactions that name a field, by JSON pointer; others name a place in the document in words. */
export const fieldsOf = (redactions: readonly string[]): readonly string[] =>
  [...new Set(redactions.map((redaction) => redaction.trim()).filter(isPointer))].sort();

/**
 * The data without the named fields; `undefined` when no field is named, or one that is not there: a misspelt pointer must not
 * show what it was meant to hide.
 */
export function redacted(data: JsonObject, redactions: readonly string[]): JsonObject | undefined {
  const fields = fieldsOf(redactions);
  if (fields.length === 0) return undefined;
  let result: Json | undefined = data;
  for (const field of fields) result = hide(result, field.slice(1).split('/').map(unescape));
  return result !== undefined && isObject(result) ? result : undefined;
}

/** RFC 6901. */
const unescape = (token: string): string => token.replaceAll('~1', '/').replaceAll('~0', '~');

/** `undefined` when the path leads nowhere. A path into what is hidden already is hidden with it. */
function hide(value: Json | undefined, [key, ...rest]: readonly string[]): Json | undefined {
  if (value === undefined) return undefined;
  if (key === undefined || value === WITHHELD) return WITHHELD;
  if (Array.isArray(value)) {
    const items = value as readonly Json[];
    const index = /^\d{1,6}$/.test(key) ? Number(key) : -1;
    const hidden = hide(items[index], rest);
    return hidden === undefined ? undefined : items.map((item, at) => (at === index ? hidden : item));
  }
  if (!isObject(value) || !Object.hasOwn(value, key)) return undefined;
  const hidden = hide(value[key], rest);
  return hidden === undefined ? undefined : { ...value, [key]: hidden };
}
