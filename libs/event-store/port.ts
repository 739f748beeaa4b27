/**
 * The event store as the rest of Forløp sees it. Adapters: PostgreSQL (default) and memory (unit tests).
 * Every adapter passes `contract/event-store.contract.ts`; what the contract does not promise, nobody may use.
 */

/**
 * A place in the one order of all events of a store: `pg:<20 digits>` or `mem:<20 digits>`.
 * Opaque; of fixed width, so that within one store string order is the order. Compare with `comparePositions`,
 * which refuses positions of different kinds. The position of zeros stands before the first event.
 */
export type Position = string;

/**
 * What the caller believes of the stream. A number is the revision (from 0) of its last event.
 * `any` and `streamExists` do not protect a decision: they are for streams nobody decides on (the access log).
 */
export type ExpectedRevision = 'any' | 'noStream' | 'streamExists' | number;

export interface EventToAppend {
  /** UUID in lower case; the same event always has the same id, so that a repeated append is recognised. */
  readonly eventId: string;
  readonly type: string;
  /** A whole number from 1. */
  readonly schemaVersion: number;
  /** JSON text, stored byte for byte as given. Personal data is sealed before it comes here. */
  readonly payload: string;
  /** JSON text of the envelope, stored byte for byte as given. */
  readonly metadata: string;
  /**
   * UUID of the command, set on the FIRST event that the command gives in this stream. It covers that event
   * and those after it in the same append, up to the next event with a `commandId` of its own.
   */
  readonly commandId?: string;
}

export interface StoredEvent {
  readonly eventId: string;
  readonly streamId: string;
  /** From 0, without gaps in a stream. */
  readonly revision: number;
  readonly position: Position;
  readonly type: string;
  readonly schemaVersion: number;
  readonly payload: string;
  readonly metadata: string;
  /** SHA-256 in hex over metadata, a line feed, payload (UTF-8). */
  readonly hash: string;
  /** When the store took it, by the store's clock: `YYYY-MM-DDThh:mm:ss.sssZ`. Never decreases with the position. */
  readonly recordedAt: string;
}

/** Where an event stood in the store that first took it. */
export interface Origin {
  readonly storeId: string;
  readonly position: Position;
}

export interface Appended {
  /** Of the last event of this append. */
  readonly revision: number;
  /** Of the last event of this append. */
  readonly position: Position;
  /** One for each event, in the order given. */
  readonly positions: readonly Position[];
  /** The events were found stored already; the positions are those of the stored ones. */
  readonly repeated: boolean;
}

/** Both parts must hold when both are given. An empty list lets nothing through; an absent one, everything. */
export interface EventFilter {
  readonly streamPrefixes?: readonly string[];
  readonly types?: readonly string[];
}

export interface ReadStreamOptions {
  /** First revision to read, inclusive. Default: the stream's start, or its end when reading backwards. */
  readonly from?: number;
  readonly direction?: 'forwards' | 'backwards';
  /** Default: all. */
  readonly limit?: number;
}

export interface EventPage {
  /** In order of position. May be empty while `position` moves on: the filter let nothing through. */
  readonly events: readonly StoredEvent[];
  /**
   * Safe to store as a checkpoint: every event up to it is in this page, was in an earlier one, or was filtered
   * out, and no event will ever appear at or before it.
   */
  readonly position: Position;
}

export type BatchHandler = (batch: EventPage) => Promise<void>;

export interface SubscribeOptions {
  readonly filter?: EventFilter;
  /** Most events in a batch. Default 500. */
  readonly batchSize?: number;
  readonly signal: AbortSignal;
}

export interface EventStore {
  /** Made with the database, and anew when one is restored: checkpoints of another store are worth nothing. */
  readonly storeId: string;

  /** The position of zeros of this store's kind: it stands before every event, and the store may be empty. */
  readonly start: Position;

  /**
   * Appends all the events or none.
   *
   * Repeats: at `noStream` or a revision, a stream that holds exactly these event ids where they would have
   * gone gives success with the stored positions and `repeated: true`; holding some of them is a conflict. At
   * the stream's own last revision ids are not looked at. `any` and `streamExists` recognise a repeat only
   * among the stream's last 100 events; their readers count an event id once.
   *
   * @throws InvalidAppend, AppendTooLarge before anything is sent
   * @throws WrongExpectedRevision when the stream is not as expected
   * @throws StoreUnavailable when it is not known to be stored; the same append may be repeated without harm
   */
  append(streamId: string, events: readonly EventToAppend[], expected: ExpectedRevision): Promise<Appended>;

  /** Empty for a stream never written. @throws StoreUnavailable */
  readStream(streamId: string, options?: ReadStreamOptions): Promise<StoredEvent[]>;

  /** The first event of each of the streams that exists, by stream id, in one round trip. @throws StoreUnavailable */
  readFirst(streamIds: readonly string[]): Promise<Map<string, StoredEvent>>;

  /** All events that this command gave, over all streams, in order of position. @throws StoreUnavailable */
  readCommand(commandId: string): Promise<StoredEvent[]>;

  /**
   * The next events after a position (`null`: from the start). With a filter it reads on until something
   * matches or the end is reached, so that no events always means: nothing more at this moment.
   * @param limit most events to give, from 1
   * @throws ForeignPosition, StoreUnavailable
   */
  readAll(after: Position | null, limit: number, filter?: EventFilter): Promise<EventPage>;

  /**
   * Hands over all events after a position, then new ones as they come, batch after batch: the next begins when
   * the handler is done. Survives lost connections. Resolves when the signal or `close` ends it (and the running
   * handler is done); rejects with what the handler throws.
   * @throws ForeignPosition
   */
  subscribe(after: Position | null, handler: BatchHandler, options: SubscribeOptions): Promise<void>;

  /** The event that stands at exactly this position, `undefined` where none does. @throws ForeignPosition, StoreUnavailable */
  readAt(position: Position): Promise<StoredEvent | undefined>;

  /**
   * Where these events stood in the store that first took them, by their position here. Only those are in it that a store
   * copy brought: what was answered about them before the move is answered again with the places that it named then.
   * @throws StoreUnavailable
   */
  originsOf(events: readonly StoredEvent[]): Promise<ReadonlyMap<Position, Origin>>;

  /** Position of the last event, `null` in an empty store. @throws StoreUnavailable */
  head(): Promise<Position | null>;

  /** Number of events after the position (`null`: all), 0 when it lies ahead. @throws ForeignPosition, StoreUnavailable */
  countAfter(position: Position | null): Promise<number>;

  /** Takes nothing new, finishes what was taken, ends the subscriptions. Afterwards everything is StoreUnavailable. */
  close(): Promise<void>;
}
