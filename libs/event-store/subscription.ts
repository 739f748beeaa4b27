import { StoreUnavailable } from './errors.js';
import type { Nudges } from './nudges.js';
import { pause } from './pause.js';
import type { BatchHandler, EventPage, EventStore, Position, SubscribeOptions } from './port.js';

const BATCH_SIZE = 500;
/** ms */
const MOST_REST = 100;

export interface SubscriptionSource {
  readonly store: Pick<EventStore, 'readAll'>;
  /** Must already ring for every append that the first read could miss. */
  readonly nudges: Nudges;
  /** ms between two reads when no nudge comes. Reading is the truth, a nudge only makes it sooner. */
  readonly pollEvery: number;
}

/**
 * The loop behind `EventStore.subscribe`, the same for every adapter whose `readAll` gives safe positions. While there is
 * more to come than one page, the next is read while the handler works on this one. At the end it rests as long as the
 * handler has worked: under load batches grow with what they cost, and those who append come before those who follow.
 */
export async function runSubscription(
  source: SubscriptionSource,
  after: Position | null,
  handler: BatchHandler,
  options: SubscribeOptions,
): Promise<void> {
  const { signal, batchSize = BATCH_SIZE } = options;
  const read = (position: Position | null): Reading => {
    const { seen } = source.nudges;
    return { seen, page: readPage(source, position, batchSize, options) };
  };
  let position = after;
  let reading: Reading | undefined;
  while (!signal.aborted) {
    const { seen, page: coming } = reading ?? read(position);
    reading = undefined;
    const page = await coming;
    if (signal.aborted) return;
    const isFull = page?.events.length === batchSize;
    if (page !== undefined && page.position !== position) {
      position = page.position;
      if (isFull) reading = read(position);
      // Should it fail while the handler works, that is told when its page is wanted.
      reading?.page.catch(() => undefined);
      const begun = performance.now();
      await handler(page);
      if (!isFull) await pause(Math.min(performance.now() - begun, MOST_REST), signal);
    }
    if (!isFull) await source.nudges.after(seen, source.pollEvery, signal);
  }
}

interface Reading {
  /** Rings before the read began: whatever rang later may not be in the page. */
  readonly seen: number;
  readonly page: Promise<EventPage | undefined>;
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
