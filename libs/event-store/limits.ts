import { AppendTooLarge, InvalidAppend } from './errors.js';
import type { EventToAppend, ExpectedRevision } from './port.js';

/** UTF-8 bytes of payload and metadata of one event. */
export const MAX_EVENT_BYTES = 256 * 1024;
/** UTF-8 bytes of payload and metadata of all events of one append: what EventStoreDB takes. */
export const MAX_APPEND_BYTES = 1024 * 1024;
/** How far back in a stream `any` and `streamExists` look for a repeat. `03-append-batch.sql` has the same number. */
export const RECENT_EVENTS = 100;

/** In lower case. */
export function isUuid(text: string): boolean {
  return UUID.test(text);
}

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
/** With the u flag a pair of surrogates is one character, so this finds only halves, which UTF-8 cannot hold. */
const HALF_CHARACTER = /[\ud800-\udfff]/u;
const MAX_NAME_LENGTH = 255;

/**
 * The checks all adapters make before anything is sent.
 * @returns UTF-8 bytes of the append
 * @throws InvalidAppend, AppendTooLarge
 */
export function checkAppend(
  streamId: string,
  events: readonly EventToAppend[],
  expected: ExpectedRevision,
): number {
  // Names that begin with $, of streams and of types, are the store's own in EventStoreDB.
  if (!isName(streamId) || streamId.startsWith('$')) throw new InvalidAppend(streamId, 'stream-id');
  if (typeof expected === 'number' && !isCount(expected, 0)) {
    throw new InvalidAppend(streamId, 'expected-revision');
  }
  if (events.length === 0) throw new InvalidAppend(streamId, 'no-events');
  const ids = new Set<string>();
  let total = 0;
  for (const [index, event] of events.entries()) {
    checkFields(streamId, event, index);
    if (ids.has(event.eventId)) throw new InvalidAppend(streamId, 'event-id-twice', index);
    ids.add(event.eventId);
    total += bytesOf(streamId, event);
  }
  if (total > MAX_APPEND_BYTES) throw new AppendTooLarge(streamId, 'append', total, MAX_APPEND_BYTES);
  return total;
}

function checkFields(streamId: string, event: EventToAppend, index: number): void {
  if (!UUID.test(event.eventId)) throw new InvalidAppend(streamId, 'event-id', index);
  if (event.commandId !== undefined && !UUID.test(event.commandId)) {
    throw new InvalidAppend(streamId, 'command-id', index);
  }
  if (!isName(event.type) || event.type.startsWith('$')) throw new InvalidAppend(streamId, 'type', index);
  if (!isCount(event.schemaVersion, 1)) throw new InvalidAppend(streamId, 'schema-version', index);
  if (!isStorable(event.payload) || !isStorable(event.metadata)) {
    throw new InvalidAppend(streamId, 'text', index);
  }
}

function bytesOf(streamId: string, event: EventToAppend): number {
  const bytes = Buffer.byteLength(event.payload) + Buffer.byteLength(event.metadata);
  if (bytes > MAX_EVENT_BYTES) throw new AppendTooLarge(streamId, 'event', bytes, MAX_EVENT_BYTES);
  return bytes;
}

/**
 * PostgreSQL's text cannot hold the character 0x00, and half of a surrogate pair would silently be stored as
 * another character: both are refused, so that what is read is what was written. (JSON.stringify escapes both.)
 */
function isStorable(text: string): boolean {
  return !text.includes('\0') && !HALF_CHARACTER.test(text);
}

function isName(text: string): boolean {
  return text.length > 0 && text.length <= MAX_NAME_LENGTH && isStorable(text);
}

function isCount(value: number, least: number): boolean {
  return Number.isInteger(value) && value >= least && value < 2 ** 31;
}
