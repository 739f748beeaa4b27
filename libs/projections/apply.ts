import type { ClientBase } from 'pg';
import type { EventPage, EventStore, Position, StoredEvent } from '#forlop/event-store';
import { comparePositions } from '#forlop/event-store';
import { moveCheckpoint } from './checkpoint.js';
import type { JsonObject, ProjectedEvent, Projection, RowOperation } from './definition.js';
import { ProjectionFailed, errorClass, isTransient } from './errors.js';
import { foldOperations } from './fold.js';
import { asProjector } from './sql.js';
import { clearing, statementsOf } from './statements.js';
import type { Statement } from './statements.js';

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

/** Where the whole of a stream is read that must be projected anew. */
export type Streams = Pick<EventStore, 'readStream'>;

/**
 * Writes the rows of a batch and moves the checkpoint past it, in one transaction: both stand or neither does, so an event
 * is never applied twice and increments are safe.
 * @param from where the checkpoint stands
 */
export async function applyBatch(
  client: ClientBase,
  projection: Projection,
  from: Position | null,
  batch: EventPage,
  streams: Streams,
): Promise<void> {
  const { events, position } = batch;
  const restated = await restatedIn(projection, batch, streams);
  const plain = events.filter(({ streamId }) => !restated.streamIds.has(streamId));
  const changes = foldOperations([
    ...plain.flatMap((event) => projectStored(projection, event)),
    ...restated.operations,
  ]);
  await asProjector(client, async () => {
    for (const statement of [...restated.clearing, ...changes.flatMap(statementsOf)])
      await client.query(statement);
    await moveCheckpoint(client, projection.name, from, { position, recordedAt: events.at(-1)?.recordedAt });
  });
}

interface Restated {
  readonly streamIds: ReadonlySet<string>;
  readonly clearing: readonly Statement[];
  readonly operations: readonly RowOperation[];
}

/**
 * The streams of the batch in which an event changes earlier ones: their rows go, and come anew from the whole stream. It is
 * read up to the end of the batch and no further, so that a later event is not applied twice: now and with its own batch.
 */
async function restatedIn(
  { project, restating, streams: prefixes, tables }: Projection,
  { events, position }: EventPage,
  streams: Streams,
): Promise<Restated> {
  const changing = events.filter(
    ({ streamId, type }) =>
      restating?.on.includes(type) === true && prefixes.some((prefix) => streamId.startsWith(prefix)),
  );
  const streamIds = new Set(changing.map(({ streamId }) => streamId));
  if (restating === undefined || streamIds.size === 0) return { streamIds, clearing: [], operations: [] };
  const operations: RowOperation[] = [];
  for (const streamId of streamIds) {
    const stored = await streams.readStream(streamId);
    const until = stored.filter((event) => comparePositions(event.position, position) <= 0);
    operations.push(...restating.restate(until.map(parseStored)).flatMap(project));
  }
  const keys = [...streamIds].map(restating.keyOf);
  return { streamIds, clearing: tables.map((table) => clearing(table, restating.column, keys)), operations };
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
  streams: Streams,
): Promise<void> {
  try {
    await applyBatch(client, projection, from, batch, streams);
  } catch (error) {
    if (isTransient(error)) throw error;
    if (batch.events.length <= 1)
      throw new ProjectionFailed(
        projection.name,
        batch.events[0]?.position ?? from,
        errorClass(error),
        error,
      );
    await applyOneByOne(client, projection, from, batch, streams);
  }
}

async function applyOneByOne(
  client: ClientBase,
  projection: Projection,
  from: Position | null,
  { events, position }: EventPage,
  streams: Streams,
): Promise<void> {
  let at = from;
  for (const event of events) {
    await applyOrStop(client, projection, at, { events: [event], position: event.position }, streams);
    at = event.position;
  }
  if (at !== position) await applyOrStop(client, projection, at, { events: [], position }, streams);
}
