import type { Belonging } from '../occasion.js';
import type { Owner } from '../request.js';
import { Bounded } from './bounded.js';
import type { Snapshots } from './snapshots.js';

/** The state of a stream at a revision: sealed under the key of its subject, so that nobody's outlives their key. */
export interface KeptState {
  readonly revision: number;
  /** The last event that it holds. */
  readonly eventId: string;
  /** What the state looks like; another version is not opened. */
  readonly version: string;
  readonly belonging: Required<Belonging>;
  readonly sealed: Buffer;
  /** Revision of the snapshot of the stream that is known to be usable; -1 for none. */
  readonly snapshotAt: number;
}

/** Events between two snapshots of a stream; a shorter stream has none. */
const SNAPSHOT_EVERY = 100;

const STATES = { entries: 20_000, bytes: 64 * 1024 * 1024 };
/** What an entry weighs beside its sealed state: ids, the map, the objects. */
const ENTRY_BYTES = 600;
const OWNERS = { entries: 200_000, bytes: 32 * 1024 * 1024 };
const OWNER_BYTES = 160;

export interface StreamMemoryOptions {
  readonly states?: { readonly entries: number; readonly bytes: number };
  readonly snapshots?: Snapshots;
  readonly snapshotEvery?: number;
}

/**
 * What one process remembers of streams between two commands. All of it may be wrong by now, because another process wrote
 * to the stream, so nothing that rests on it is answered before the stream itself has confirmed it: an accepted command by
 * the revision it is appended at, everything else by a read.
 */
export class StreamMemory {
  readonly snapshots: Snapshots | undefined;
  readonly snapshotEvery: number;
  private readonly states: Bounded<KeptState>;
  private readonly owners = new Bounded<Owner>(OWNERS, (_, streamId) => OWNER_BYTES + streamId.length);
  private readonly writing = new Set<Promise<void>>();

  constructor({ states = STATES, snapshots, snapshotEvery = SNAPSHOT_EVERY }: StreamMemoryOptions = {}) {
    this.states = new Bounded<KeptState>(states, ({ sealed }) => ENTRY_BYTES + sealed.length);
    this.snapshots = snapshots;
    this.snapshotEvery = snapshotEvery;
  }

  state(streamId: string): KeptState | undefined {
    return this.states.get(streamId);
  }

  /** Keeps the state, unless a later one is kept; writes a snapshot when enough happened since the last. */
  keep(streamId: string, kept: KeptState): void {
    if ((this.states.get(streamId)?.revision ?? -1) >= kept.revision) return;
    const due = this.snapshots !== undefined && kept.revision - kept.snapshotAt >= this.snapshotEvery;
    this.states.set(streamId, due ? { ...kept, snapshotAt: kept.revision } : kept);
    if (due) this.afterwards(this.snapshots.write(streamId, kept));
  }

  /** Forgets what is kept up to a revision: a later state was kept by somebody who knew better. */
  drop(streamId: string, upTo: number): void {
    const kept = this.states.get(streamId);
    if (kept !== undefined && kept.revision <= upTo) this.states.delete(streamId);
  }

  /** Whose a stream is follows from its first event, which nothing changes: this alone is true for ever. */
  owner(streamId: string): Owner | undefined {
    return this.owners.get(streamId);
  }

  remember(streamId: string, owner: Owner): void {
    this.owners.set(streamId, owner);
  }

  /** Takes a snapshot away that does not fit its stream. */
  discard(streamId: string, revision: number): void {
    if (this.snapshots !== undefined) this.afterwards(this.snapshots.remove(streamId, revision));
  }

  /** Resolves when no snapshot is being written. */
  async idle(): Promise<void> {
    while (this.writing.size > 0) await Promise.all(this.writing);
  }

  /** Nobody waits for it, and nobody is told when it fails: a snapshot is a copy that the next command can do without. */
  private afterwards(work: Promise<void>): void {
    const done = work.catch(() => undefined).finally(() => this.writing.delete(done));
    this.writing.add(done);
  }
}
