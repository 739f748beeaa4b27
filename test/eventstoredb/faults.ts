import type { ServiceError } from '@grpc/grpc-js';

/** What the fake server does wrong. Numbers say how many times it still will. */
export class Faults {
  /** Takes the append, stores it, and never answers. */
  storesInSilence = 0;
  /** Takes the append and does nothing at all. */
  swallows = 0;
  /** Stores the append and answers after so many ms. */
  answersAfter = 0;
  /** Answers each append so many times. */
  answers = 1;
  /** Stores the append, and breaks the stream instead of answering. */
  breaksAfterStoring = 0;
  /** Fails appends with this. */
  refusal: ServiceError | undefined;
  refusals = 0;
  /** Takes what comes over the next append stream and never answers there. */
  deafAppendStreams = 0;
  /** Opens a read and never sends anything. */
  deafReads = 0;
  /** Subscriptions confirm, and send nothing more. */
  deafSubscriptions = 0;
  /** Sends each event of a subscription this many times. */
  deliveries = 1;
  /** Sends the same old checkpoint after each event. */
  repeatsOldCheckpoint = false;
  /** Waits so many ms between two messages of a read. */
  slow = 0;

  /** Whether a fault happens now; counts it. */
  take(
    name:
      | 'storesInSilence'
      | 'swallows'
      | 'breaksAfterStoring'
      | 'refusals'
      | 'deafAppendStreams'
      | 'deafReads'
      | 'deafSubscriptions',
  ): boolean {
    if (this[name] === 0) return false;
    this[name] -= 1;
    return true;
  }
}
