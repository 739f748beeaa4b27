import type { ClientBase } from 'pg';
import type { EventPage, Position, StoredEvent } from '#forlop/event-store';
import { moveCheckpoint } from './checkpoint.js';
import type { JsonObject, ProjectedEvent, Projection, RowOperation } from './definition.js';
import { ProjectionFailed, errorClass, isTransient } from './errors.js';
import { foldOperations } from './fold.js';
import { asProjector } from './sql.js';
import { statementsOf } from './statements.js';

/** The operations of a stored event; none, and nothing parsed, for a stream that the projection does not look at. */
export function projectStored(projection: Projection, stored: StoredEvent): readonly RowOperation[] {
  return projection.streams.some((prefix) => stored.streamId.startsWith(prefix))
    ? projection.project(parseStored(stored))
    : [];
}

/** Reads metadata and the clear part of the payload. Throws a `SyntaxError` when they are no JSON. */
export function parseStored(stored: StoredEvent): ProjectedEvent {
  const { position, revision, streamId, eventId, type, schemaVersion, recordedAt, payload } = stored;
  return {
    position,
    revision,
    streamId,
    eventId,
    type,
    schemaVersion,
    recordedAt,
    payload,
    envelope: JSON.parse(stored.metadata) as JsonObject,
    data: (JSON.parse(payload) as { readonly data?: JsonObject }).data ?? {},
  };
}

/**
 * Writes the rows of a batch and moves the checkpoint past it, in one transaction: both stand or neither does, so an event
 * is never applied twice and increments are safe.
 * @param from where the checkpoint stands
 */
export async function applyBatch(
  client: ClientBase,
  projection: Projection,
  from: Position | null,
  { events, position }: EventPage,
): Promise<void> {
  const changes = foldOperations(events.flatMap((event) => projectStored(projection, event)));
  await asProjector(client, async () => {
    for (const statement of changes.flatMap(statementsOf)) await client.query(statement);
    await moveCheckpoint(client, projection.name, from, { position, recordedAt: events.at(-1)?.recordedAt });
  });
}

/**
 * Applies a batch; when that fails for good, goes event by event up to the one that cannot be applied, so that it is known
 * which and everything before it stands. Throws `ProjectionFailed` there, and transient errors as they are.
 */
export async function applyOrStop(
  client: ClientBase,
  projection: Projection,
  from: Position | null,
  batch: EventPage,
): Promise<void> {
  try {
    await applyBatch(client, projection, from, batch);
  } catch (error) {
    if (isTransient(error)) throw error;
    if (batch.events.length <= 1)
      throw new ProjectionFailed(
        projection.name,
        batch.events[0]?.position ?? from,
        errorClass(error),
        error,
      );
    await applyOneByOne(client, projection, from, batch);
  }
}

async function applyOneByOne(
  client: ClientBase,
  projection: Projection,
  from: Position | null,
  { events, position }: EventPage,
): Promise<void> {
  let at = from;
  for (const event of events) {
    await applyOrStop(client, projection, at, { events: [event], position: event.position });
    at = event.position;
  }
  if (at !== position) await applyOrStop(client, projection, at, { events: [], position });
}
