import type { Position } from '../../port.js';

/** Where an index stands: at an event, of which it knows the id, so that another store is recognised. */
export interface Standing {
  readonly position: Position;
  /** Events up to and with that one. */
  readonly events: number;
  /** The server's id of the event; null at the start. */
  readonly eventId: string | null;
}

/** Events of one command that stand one after the other in a stream. */
export interface Run {
  readonly commandId: string;
  readonly streamId: string;
  readonly first: number;
  readonly last: number;
}

/** How many events there are up to a position. */
export interface Mark {
  readonly position: Position;
  readonly events: number;
}

/** What follows where the index stands. */
export interface IndexBatch {
  readonly runs: readonly Run[];
  readonly marks: readonly Mark[];
  readonly to: Standing;
}

/**
 * What EventStoreDB has no index for: which events a command gave, and how many there are up to a position. Made from the
 * store's events and thrown away without harm. All processes of a store share one; whoever is first to bring something
 * new moves it on.
 */
export interface EventIndex {
  /** Where it stands for this store; at the start when it is empty or is of another store. */
  standing(storeId: string): Promise<Standing>;

  /**
   * Adds the batch when the index stands where the batch begins.
   * @returns where it stands now: at `batch.to`, or where another process has brought it
   */
  advance(storeId: string, from: Position, batch: IndexBatch): Promise<Standing>;

  /** Empties it. */
  clear(storeId: string): Promise<void>;

  /** The runs of these commands, and where the index stood when it was asked. */
  find(storeId: string, commandIds: readonly string[]): Promise<{ standing: Standing; runs: readonly Run[] }>;

  /** The last mark at or before the position; the start when there is none. */
  mark(storeId: string, position: Position): Promise<Mark>;

  /** Gives back what it holds of the machine. */
  close(): Promise<void>;
}
