import { hash } from 'node:crypto';

/**
 * The hash stored beside an event: SHA-256 in hex over metadata, a line feed, payload. The line feed cannot be
 * shifted between the two: JSON text as we write it holds none. Position and recordedAt, which the store gives,
 * are left out: proof must survive a move between stores.
 */
export function eventHash(event: { readonly metadata: string; readonly payload: string }): string {
  return hash('sha256', `${event.metadata}\n${event.payload}`, 'hex');
}
