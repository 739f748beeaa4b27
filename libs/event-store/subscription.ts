import { StoreUnavailable } from './errors.js';
import type { Nudges } from './nudges.js';
import type { BatchHandler, EventPage, EventStore, Position, SubscribeOptions } from './port.js';

const BATCH_SIZE = 500;

export interface SubscriptionSource {
  readonly store: Pick<EventStore, 'readAll'>;
  /** Must already ring for every append that the first read could miss. */
  readonly nudges: Nudges;
  /** ms between two reads when no nudge comes. Reading is the truth, a nudge only makes it sooner. */
  readonly pollEvery: number;
}

/** The loop behind `EventStore.subscribe`, the same for every adapter whose `readAll` gives safe positions. */
export async function runSubscription(
  source: SubscriptionSource,
  after: Position | null,
  handler: BatchHandler,
  options: SubscribeOptions,
): Promise<void> {
  const { signal, batchSize = BATCH_SIZE } = options;
  let position = after;
  while (!signal.aborted) {
    const { seen } = source.nudges;
    const page = await readPage(source, position, batchSize, options);
    if (signal.aborted) return;
    if (page !== undefined && page.position !== position) {
      await handler(page);
      position = page.position;
    }
    if (page === undefined || page.events.length < batchSize) {
      await source.nudges.after(seen, source.pollEvery, signal);
    }
  }
}

/** `undefined` while the store is away: a subscription outlives its connections. */
async function readPage(
  source: SubscriptionSource,
  position: Position | null,
  batchSize: number,
  options: SubscribeOptions,
): Promise<EventPage | undefined> {
  try {
    return await source.store.readAll(position, batchSize, options.filter);
  } catch (error) {
    if (error instanceof StoreUnavailable) return undefined;
    throw error;
  }
}
