import { passes } from '../../filter.js';
import type { EventFilter, EventPage, Position, StoredEvent } from '../../port.js';
import { decode, positionOf } from './envelope.js';
import type { WireEvent } from './wire.js';

interface Entry {
  readonly position: Position;
  readonly wire: WireEvent;
  event: StoredEvent | undefined;
}

const MOST_EVENTS = 5_000;
const MOST_BYTES = 32 * 1024 * 1024;

/** The last events of the tail: subscriptions that have caught up are served from here, all of a process from one. */
export class Recent {
  private readonly entries: Entry[] = [];
  private bytes = 0;

  /** @param from everything that comes after it is added here */
  constructor(private from: Position) {}

  add(event: WireEvent): void {
    this.entries.push({ position: positionOf(event), wire: event, event: undefined });
    this.bytes += sizeOf(event);
    if (this.entries.length > MOST_EVENTS || this.bytes > MOST_BYTES) this.forget();
  }

  /**
   * The next events after a position, when all of them are here and there are any.
   * @param upto how far the tail has come
   * @throws UnreadableEvent
   */
  after(
    position: Position,
    upto: Position,
    limit: number,
    filter: EventFilter | undefined,
  ): EventPage | undefined {
    if (position < this.from || position >= upto) return undefined;
    const events: StoredEvent[] = [];
    for (let index = this.firstAfter(position); index < this.entries.length; index += 1) {
      const entry = this.entries[index];
      if (entry === undefined || !passes(entry.wire, filter)) continue;
      entry.event ??= decode(entry.wire);
      events.push(entry.event);
      if (events.length === limit) return { events, position: entry.position };
    }
    return { events, position: upto };
  }

  private firstAfter(position: Position): number {
    let [low, high] = [0, this.entries.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.entries[middle]?.position ?? '') <= position) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Half at once: one at a time would move all the others each time. */
  private forget(): void {
    const gone = this.entries.splice(0, Math.ceil(this.entries.length / 2));
    this.from = gone.at(-1)?.position ?? this.from;
    for (const { wire } of gone) this.bytes -= sizeOf(wire);
  }
}

const sizeOf = ({ data, metadata }: WireEvent): number => data.length + metadata.length;
