import type { JsonObject } from '#forlop/domain';
import { SealBroken } from './errors.js';

/** A stored payload: the fact with `null` for every personal field, and those fields sealed under one person's key. */
export interface Payload {
  readonly data: JsonObject;
  /** Empty when nothing is personal, else one entry. A list, so that a later version may seal for several persons. */
  readonly sealed: readonly SealedBlob[];
}

export interface SealedBlob {
  readonly subject: string;
  /** base64 of iv 12 | tag 16 | ciphertext of the JSON array of the personal fields in document order. */
  readonly blob: string;
}

/** Reads a stored payload. Throws SealBroken without its content: a parser's own message quotes what it stumbled on. */
export function parsePayload(eventId: string, text: string): Payload {
  const payload = parsed(text);
  if (!isObject(payload) || !isObject(payload['data']) || !Array.isArray(payload['sealed'])) {
    throw new SealBroken(eventId, 'it is not a stored payload');
  }
  const sealed: readonly unknown[] = payload['sealed'];
  if (sealed.length > 1 || !sealed.every(isBlob)) {
    throw new SealBroken(eventId, 'it is sealed in a form that this version does not know');
  }
  return { data: payload['data'] as JsonObject, sealed };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isBlob = (value: unknown): value is SealedBlob =>
  isObject(value) && typeof value['subject'] === 'string' && typeof value['blob'] === 'string';
