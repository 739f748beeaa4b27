import { createHash } from 'node:crypto';
import {
  comparePositions,
  type EventFilter,
  type EventPage,
  type EventStore,
  type Position,
  type StoredEvent,
} from '#forlop/event-store';

/** What a reader saw, without keeping it: how many events, how many of them too late, and which in which order. */
export class Sight {
  count = 0;
  outOfOrder = 0;
  private last: Position | null = null;
  private readonly ids = createHash('sha256');

  see(event: StoredEvent): void {
    if (this.last !== null && comparePositions(event.position, this.last) <= 0) this.outOfOrder += 1;
    this.last = event.position;
    this.count += 1;
    this.ids.update(event.eventId);
  }

  get summary(): { count: number; outOfOrder: number; ids: string } {
    return { count: this.count, outOfOrder: this.outOfOrder, ids: this.ids.copy().digest('hex') };
  }
}

/** Sees what each writer writes as soon as it can, going on from its last checkpoint, until it is at the end. */
export interface Reader {
  readonly sight: Sight;
  /** Resolves when everything up to the position was read. */
  finish(end: Position): Promise<void>;
}

/** Reads page after page without a pause: the reader that a naive order loses most events to. */
export function eagerReader(store: EventStore, pageSize: number, filter?: EventFilter): Reader {
  const sight = new Sight();
  let end: Position | undefined;
  const reading = (async () => {
    for (let position: Position | null = null; ;) {
      const page: EventPage = await store.readAll(position, pageSize, filter);
      for (const event of page.events) sight.see(event);
      position = page.position;
      if (end !== undefined && comparePositions(position, end) >= 0) return;
    }
  })();
  const finish = (at: Position): Promise<void> => {
    end = at;
    return reading;
  };
  return { sight, finish };
}

export function subscriber(store: EventStore, filter?: EventFilter): Reader {
  const sight = new Sight();
  const stop = new AbortController();
  let reached: Position | undefined;
  let end: Position | undefined;
  const stopAtEnd = (): void => {
    if (end !== undefined && reached !== undefined && comparePositions(reached, end) >= 0) stop.abort();
  };
  const handle = async ({ events, position }: EventPage): Promise<void> => {
    for (const event of events) sight.see(event);
    reached = position;
    stopAtEnd();
  };
  const options = { signal: stop.signal, ...(filter === undefined ? {} : { filter }) };
  const reading = store.subscribe(null, handle, options);
  const finish = (at: Position): Promise<void> => {
    end = at;
    stopAtEnd();
    return reading;
  };
  return { sight, finish };
}
