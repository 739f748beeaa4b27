import type { Shape } from '#forlop/domain';
import type { EventStore, StoredEvent } from '#forlop/event-store';
import { clearDataIn, envelopeIn } from './codec.js';
import { IdempotencyKeyReused } from './errors.js';
import { newIdsIn } from './named-ids.js';
import type { Command } from './occasion.js';
import type { Accepted } from './request.js';

/** A stored event without what only the store knows of it. */
export type Placed = Omit<StoredEvent, 'hash' | 'recordedAt'>;

/**
 * What an Idempotency-Key stored before, from the events themselves: no table of answers has to be kept or erased.
 * Empty for a key that stored nothing, so that a rejected command is judged anew.
 */
export async function storedBy(
  store: EventStore,
  { commandId, bodyHmac }: Pick<Command, 'commandId' | 'bodyHmac'>,
): Promise<readonly StoredEvent[]> {
  const stored = await store.readCommand(commandId);
  assertSameRequest(stored, bodyHmac);
  return stored;
}

/** Every event came from the request with this HMAC, else `IdempotencyKeyReused`. */
export function assertSameRequest(stored: readonly StoredEvent[], bodyHmac: string | undefined): void {
  if (stored.some((event) => envelopeIn(event).bodyHmac !== bodyHmac)) throw new IdempotencyKeyReused();
}

/**
 * The answer to a command from the events that it gave one stream, whether they were appended now or long ago: the
 * same either way, and also after a shredding, because it needs nothing that is sealed.
 */
export function answerOf(
  events: readonly Placed[],
  commandId: string,
  ids: Record<string, unknown>,
  shape: Shape,
): Accepted {
  const first = events[0] as Placed;
  const last = events[events.length - 1] as Placed;
  return {
    commandId,
    ids: { ...ids, ...newIdsIn(shape, clearDataIn(first)) },
    revision: last.revision,
    position: last.position,
    events: events.map(({ eventId, type, schemaVersion, streamId }) => ({
      eventId,
      type,
      schemaVersion,
      streamId,
    })),
    flags: events.flatMap((event) => envelopeIn(event).flags),
  };
}
