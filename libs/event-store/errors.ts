import type { ExpectedRevision, Position } from './port.js';

/** The stream is not as the caller expected; nothing was stored. Load it again and decide anew. */
export class WrongExpectedRevision extends Error {
  override readonly name = 'WrongExpectedRevision';

  /** @param actual revision of the stream's last event, `noStream` when it was never written */
  constructor(
    readonly streamId: string,
    readonly expected: ExpectedRevision,
    readonly actual: number | 'noStream',
  ) {
    super(`Stream ${streamId} is at ${actual}, expected ${expected}`);
  }
}

/** An event or an append is larger than every adapter takes (see `limits.ts`); nothing was sent. */
export class AppendTooLarge extends Error {
  override readonly name = 'AppendTooLarge';

  /** @param bytes UTF-8 bytes of payload and metadata of what is too large */
  constructor(
    readonly streamId: string,
    readonly what: 'event' | 'append',
    readonly bytes: number,
    readonly limit: number,
  ) {
    super(`The ${what} to ${streamId} has ${bytes} bytes, the limit is ${limit}`);
  }
}

export type InvalidAppendReason =
  | 'stream-id'
  | 'no-events'
  | 'expected-revision'
  | 'event-id'
  | 'event-id-twice'
  | 'command-id'
  | 'type'
  | 'schema-version'
  | 'text';

/** A fault in the calling code: something no store could keep as given. Nothing was sent. */
export class InvalidAppend extends Error {
  override readonly name = 'InvalidAppend';

  /** @param index of the event at fault, absent when it is the append */
  constructor(
    readonly streamId: string,
    readonly reason: InvalidAppendReason,
    readonly index?: number,
  ) {
    super(`Append to ${streamId} is not valid: ${reason}${index === undefined ? '' : ` of event ${index}`}`);
  }
}

/**
 * The store cannot be reached, or did not answer. After an append: it is not known to be stored, and may yet
 * be; repeating it with the same event ids is safe.
 */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';

  constructor(
    readonly operation: string,
    cause?: unknown,
  ) {
    super(`The event store is not available (${operation})`, { cause });
  }
}

/** A position of another kind of store, or no position at all. */
export class ForeignPosition extends Error {
  override readonly name = 'ForeignPosition';

  constructor(
    readonly position: Position,
    readonly expectedKind: string,
  ) {
    super(`Not a position of kind ${expectedKind}`);
  }
}

/** An event that stands in the store and was not written as the adapter writes. Nothing behind it is read before it is seen to. */
export class UnreadableEvent extends Error {
  override readonly name = 'UnreadableEvent';

  constructor(
    readonly streamId: string,
    readonly revision: number,
  ) {
    super(`Event ${revision} of ${streamId} cannot be read: it was not written by Forløp, or was damaged`);
  }
}
