import type { StoredEvent } from '../../port.js';
import type { Row } from './connection.js';
import { KIND } from './kind.js';

/** Between the values of a column of READ_STREAMS. JSON text holds no such character, and names have no use for it. */
export const SEPARATOR = '\x1f';
const START = `${KIND}:${'0'.repeat(20)}`;

/** @param row one event, as text, in the order of COLUMNS */
export function toStoredEvent(row: Row): StoredEvent {
  const [position, stream, revision, eventId, type, version, payload, metadata, hash, recordedAt] = row;
  return {
    eventId: String(eventId),
    streamId: String(stream),
    revision: Number(revision),
    position: positionOf(String(position)),
    type: String(type),
    schemaVersion: Number(version),
    payload: String(payload),
    metadata: String(metadata),
    hash: String(hash),
    recordedAt: instantOf(String(recordedAt)),
  };
}

/**
 * The events of one stream in a row of READ_STREAMS: number, count, first revision, then each column's values in one
 * text. `undefined` when a value holds the separator: then nothing can be told from the texts.
 * @param row absent when the stream has nothing there
 */
export function eventsOfStream(streamId: string, row: Row | undefined): StoredEvent[] | undefined {
  if (row === undefined) return [];
  const [, count, first, ...texts] = row;
  const columns = texts.map((text) => String(text).split(SEPARATOR));
  if (columns.some(({ length }) => length !== Number(count))) return undefined;
  const [
    positions = [],
    ids = [],
    types = [],
    versions = [],
    payloads = [],
    metadatas = [],
    hashes = [],
    times = [],
  ] = columns;
  return ids.map((eventId, index) => ({
    eventId,
    streamId,
    revision: Number(first) + index,
    position: positionOf(positions[index] ?? ''),
    type: types[index] ?? '',
    schemaVersion: Number(versions[index]),
    payload: payloads[index] ?? '',
    metadata: metadatas[index] ?? '',
    hash: hashes[index] ?? '',
    recordedAt: instantOf(times[index] ?? ''),
  }));
}

function positionOf(sequence: string): string {
  return START.slice(0, START.length - sequence.length) + sequence;
}

let lastMs = '';
let lastInstant = '';

/** Events of a batch share their time, which is dearer to write than all else. @param ms as text */
function instantOf(ms: string): string {
  if (ms !== lastMs) {
    lastInstant = new Date(Number(ms)).toISOString();
    lastMs = ms;
  }
  return lastInstant;
}
