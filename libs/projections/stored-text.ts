import type { Column, Value } from './definition.js';

/**
 * A value as the text that PostgreSQL reads it from; null where there is none.
 *
 * PostgreSQL's text has no NUL, and its jsonb no half of a surrogate pair. A projection has nothing to refuse: what cannot
 * be stored becomes the replacement character, and the event keeps what was sent.
 */
export function storedText(type: Column['type'], value: Value): string | null {
  if (value === undefined || value === null) return null;
  if (type === 'jsonb') return jsonText(value);
  return storable(typeof value === 'object' ? JSON.stringify(value) : String(value));
}

/** Looks at the whole text first: a function called for each value in it would take most of the time of a rebuild. */
function jsonText(value: Value): string {
  const text = JSON.stringify(value);
  if (!text.includes('\\') || !UNSTORABLE_ESCAPE.test(text)) return text;
  return JSON.stringify(value, (_, part: unknown) => (typeof part === 'string' ? storable(part) : part));
}

/** `JSON.stringify` escapes these, so that the text is well-formed. An escaped backslash before it is taken for one, too. */
const UNSTORABLE_ESCAPE = /\\u(?:0000|d[89a-f])/;
const SURROGATE = /[\ud800-\udfff]/;

const storable = (text: string): string => {
  const whole = text.includes('\u0000') ? text.replaceAll('\u0000', '\ufffd') : text;
  return SURROGATE.test(whole) ? whole.replace(/\p{Surrogate}/gu, '\ufffd') : whole;
};
