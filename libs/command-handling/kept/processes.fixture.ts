/** Processes that share a store and keys, and each remember on their own; with a count of what they read. */
import { MemoryEventStore } from '#forlop/event-store';
import type { EventStore, ReadStreamOptions, StoredEvent } from '#forlop/event-store';
import { MasterKey, MemoryKeyStore, Sealer } from '#forlop/privacy';
import { CommandHandling } from '../command-handling.js';
import type { Snapshot, Snapshots } from './snapshots.js';
import { StreamMemory } from './stream-memory.js';
import type { StreamMemoryOptions } from './stream-memory.js';

/** Remembers every read of a stream. */
export class WatchedStore extends MemoryEventStore {
  readonly reads: { readonly streamId: string; readonly events: number }[] = [];
  firsts = 0;

  override async readStream(streamId: string, options?: ReadStreamOptions): Promise<StoredEvent[]> {
    const events = await super.readStream(streamId, options);
    this.reads.push({ streamId, events: events.length });
    return events;
  }

  override readFirst(streamIds: readonly string[]): Promise<Map<string, StoredEvent>> {
    this.firsts += 1;
    return super.readFirst(streamIds);
  }

  /** How many events each read gave since the last time this was asked. */
  eventsRead(streamId: string): number[] {
    const own = this.reads.filter((read) => read.streamId === streamId).map(({ events }) => events);
    this.reads.length = 0;
    return own;
  }
}

export class MemorySnapshots implements Snapshots {
  readonly rows = new Map<string, Snapshot>();

  async read(streamId: string): Promise<Snapshot | undefined> {
    return this.rows.get(streamId);
  }

  async write(streamId: string, snapshot: Snapshot): Promise<void> {
    this.rows.set(streamId, snapshot);
  }

  async remove(streamId: string, revision: number): Promise<void> {
    if (this.rows.get(streamId)?.revision === revision) this.rows.delete(streamId);
  }
}

export interface Process {
  readonly handling: CommandHandling;
  readonly memory: StreamMemory;
}

/** A world of its own: one store, one key store, any number of processes. */
export class Shared<S extends EventStore = WatchedStore> {
  readonly keyStore = new MemoryKeyStore();
  readonly sealer = new Sealer(this.keyStore, new MasterKey(Buffer.alloc(32, 7)));

  constructor(readonly store: S) {}

  process(options: StreamMemoryOptions = {}): Process {
    const memory = new StreamMemory(options);
    return { memory, handling: new CommandHandling({ ...this.deps, memory }) };
  }

  /** One that reads every stream for every command. */
  forgetful(): CommandHandling {
    return new CommandHandling(this.deps);
  }

  get deps() {
    return { store: this.store, sealer: this.sealer, keyStore: this.keyStore, blindIndex: this.keyStore };
  }
}
