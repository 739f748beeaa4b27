import { createHash } from 'node:crypto';
import type { KeptEvent } from './ends.js';

/**
 * A digest of events in their order: of all that every store keeps of them and none gives anew. Payload and metadata are in it
 * by their hash. Equal digests of two stores, equal stores.
 */
export class EventsDigest {
  private readonly hash = createHash('sha256');
  count = 0;

  add({ streamId, revision, eventId, type, schemaVersion, hash, recordedAt, commandId }: KeptEvent): void {
    const kept = [streamId, revision, eventId, type, schemaVersion, hash, recordedAt, commandId ?? null];
    this.hash.update(JSON.stringify(kept)).update('\n');
    this.count += 1;
  }

  /** SHA-256 in hex of what was added so far. */
  value(): string {
    return this.hash.copy().digest('hex');
  }
}
