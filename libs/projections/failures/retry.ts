import type { Pool, PoolClient } from 'pg';
import type { EventStore, Position, StoredEvent } from '#forlop/event-store';
import { comparePositions } from '#forlop/event-store';
import { statementsFor } from '../apply.js';
import type { Skipped } from '../apply.js';
import type { Projection } from '../definition.js';
import { errorClass, isOfEvent } from '../errors.js';
import { holding } from '../lock.js';
import { prepare } from '../prepare.js';
import { asProjector, sqlOver } from '../sql.js';
import { keepCheckpoint, markSkipped, park, readParked, skippedIn, unpark } from './failures.js';
import type { ProjectionFailure } from './failures.js';

export interface RetryOptions {
  readonly projection: Projection;
  readonly store: Pick<EventStore, 'storeId' | 'head' | 'readStream' | 'readAt' | 'readAll'>;
  /** As the projector role. */
  readonly pool: Pool;
  /** The one stream to try; all that are parked if not given. */
  readonly streamId?: string;
  /** How long (ms) the process that leads may take to hand over. Default 30 000. */
  readonly handoverMs?: number;
}

/** What became of a stream that was parked. */
export interface Retried {
  readonly projection: string;
  readonly streamId: string;
  /** Events that were applied now. */
  readonly applied: number;
  /** Where it waits still, or anew; absent when it has caught up. */
  readonly parked?: Pick<ProjectionFailure, 'eventId' | 'position' | 'error'>;
}

/**
 * Tries parked streams again: the events that wait are read from the store and applied in order, up to the checkpoint, in one
 * transaction for each stream, which then waits no longer. Where one still fails, those before it stand and the stream waits
 * at it. The process that leads hands over for that long. Throws `HandoverTimedOut`, `CheckpointUnusable`.
 */
export const retryParked = (options: RetryOptions): Promise<Retried[]> => work(options, 'retry');

/** Passes over the event that a stream waits at, for good, and goes on with those behind it, as `retryParked`. */
export const skipParked = (options: RetryOptions & { readonly streamId: string }): Promise<Retried[]> =>
  work(options, 'skip');

/** How the event that a stream waits at is dealt with. */
type Manner = 'retry' | 'skip';

interface Led {
  readonly client: PoolClient;
  readonly projection: Projection;
  readonly store: Pick<EventStore, 'readStream'>;
  /** Where the checkpoint stands, which it keeps. */
  readonly position: Position;
  readonly skipped: Skipped;
}

async function work(options: RetryOptions, manner: Manner): Promise<Retried[]> {
  const { store, pool, streamId, handoverMs = 30_000 } = options;
  return holding(pool, options.projection.name, handoverMs, async (client) => {
    const { projection, position } = await prepare(client, options.projection, store);
    const sql = sqlOver(client);
    const retried: Retried[] = [];
    for (const failure of await readParked(sql, projection.name, streamId)) {
      if (position === null) break;
      const skipped = await skippedIn(sql, projection);
      retried.push(await goOn({ client, projection, store, position, skipped }, failure, manner));
    }
    return retried;
  });
}

async function goOn(led: Led, failure: ProjectionFailure, manner: Manner): Promise<Retried> {
  const skipped = manner === 'skip' ? new Set([...led.skipped, failure.eventId]) : led.skipped;
  const stored = await led.store.readStream(failure.streamId);
  const waiting = stored.filter(
    ({ position, eventId }) =>
      comparePositions(position, failure.position) >= 0 &&
      comparePositions(position, led.position) <= 0 &&
      !skipped.has(eventId),
  );
  const release = () =>
    manner === 'skip'
      ? markSkipped(led.client, failure.projection, failure.streamId)
      : unpark(led.client, failure.projection, failure.streamId);
  const { projection, streamId } = failure;
  const at: Led = { ...led, skipped };
  try {
    await applyAll(at, waiting, release);
    return { projection, streamId, applied: waiting.length };
  } catch (error) {
    if (!isOfEvent(error)) throw error;
    return { projection, streamId, ...(await applyUpToFailure(at, waiting, failure, release)) };
  }
}

async function applyAll(
  { client, projection, store, position, skipped }: Led,
  events: readonly StoredEvent[],
  release: () => Promise<void>,
): Promise<void> {
  const statements = await statementsFor(projection, { events, position }, store, skipped);
  await asProjector(client, async () => {
    await release();
    for (const statement of statements) await client.query(statement);
    await keepCheckpoint(client, projection.name, position);
  });
}

/** One transaction as well, with a savepoint at each event, so that what is before the one that fails stands. */
async function applyUpToFailure(
  led: Led,
  waiting: readonly StoredEvent[],
  failure: ProjectionFailure,
  release: () => Promise<void>,
): Promise<Pick<Retried, 'applied' | 'parked'>> {
  const { client, projection, position } = led;
  return asProjector(client, async () => {
    await release();
    let applied = 0;
    let parked: Retried['parked'];
    for (const event of waiting) {
      const error = await tryOne(led, event);
      if (error !== undefined) {
        const again = event.eventId === failure.eventId ? { before: failure } : {};
        await park(client, projection, { event, error, ...again });
        parked = { eventId: event.eventId, position: event.position, error };
        break;
      }
      applied += 1;
    }
    await keepCheckpoint(client, projection.name, position);
    return { applied, ...(parked === undefined ? {} : { parked }) };
  });
}

/** The class of the error when the event cannot be applied; nothing of it is written then. */
async function tryOne(
  { client, projection, store, skipped }: Led,
  event: StoredEvent,
): Promise<string | undefined> {
  await client.query('savepoint before_event');
  try {
    const page = { events: [event], position: event.position };
    for (const statement of await statementsFor(projection, page, store, skipped))
      await client.query(statement);
    await client.query('release savepoint before_event');
    return undefined;
  } catch (error) {
    if (!isOfEvent(error)) throw error;
    await client.query('rollback to savepoint before_event');
    return errorClass(error);
  }
}
