import { isUtf8 } from 'node:buffer';
import { hash } from 'node:crypto';
import { deflateRawSync, inflateRawSync } from 'node:zlib';
import { UnreadableEvent } from '../../errors.js';
import { eventHash } from '../../hash.js';
import { MAX_APPEND_BYTES } from '../../limits.js';
import type { KeptEvent } from '../../copying/ends.js';
import type { EventToAppend, Origin, Position, StoredEvent } from '../../port.js';
import { isPosition } from '../../positions.js';
import { formatLogPosition } from './kind.js';
import type { WireEvent, WireEventToAppend } from './wire.js';

/** What the server has no field for. It stands in the event's user metadata, before the caller's. */
interface Header {
  readonly eventId: string;
  readonly schemaVersion: number;
  readonly hash: string;
  readonly commandId?: string;
  /** Of an event that was copied from another store: when that one took it. */
  readonly recordedAt?: string;
  /** And where it stood in the one that first took it. */
  readonly origin?: Origin;
  /** The payload is compressed: as it is, the append would be larger than the server takes. */
  readonly deflated?: true;
}

/** An event of another store, with what that store knew of it. */
export interface CopiedEvent extends EventToAppend {
  readonly recordedAt?: string;
  readonly origin?: Origin;
}

const OPEN = '{"forlop":';
const BETWEEN = '},"metadata":';
const CLOSE = '}';
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const SHA256 = /^[0-9a-f]{64}$/;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
const TICKS_PER_MS = 10_000n;
/** What the server counts of an event besides data and metadata: its type, two bytes a character. */
const BYTES_PER_LETTER = 2;

/**
 * The events of an append in the form of the wire. Payload and metadata keep their bytes: the payload is the event's
 * data, and the metadata stands, as it is, behind our header: `{"forlop":{…},"metadata":<as given>}`.
 */
export function encode(events: readonly CopiedEvent[]): WireEventToAppend[] {
  const plain = encodeAll(events, false);
  const bytes = plain.reduce((sum, event) => sum + sizeOf(event), 0);
  return bytes <= MAX_APPEND_BYTES ? plain : encodeAll(events, true);
}

function encodeAll(events: readonly CopiedEvent[], isDeflated: boolean): WireEventToAppend[] {
  let commandId: string | undefined;
  return events.map((event) => {
    commandId = event.commandId ?? commandId;
    const header: Header = {
      eventId: event.eventId,
      schemaVersion: event.schemaVersion,
      hash: eventHash(event),
      ...(commandId === undefined ? {} : { commandId }),
      ...(event.recordedAt === undefined ? {} : { recordedAt: event.recordedAt }),
      ...(event.origin === undefined ? {} : { origin: event.origin }),
      ...(isDeflated ? { deflated: true } : {}),
    };
    const data = Buffer.from(event.payload, 'utf8');
    return {
      id: wireId(header),
      type: event.type,
      isJson: !isDeflated,
      data: isDeflated ? deflateRawSync(data) : data,
      metadata: Buffer.from(`${OPEN}${JSON.stringify(header)},"metadata":${event.metadata}${CLOSE}`, 'utf8'),
    };
  });
}

const sizeOf = ({ data, metadata, type }: WireEventToAppend): number =>
  data.length + metadata.length + type.length * BYTES_PER_LETTER;

/**
 * The server's id of an event stands for the event id and the bytes. So the server takes for a repeat only what is the
 * same to the last byte; of the same event in other bytes (sealed anew) it sees a conflict, and we read what is stored.
 * Otherwise it would acknowledge bytes that it does not hold.
 */
function wireId(header: Header): string {
  const hex = hash('sha256', `${header.eventId}${header.hash}`, 'hex');
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** @throws UnreadableEvent when it was not written by this adapter, or not as this adapter writes */
export function decode(event: WireEvent): StoredEvent {
  const { header, metadata } = split(event);
  return {
    eventId: header.eventId,
    streamId: event.streamId,
    revision: event.revision,
    position: positionOf(event),
    type: event.type,
    schemaVersion: header.schemaVersion,
    payload: payloadOf(event, header),
    metadata,
    hash: header.hash,
    recordedAt: header.recordedAt ?? new Date(Number(BigInt(event.created) / TICKS_PER_MS)).toISOString(),
  };
}

/** With what a store copy keeps besides. @throws UnreadableEvent as `decode` */
export function decodeKept(event: WireEvent): KeptEvent {
  const { commandId, origin } = split(event).header;
  return {
    ...decode(event),
    ...(commandId === undefined ? {} : { commandId }),
    ...(origin === undefined ? {} : { origin }),
  };
}

/** Id and command of an event, without reading its payload. @throws UnreadableEvent */
export function idsIn(event: WireEvent): Pick<Header, 'eventId' | 'commandId'> {
  return split(event).header;
}

export const positionOf = (event: WireEvent): Position => formatLogPosition(event);

function split(event: WireEvent): { header: Header; metadata: string } {
  const text = textOf(event, event.metadata);
  const end = text.indexOf(BETWEEN);
  if (!text.startsWith(OPEN) || end < 0 || !text.endsWith(CLOSE)) throw unreadable(event);
  const header = parse(text.slice(OPEN.length, end + 1));
  if (!isHeader(header)) throw unreadable(event);
  return { header, metadata: text.slice(end + BETWEEN.length, -CLOSE.length) };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isHeader(value: unknown): value is Header {
  if (typeof value !== 'object' || value === null) return false;
  const { eventId, schemaVersion, hash, commandId, recordedAt, origin, deflated } = value as Record<
    string,
    unknown
  >;
  return (
    matches(eventId, UUID) &&
    Number.isInteger(schemaVersion) &&
    Number(schemaVersion) >= 1 &&
    matches(hash, SHA256) &&
    (commandId === undefined || matches(commandId, UUID)) &&
    (recordedAt === undefined || matches(recordedAt, INSTANT)) &&
    (origin === undefined || isOrigin(origin)) &&
    (deflated === undefined || deflated === true)
  );
}

function isOrigin(value: unknown): value is Origin {
  if (typeof value !== 'object' || value === null) return false;
  const { storeId, position } = value as Record<string, unknown>;
  return matches(storeId, UUID) && typeof position === 'string' && isPosition(position);
}

const matches = (value: unknown, form: RegExp): boolean => typeof value === 'string' && form.test(value);

function payloadOf(event: WireEvent, { deflated }: Header): string {
  if (deflated !== true) return textOf(event, event.data);
  try {
    return textOf(event, inflateRawSync(event.data, { maxOutputLength: MAX_APPEND_BYTES }));
  } catch {
    throw unreadable(event);
  }
}

function textOf(event: WireEvent, bytes: Uint8Array): string {
  if (!isUtf8(bytes)) throw unreadable(event);
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('utf8');
}

const unreadable = (event: WireEvent): UnreadableEvent => new UnreadableEvent(event.streamId, event.revision);
