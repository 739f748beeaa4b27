import type { EventFilter, StoredEvent } from '#forlop/event-store';

/** What a reactor is asked to do: about one stream, because of new events in it or because the day has come. */
export interface Occasion {
  readonly streamId: string;
  /** New events that its filter lets through, in order; none when it was woken by the clock. */
  readonly events: readonly StoredEvent[];
  /** Oslo date. */
  readonly today: string;
}

export interface Reacted {
  /** The day on which it wants to look at this stream again although nothing happens in it; absent: never. */
  readonly wakeOn?: string;
  /** Revision up to which it has taken the stream into account: events up to it need not be shown again. */
  readonly upTo?: number;
}

/**
 * What follows from events outside any projection: further events, messages. It acts first, and its checkpoint moves after:
 * what it does must come to the same when it is asked again. A rebuild of the read models never asks it.
 */
export interface Reactor {
  /** Lower case and hyphens; its checkpoint goes by it. */
  readonly name: string;
  readonly filter: EventFilter;
  /** Where it begins when it has never run: at the first event of the store, or with what comes from now on. */
  readonly begins: 'start' | 'now';
  /**
   * May be called for several streams at once, never twice at a time for one. Throws what `isTransient` knows when the same
   * may succeed later; any other error parks the stream.
   */
  react(occasion: Occasion): Promise<Reacted>;
}
