/** The two ends of a store copy. Apart from the port: only an operator's command reads or writes like this. */
import type { Origin, StoredEvent } from '../port.js';

/** An event with all that a store keeps of it. */
export interface KeptEvent extends StoredEvent {
  /** Of the command that gave it, on each of its events. */
  readonly commandId?: string;
  /** Of an event that was copied to where it is read now. */
  readonly origin?: Origin;
}

/** Reads a whole store from its first event, in order. */
export interface EventReader {
  /** The next events, at most so many; none at the end, where it may be asked again later. @throws StoreUnavailable */
  next(limit: number): Promise<readonly KeptEvent[]>;
}

export interface CopySource {
  readonly storeId: string;
  reader(): EventReader;
  /** Last event's, `undefined` in an empty store. @throws StoreUnavailable */
  head(): Promise<string | undefined>;
  /** How much of the store lies before a position, in a unit of its own: for a progress bar. */
  extent(position: string | undefined): number;
  close(): Promise<void>;
}

export interface CopyTarget extends CopySource {
  /**
   * Stores the events behind the last one that is there, in this order, with their times, commands and origins. What of them
   * is stored when it fails is a first part of them.
   * @param after the last event that is there, `undefined` in an empty store
   * @throws CopyRefused `changed` when another event stands last; StoreUnavailable
   */
  import(events: readonly Brought[], after: StoredEvent | undefined): Promise<void>;
}

/** An event that is brought to another store. */
export interface Brought extends KeptEvent {
  readonly origin: Origin;
}
