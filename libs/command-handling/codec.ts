import { allEvents, legalBasisOf, legalDateOf, rulesetAt, shapeFor, startOfDayOslo } from '#forlop/domain';
import type { Envelope, EventDefinition, Flag } from '#forlop/domain';
import type { EventToAppend, StoredEvent } from '#forlop/event-store';
import type { Sealer } from '#forlop/privacy';
import { eventIdOf } from './ids.js';
import type { Occasion } from './occasion.js';

/** What any aggregate gives: its definition says what `data` holds. */
export interface DomainEvent {
  readonly type: string;
  readonly data: object;
  readonly flags?: readonly Flag[];
}

/** An event read back: the fact with its texts opened (`[slettet]` where the key is gone), and its envelope. */
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
  const envelopes = events.map((event, index) => envelopeOf(event, streamId, index, occasion));
  const payloads = await sealer.sealEvents(
    events.map((event, index) => ({
      eventId: (envelopes[index] as Envelope).eventId,
      type: event.type,
      schemaVersion: definitionOf(event.type).schemaVersion,
      ...(occasion.subject ? { subject: occasion.subject } : {}),
      shape: shapeFor(definitionOf(event.type), event.data),
      data: event.data,
    })),
  );
  return envelopes.map((envelope, index) => ({
    eventId: envelope.eventId,
    type: envelope.type,
    schemaVersion: envelope.schemaVersion,
    payload: payloads[index] as string,
    metadata: JSON.stringify(envelope),
    ...(index === 0 ? { commandId: occasion.commandId } : {}),
  }));
}

/** Opens stored events with one statement to the key store. */
export async function decode(sealer: Sealer, stored: readonly StoredEvent[]): Promise<ReadEvent[]> {
  const data = await sealer.openPayloads(stored);
  return stored.map((event, index) => {
    const envelope = envelopeIn(event);
    const fact = { type: event.type, data: data[index], flags: envelope.flags } as DomainEvent;
    return { event: fact, envelope, recordedAt: event.recordedAt };
  });
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
