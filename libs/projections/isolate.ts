import type { ClientBase } from 'pg';
import type { EventPage, Position, StoredEvent } from '#forlop/event-store';
import { applyBatch, endOf, isSeen } from './apply.js';
import type { Batch, Skipped, Streams } from './apply.js';
import { moveCheckpoint } from './checkpoint.js';
import type { Projection } from './definition.js';
import { ProjectionFailed, errorClass, isOfEvent } from './errors.js';
import { park } from './failures/failures.js';
import { asProjector } from './sql.js';

/** Who applies what, and what is known of its failures; the caller holds the projection's lock. */
export interface Applying {
  readonly client: ClientBase;
  readonly projection: Projection;
  readonly streams: Streams;
  /** Streams that wait: their events are passed over. */
  readonly parked: Set<string>;
  /** Events that an operator has passed over. */
  readonly skipped: Skipped;
}

/** Told of an event that cannot be applied, and why, in the batch of which it was the only one left. */
type OnFailure = (event: StoredEvent, error: unknown, from: Position | null, batch: Batch) => Promise<void>;

/** A stream that was parked: the event that it waits at, and the class of its error. */
export interface Parked {
  readonly event: StoredEvent;
  readonly error: string;
}

/**
 * Applies a batch. An event that cannot be applied parks its stream: the later events of that stream wait, all others go on,
 * and the checkpoint moves past them. Throws transient errors and faults of the installation as they are.
 * @returns what was parked now
 */
export async function applyOrPark(
  applying: Applying,
  from: Position | null,
  batch: EventPage,
): Promise<readonly Parked[]> {
  const { client, projection, parked } = applying;
  const news: Parked[] = [];
  await applySplit(applying, from, batch, async (event, cause, at, page) => {
    const error = errorClass(cause);
    await asProjector(client, async () => {
      await park(client, projection, { event, error });
      await moveCheckpoint(client, projection, at, endOf(page));
    });
    parked.add(event.streamId);
    news.push({ event, error });
  });
  return news;
}

/**
 * Applies a batch; stops at the first event that cannot be applied, with everything before it applied. Throws
 * `ProjectionFailed` there; transient errors and faults of the installation as they are.
 */
export async function applyOrStop(
  client: ClientBase,
  projection: Projection,
  from: Position | null,
  batch: EventPage,
  streams: Streams,
  skipped: Skipped = new Set(),
): Promise<void> {
  const applying = { client, projection, streams, parked: new Set<string>(), skipped };
  await applySplit(applying, from, batch, ({ position }, error) => {
    throw new ProjectionFailed(projection.name, position, errorClass(error), error);
  });
}

/**
 * Halves a batch that fails until the event is found that cannot be applied, which takes twice the logarithm of its size in
 * transactions. The order stays: what is behind the event is applied after it was dealt with.
 */
async function applySplit(
  applying: Applying,
  from: Position | null,
  { events, position, last = events.at(-1) }: Batch,
  onFailure: OnFailure,
): Promise<void> {
  const { client, projection, streams, parked, skipped } = applying;
  const going = events.filter(({ streamId }) => isSeen(projection, streamId) && !parked.has(streamId));
  const batch = { events: going, position, last };
  const [first] = going;
  try {
    await applyBatch(client, projection, from, batch, streams, skipped);
    return;
  } catch (error) {
    if (first === undefined || !isOfEvent(error)) throw error;
    if (going.length === 1) return onFailure(first, error, from, batch);
  }
  const half = going.slice(0, Math.ceil(going.length / 2));
  const between = half.at(-1)?.position ?? position;
  await applySplit(applying, from, { events: half, position: between }, onFailure);
  await applySplit(applying, between, { events: going.slice(half.length), position, last }, onFailure);
}
