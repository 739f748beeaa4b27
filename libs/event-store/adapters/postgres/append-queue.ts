import type { Span } from '@opentelemetry/api';
import type { Appended, EventToAppend, ExpectedRevision } from '../../port.js';

export interface Append {
  readonly streamId: string;
  readonly events: readonly EventToAppend[];
  readonly expected: ExpectedRevision;
  /** UTF-8 bytes of its payloads and metadata. */
  readonly bytes: number;
}

export interface WaitingAppend extends Append {
  /** Where it is traced. */
  readonly span?: Span | undefined;
  resolve(appended: Appended): void;
  reject(error: unknown): void;
}

const MAX_BATCH_EVENTS = 1_000;
const MAX_BATCH_BYTES = 4 * 1024 * 1024;

/**
 * Appends waiting to be sent: one lane a stream, in order of arrival, the lanes taken in turn. A batch takes one
 * append from a lane, because a batch is judged as a set: a second one would be judged by what was there before
 * the first. Only appends at `any`, whose judgement the first cannot change, are taken several at a time.
 */
export class AppendQueue {
  private readonly lanes = new Map<string, WaitingAppend[]>();

  private waiting = 0;

  /** Number of appends that wait. */
  get size(): number {
    return this.waiting;
  }

  push(append: WaitingAppend): void {
    this.waiting += 1;
    const lane = this.lanes.get(append.streamId);
    if (lane === undefined) this.lanes.set(append.streamId, [append]);
    else lane.push(append);
  }

  /**
   * The next batch, empty when nothing waits. The stream that has waited longest is in it.
   * @param most appends to take, from 1
   */
  take(most: number): WaitingAppend[] {
    const batch = new Batch(most);
    const unfinished: [string, WaitingAppend[]][] = [];
    for (const [streamId, lane] of this.lanes) {
      const taken = batch.takeFrom(lane);
      if (taken === 0) break;
      this.lanes.delete(streamId);
      if (taken < lane.length) unfinished.push([streamId, lane.slice(taken)]);
    }
    // Behind the others: a busy stream must not hold back quiet ones.
    for (const [streamId, lane] of unfinished) this.lanes.set(streamId, lane);
    this.waiting -= batch.appends.length;
    return batch.appends;
  }
}

class Batch {
  readonly appends: WaitingAppend[] = [];
  private events = 0;
  private bytes = 0;

  constructor(private readonly most: number) {}

  /** @returns how many of the lane's first appends were taken */
  takeFrom(lane: readonly WaitingAppend[]): number {
    const [first] = lane;
    if (first === undefined || !this.hasRoomFor(first)) return 0;
    this.add(first);
    return lane.length === 1 || first.expected !== 'any' ? 1 : 1 + this.takeFollowers(lane, first);
  }

  private takeFollowers(lane: readonly WaitingAppend[], first: Append): number {
    const ids = new Set(first.events.map(({ eventId }) => eventId));
    let taken = 0;
    for (const append of lane.slice(1)) {
      if (!this.hasRoomFor(append) || !canFollow(append, ids)) break;
      this.add(append);
      for (const event of append.events) ids.add(event.eventId);
      taken += 1;
    }
    return taken;
  }

  private add(append: WaitingAppend): void {
    this.appends.push(append);
    this.events += append.events.length;
    this.bytes += append.bytes;
  }

  private hasRoomFor(append: Append): boolean {
    if (this.appends.length === 0) return true;
    return (
      this.appends.length < this.most &&
      this.events + append.events.length <= MAX_BATCH_EVENTS &&
      this.bytes + append.bytes <= MAX_BATCH_BYTES
    );
  }
}

/** A repeat of what is already in the batch must wait, or the store could not recognise it. */
function canFollow(append: Append, ids: ReadonlySet<string>): boolean {
  return append.expected === 'any' && append.events.every((event) => !ids.has(event.eventId));
}
