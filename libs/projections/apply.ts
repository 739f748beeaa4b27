import type { ClientBase } from 'pg';
import type { EventPage, EventStore, Position, StoredEvent } from '#forlop/event-store';
import { comparePositions } from '#forlop/event-store';
import { moveCheckpoint } from './checkpoint.js';
import type { JsonObject, ProjectedEvent, Projection, RowOperation } from './definition.js';
import { foldOperations } from './fold.js';
import { asProjector } from './sql.js';
import { clearing, statementsOf } from './statements.js';
import type { Statement } from './statements.js';
import { rowsWritten } from './telemetry.js';

/** The operations of a stored event; none, and nothing parsed, for a stream that the projection does not look at. */
export function projectStored(projection: Projection, stored: StoredEvent): readonly RowOperation[] {
  return isSeen(projection, stored.streamId) ? projection.project(parseStored(stored)) : [];
}

/** Whether the projection looks at the stream. */
export const isSeen = ({ streams }: Pick<Projection, 'streams'>, streamId: string): boolean =>
  streams.some((prefix) => streamId.startsWith(prefix));

/**
 * Reads metadata and the clear part of the payload. Throws a `SyntaxError` when they are no JSON. Every projection of a
 * process comes to the same events one after the other: what was parsed last is kept.
 */
export function parseStored(stored: StoredEvent): ProjectedEvent {
  const slot = Number(stored.position.slice(-SLOT_DIGITS)) % SLOTS;
  const kept = lastParsed[slot];
  if (kept !== undefined && isSame(kept.stored, stored)) return kept.event;
  const event = parseAnew(stored);
  lastParsed[slot] = { stored, event };
  return event;
}

/** Two batches of events. */
const SLOTS = 1024;
const SLOT_DIGITS = 9;
const lastParsed: ({ readonly stored: StoredEvent; readonly event: ProjectedEvent } | undefined)[] = [];

const isSame = (one: StoredEvent, other: StoredEvent): boolean =>
  one === other ||
  (one.eventId === other.eventId &&
    one.position === other.position &&
    one.recordedAt === other.recordedAt &&
    one.metadata === other.metadata &&
    one.payload === other.payload);

/** As `parseStored`, and keeps nothing. */
export function parseAnew(stored: StoredEvent): ProjectedEvent {
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

/** Ids of events that an operator has passed over. */
export type Skipped = ReadonlySet<string>;
const NONE: Skipped = new Set();

/** What is applied at once: the events, and what the checkpoint says afterwards. */
export interface Batch extends EventPage {
  /** The last event up to `position`, where that is not the last of `events`: some were left out. */
  readonly last?: StoredEvent | undefined;
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
  batch: Batch,
  streams: Streams,
  skipped = NONE,
): Promise<void> {
  const statements = await statementsFor(projection, batch, streams, skipped);
  let rows = 0;
  await asProjector(client, async () => {
    for (const statement of statements) rows += (await client.query(statement)).rowCount ?? 0;
    await moveCheckpoint(client, projection, from, endOf(batch));
  });
  rowsWritten(projection.name, rows);
}

/** Where the checkpoint stands when the batch is applied. */
export function endOf({ events, position, last = events.at(-1) }: Batch) {
  const eventId = last?.position === position ? last.eventId : undefined;
  return { position, recordedAt: last?.recordedAt, eventId };
}

/** What writes the rows of these events. A stream that is projected anew is read up to the page's position. */
export async function statementsFor(
  projection: Projection,
  page: EventPage,
  streams: Streams,
  skipped = NONE,
): Promise<Statement[]> {
  const restated = await restatedIn(projection, page, streams, skipped);
  const plain = page.events.filter(
    ({ streamId, eventId }) => !restated.streamIds.has(streamId) && !skipped.has(eventId),
  );
  const changes = foldOperations([
    ...plain.flatMap((event) => projectStored(projection, event)),
    ...restated.operations,
  ]);
  return [...restated.clearing, ...changes.flatMap(statementsOf)];
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
  skipped: Skipped,
): Promise<Restated> {
  const changing = events.filter(
    ({ streamId, type, eventId }) =>
      restating?.on.includes(type) === true &&
      !skipped.has(eventId) &&
      prefixes.some((prefix) => streamId.startsWith(prefix)),
  );
  const streamIds = new Set(changing.map(({ streamId }) => streamId));
  if (restating === undefined || streamIds.size === 0) return { streamIds, clearing: [], operations: [] };
  const operations: RowOperation[] = [];
  for (const streamId of streamIds) {
    const stored = await streams.readStream(streamId);
    const until = stored.filter(
      (event) => comparePositions(event.position, position) <= 0 && !skipped.has(event.eventId),
    );
    operations.push(...restating.restate(until.map(parseStored)).flatMap(project));
  }
  const keys = [...streamIds].map(restating.keyOf);
  return { streamIds, clearing: tables.map((table) => clearing(table, restating.column, keys)), operations };
}
