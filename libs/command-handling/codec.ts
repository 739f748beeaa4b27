import {
  allEvents,
  legalBasisOf,
  legalDateOf,
  rulesetAt,
  shapeFor,
  startOfDayOslo,
  upcasting,
} from '#forlop/domain';
import type { Envelope, EventDefinition, Flag, JsonObject, Upcasting } from '#forlop/domain';
import type { EventToAppend, StoredEvent } from '#forlop/event-store';
import type { KeyInHand, Sealer } from '#forlop/privacy';
import { eventIdOf } from './ids.js';
import type { Occasion } from './occasion.js';
import { traceparentNow } from './telemetry.js';

/** What any aggregate gives: its definition says what `data` holds. */
export interface DomainEvent {
  readonly type: string;
  readonly data: object;
  readonly flags?: readonly Flag[];
}

/**
 * An event read back: the fact in the present version of its type, with its texts opened (`[slettet]` where the key is gone),
 * and its envelope as it was stored.
 */
export interface ReadEvent {
  readonly event: DomainEvent;
  readonly envelope: Envelope;
  /** When the store took it, UTC. */
  readonly recordedAt: string;
}

/**
 * Makes domain events ready to append: envelope, stable ids, personal fields sealed under the subject's key.
 * Throws `SubjectShredded` where that key is destroyed, and refuses an event that its definition does not allow.
 */
export async function encode(
  sealer: Sealer,
  streamId: string,
  events: readonly DomainEvent[],
  occasion: Occasion,
): Promise<EventToAppend[]> {
  return (await encodeAll(sealer, streamId, events, occasion)).events;
}

/** The state of a stream after events that are to be appended. */
export interface StateAfter {
  readonly version: string;
  readonly state: object;
  /** Revision of the last event. */
  readonly revision: number;
  /** Of the state that was gone on from. */
  readonly key?: KeyInHand;
}

export interface Encoded {
  readonly events: EventToAppend[];
  /** Absent where none was given, or nobody's key is there to seal it with. */
  readonly state?: Buffer;
}

/** As `encode`, and the state that they lead to, sealed under the same key with the same statement. */
export async function encodeAll(
  sealer: Sealer,
  streamId: string,
  events: readonly DomainEvent[],
  occasion: Occasion,
  after?: StateAfter,
): Promise<Encoded> {
  const { subject } = occasion;
  const envelopes = events.map((event, index) => envelopeOf(event, streamId, index, occasion));
  const toSeal = events.map((event, index) => ({
    eventId: (envelopes[index] as Envelope).eventId,
    type: event.type,
    schemaVersion: definitionOf(event.type).schemaVersion,
    ...(subject ? { subject } : {}),
    shape: shapeFor(definitionOf(event.type), event.data),
    data: event.data,
  }));
  const eventId = envelopes.at(-1)?.eventId;
  const toKeep = after && subject && eventId ? { ...after, streamId, eventId, subject } : undefined;
  const { payloads, state } = await sealer.sealAll(toSeal, toKeep, after?.key ?? occasion.keyInHand);
  return {
    events: envelopes.map((envelope, index) => ({
      eventId: envelope.eventId,
      type: envelope.type,
      schemaVersion: envelope.schemaVersion,
      payload: payloads[index] as string,
      metadata: JSON.stringify(envelope),
      ...(index === 0 ? { commandId: occasion.commandId } : {}),
    })),
    ...(state && { state }),
  };
}

/** Opens stored events with one statement to the key store. Throws `UnknownEventVersion` for one of a newer program. */
export async function decode(
  sealer: Pick<Sealer, 'openPayloads'>,
  stored: readonly StoredEvent[],
  { current }: Pick<Upcasting, 'current'> = upcasting,
): Promise<ReadEvent[]> {
  return factsOf(stored, await sealer.openPayloads(stored), { current });
}

/** Stored events with what was sealed in them opened. Throws `UnknownEventVersion` for one of a newer program. */
export function factsOf(
  stored: readonly StoredEvent[],
  data: readonly JsonObject[],
  { current }: Pick<Upcasting, 'current'> = upcasting,
): ReadEvent[] {
  return stored.map((event, index) => {
    const { type, schemaVersion, recordedAt } = event;
    const envelope = envelopeIn(event);
    const fact: DomainEvent = {
      type,
      data: current(type, schemaVersion, data[index] ?? {}),
      flags: envelope.flags,
    };
    return { event: fact, envelope, recordedAt };
  });
}

/** What of an event is not sealed, in the present version of its type; `null` where a text is. */
export function clearDataIn(
  { type, schemaVersion, payload }: Pick<StoredEvent, 'type' | 'schemaVersion' | 'payload'>,
  { current }: Pick<Upcasting, 'current'> = upcasting,
): JsonObject {
  const { data } = JSON.parse(payload) as { readonly data: JsonObject };
  return current(type, schemaVersion, data);
}

/** The envelope alone, for what must be known of an event before it is opened (owner, command, flags). */
export const envelopeIn = ({ metadata }: Pick<StoredEvent, 'metadata'>): Envelope =>
  JSON.parse(metadata) as Envelope;

function definitionOf(type: string): EventDefinition {
  const definition = allEvents[type];
  if (!definition) throw new TypeError(`No event of type ${type} is defined.`);
  return definition;
}

function envelopeOf(event: DomainEvent, streamId: string, index: number, occasion: Occasion): Envelope {
  const definition = definitionOf(event.type);
  const { occurredAt, legalDate } = whenItHappened(event, definition);
  const { municipality, district } = occasion.owner;
  return {
    eventId: eventIdOf(occasion.key, streamId, index),
    streamId,
    type: event.type,
    schemaVersion: definition.schemaVersion,
    occurredAt,
    actor: occasion.caller.actor,
    municipalityNumber: municipality,
    ...(district ? { districtNumber: district } : {}),
    legalBasis: legalBasisOf(definition, event.data, legalDate),
    correlationId: occasion.correlationId,
    ...traceparentNow(),
    causationId: occasion.key.idempotencyKey,
    commandId: occasion.commandId,
    ...(occasion.bodyHmac ? { bodyHmac: occasion.bodyHmac } : {}),
    rulesetVersion: rulesetAt(legalDate),
    protection: occasion.protection,
    journalRelevant: definition.journalRelevant,
    flags: event.flags ?? [],
  };
}

/** `occurredAt` is derived from the legal date of the payload: that instant, or the start of that day in Europe/Oslo. */
function whenItHappened(event: DomainEvent, definition: EventDefinition) {
  const value = (event.data as Record<string, unknown>)[definition.legalDate];
  if (typeof value !== 'string') throw new TypeError(`${event.type} has no ${definition.legalDate}.`);
  const legalDate = legalDateOf(value);
  return { occurredAt: value === legalDate ? startOfDayOslo(value) : value, legalDate };
}
