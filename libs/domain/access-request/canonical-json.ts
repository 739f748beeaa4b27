/** One spelling of a JSON value: keys in the order of their code units, no white space, nothing that is absent. */
import type { Json } from '../kernel/personal.js';

/** The same value gives the same text, byte for byte, whatever the order its fields were put in. */
export const canonicalJson = (value: Json): string => JSON.stringify(sorted(value));

/** The value with the keys of every object in order. */
export function sorted(value: Json): Json {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return (value as readonly Json[]).map(sorted);
  return Object.fromEntries(
    Object.entries(value as { readonly [key: string]: Json | undefined })
      .filter((entry): entry is [string, Json] => entry[1] !== undefined)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, item]) => [key, sorted(item)]),
  );
}
