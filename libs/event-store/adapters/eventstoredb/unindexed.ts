import { UnreadableEvent } from '../../errors.js';
import type { Position } from '../../port.js';
import { idsIn, positionOf } from './envelope.js';
import type { EventIndex, IndexBatch, Run, Standing } from './event-index.js';
import type { WireEvent } from './wire.js';

interface Entry {
  readonly position: Position;
  readonly id: string;
  readonly streamId: string;
  readonly revision: number;
  readonly commandId: string | undefined;
}

/** Every so many events of the store get a mark: what lies behind one is counted by reading it. */
const MARK_EVERY = 500;
const MOST_IN_A_BATCH = 20_000;

/**
 * What has come since the index was brought up to date, in memory, and the way into the index. Together with the index it
 * holds every event up to where the tail is.
 */
export class Unindexed {
  private entries: Entry[] = [];
  private byCommand = new Map<string, Entry[]>();

  constructor(private standing: Standing) {}

  get size(): number {
    return this.entries.length;
  }

  /** Events of the store up to where the tail is. */
  get events(): number {
    return this.standing.events + this.entries.length;
  }

  /** Where the index was when last heard of: what is at or before is no longer here. */
  get from(): Position {
    return this.standing.position;
  }

  add(event: WireEvent): void {
    const entry = {
      position: positionOf(event),
      id: event.id,
      streamId: event.streamId,
      revision: event.revision,
      commandId: commandIn(event),
    };
    this.entries.push(entry);
    if (entry.commandId === undefined) return;
    const others = this.byCommand.get(entry.commandId);
    if (others === undefined) this.byCommand.set(entry.commandId, [entry]);
    else others.push(entry);
  }

  /** Runs of a command that are not in the index yet. */
  find(commandId: string): Run[] {
    return runsOf(this.byCommand.get(commandId) ?? []);
  }

  /** Number of events up to the position, which lies at or behind `from`. */
  countUpTo(position: Position): number {
    const behind = this.entries.findIndex((entry) => entry.position > position);
    return this.standing.events + (behind < 0 ? this.entries.length : behind);
  }

  /** Brings what is here into the index, or learns that others have. */
  async flush(index: EventIndex, storeId: string): Promise<Standing> {
    const batch = this.batch();
    const standing =
      batch === undefined ? await index.standing(storeId) : await index.advance(storeId, this.from, batch);
    this.forget(standing);
    return standing;
  }

  /** The index has come so far: what it holds is no longer needed here. */
  forget(standing: Standing): void {
    if (standing.position <= this.standing.position) return;
    this.standing = standing;
    this.entries = this.entries.filter(({ position }) => position > standing.position);
    this.byCommand = new Map();
    for (const entry of this.entries) {
      if (entry.commandId === undefined) continue;
      this.byCommand.set(entry.commandId, [...(this.byCommand.get(entry.commandId) ?? []), entry]);
    }
  }

  private batch(): IndexBatch | undefined {
    const entries = this.entries.slice(0, MOST_IN_A_BATCH);
    const last = entries.at(-1);
    if (last === undefined) return undefined;
    const ordinals = entries.map(({ position }, index) => ({
      position,
      events: this.standing.events + index + 1,
    }));
    const marks = ordinals.filter(({ events }) => events % MARK_EVERY === 0);
    const to = { position: last.position, events: this.standing.events + entries.length, eventId: last.id };
    return { runs: runsOf(entries), marks, to };
  }
}

/** Joins entries of one command that follow each other in their stream. */
function runsOf(entries: readonly Entry[]): Run[] {
  const runs: Run[] = [];
  const lastOf = new Map<string, number>();
  for (const { streamId, revision, commandId } of entries) {
    if (commandId === undefined) continue;
    const key = `${commandId}\n${streamId}`;
    const at = lastOf.get(key);
    const run = at === undefined ? undefined : runs[at];
    if (at !== undefined && run?.last === revision - 1) runs[at] = { ...run, last: revision };
    else {
      lastOf.set(key, runs.length);
      runs.push({ commandId, streamId, first: revision, last: revision });
    }
  }
  return runs;
}

/** An event that cannot be read is of no command; whoever reads it is told. */
function commandIn(event: WireEvent): string | undefined {
  try {
    return idsIn(event).commandId;
  } catch (error) {
    if (error instanceof UnreadableEvent) return undefined;
    throw error;
  }
}
