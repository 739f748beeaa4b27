import { StoreUnavailable } from '../../errors.js';
import { Nudges } from '../../nudges.js';
import type { EventFilter, EventPage, Position, StoredEvent } from '../../port.js';
import { decode, idsIn, positionOf } from './envelope.js';
import type { EventIndex, Run, Standing } from './event-index.js';
import { START } from './kind.js';
import { Recent } from './recent.js';
import type { Reads } from './reads.js';
import { RunSearch } from './run-search.js';
import { Tail, type TailOptions } from './tail.js';
import { Unindexed } from './unindexed.js';
import type { Wire, WireEvent } from './wire.js';

export interface FollowerOptions extends TailOptions {
  /** ms between two attempts to bring the index up to date. */
  readonly indexEvery: number;
  /** Told how far the store is known to reach. */
  readonly noticed: (position: Position) => void;
}

/** What is held in memory before the server is asked to wait for the index. */
const MOST_UNINDEXED = 50_000;
const WORTH_INDEXING = 10_000;
const COUNTED_AT_ONCE = 500;
const MOST_TRIES = 3;

interface Started {
  readonly tail: Tail;
  readonly unindexed: Unindexed;
  readonly search: RunSearch;
}

/**
 * Follows all that is appended, from where the index stands: what the server has no index for is answered from the index
 * and what has come since, up to the store's head at the moment of the question.
 */
export class Follower {
  readonly nudges = new Nudges();
  private starting: Promise<Started> | undefined;
  private recent: Recent | undefined;
  private tail: Tail | undefined;
  private timer: NodeJS.Timeout | undefined;
  private flushing: Promise<void> | undefined;
  private isRinging = false;

  constructor(
    private readonly wire: Wire,
    private readonly reads: Reads,
    private readonly index: EventIndex,
    private readonly storeId: string,
    private readonly options: FollowerOptions,
  ) {}

  /** Begins to follow, the first time; cheap afterwards. @throws StoreUnavailable */
  async start(): Promise<Started> {
    this.starting ??= this.begin().catch((error: unknown) => {
      this.starting = undefined;
      throw error;
    });
    return this.starting;
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    const started = await this.starting?.catch(() => undefined);
    await started?.tail.stop();
    await this.flushing;
  }

  /** The next events after a position, when this process has them at hand. */
  next(position: Position, limit: number, filter: EventFilter | undefined): EventPage | undefined {
    if (this.tail === undefined) return undefined;
    return this.recent?.after(position, this.tail.position, limit, filter);
  }

  /** As `EventStore.readCommand`. */
  async command(commandId: string): Promise<StoredEvent[]> {
    for (let tries = 1; tries <= MOST_TRIES; tries += 1) {
      const started = await this.upToHead('readCommand');
      const { from } = started.unindexed;
      // First what is in memory: what leaves it is in the index by then.
      const runs = started.unindexed.find(commandId);
      const indexed = await started.search.find(commandId);
      if (indexed.upto >= from) return this.eventsOf(commandId, [...runs, ...indexed.runs]);
      await this.startAnew(started);
    }
    throw new StoreUnavailable('readCommand', new Error('the index is emptied again and again'));
  }

  /** As `EventStore.countAfter`. */
  async countAfter(position: Position): Promise<number> {
    const { unindexed } = await this.upToHead('countAfter');
    const { events } = unindexed;
    if (position === START) return events;
    if (position >= unindexed.from) return events - unindexed.countUpTo(position);
    return events - (await this.countIndexed(position));
  }

  /** Until everything that the store holds now has come. */
  private async upToHead(operation: string): Promise<Started> {
    const started = await this.start();
    const head = await this.reads.head();
    await started.tail.reached(head ?? START, this.options.timeout, operation);
    return started;
  }

  private async begin(): Promise<Started> {
    const standing = await this.usableStanding();
    const unindexed = new Unindexed(standing);
    this.recent = new Recent(standing.position);
    const tail = new Tail(
      this.wire,
      () => this.reads.head(),
      this.options,
      (event) => this.take(event, unindexed),
      standing.position,
    );
    const search = new RunSearch(this.index, this.storeId);
    const started = { tail, unindexed, search };
    this.tail = tail;
    tail.start();
    this.timer = setInterval(() => this.flush(started), this.options.indexEvery);
    this.timer.unref();
    return started;
  }

  /** An index that knows another event where it stands is of another life of this store: a restored backup. */
  private async usableStanding(): Promise<Standing> {
    const standing = await this.index.standing(this.storeId);
    if (standing.position === START) return standing;
    const event = await this.reads.wireAt(standing.position);
    if (event?.id === standing.eventId) return standing;
    await this.index.clear(this.storeId);
    return this.index.standing(this.storeId);
  }

  private take(event: WireEvent, unindexed: Unindexed): void {
    unindexed.add(event);
    this.recent?.add(event);
    this.options.noticed(positionOf(event));
    if (unindexed.size >= MOST_UNINDEXED) this.tail?.pause();
    if (unindexed.size % WORTH_INDEXING === 0) void this.start().then((started) => this.flush(started));
    this.ring();
  }

  /** Once a turn: whoever waits reads all that came in it. */
  private ring(): void {
    if (this.isRinging) return;
    this.isRinging = true;
    setImmediate(() => {
      this.isRinging = false;
      this.nudges.ring();
    });
  }

  /** The index was emptied: what left memory is nowhere any more. It is followed from the start of what it holds. */
  private async startAnew(started: Started): Promise<void> {
    if (this.tail !== started.tail) return;
    clearInterval(this.timer);
    this.starting = undefined;
    this.tail = undefined;
    this.recent = undefined;
    await started.tail.stop();
  }

  private flush(started: Started): void {
    if (started.unindexed.size === 0) return;
    this.flushing ??= this.flushAll(started)
      // The index is away: what has come is kept and brought in later.
      .catch((error: unknown) => {
        if (!(error instanceof StoreUnavailable)) throw error;
      })
      .finally(() => (this.flushing = undefined));
  }

  private async flushAll(started: Started): Promise<void> {
    const { tail, unindexed } = started;
    do {
      const standing = await unindexed.flush(this.index, this.storeId);
      if (standing.position < unindexed.from) return this.startAnew(started);
      if (standing.position > tail.position) {
        this.recent = new Recent(standing.position);
        tail.skipTo(standing.position);
      }
      if (unindexed.size < MOST_UNINDEXED) tail.resume();
    } while (unindexed.size >= WORTH_INDEXING);
  }

  private async eventsOf(commandId: string, runs: readonly Run[]): Promise<StoredEvent[]> {
    const spans = joined(runs);
    const reads = spans.map(({ streamId, first, last }) =>
      this.reads.streamOnWire('readCommand', streamId, { from: first, limit: last - first + 1 }),
    );
    const events = (await Promise.all(reads)).flat();
    return events
      .filter((event) => idsIn(event).commandId === commandId)
      .map(decode)
      .sort((a, b) => (a.position < b.position ? -1 : 1));
  }

  private async countIndexed(position: Position): Promise<number> {
    const mark = await this.index.mark(this.storeId, position);
    let { events } = mark;
    for (let at = mark.position; ;) {
      const behind = await this.reads.wireAfter(at, COUNTED_AT_ONCE);
      const counted = behind.filter((event) => positionOf(event) <= position);
      events += counted.length;
      const last = counted.at(-1);
      if (last === undefined || counted.length < COUNTED_AT_ONCE) return events;
      at = positionOf(last);
    }
  }
}

/** One span a stream: what memory and index both hold is read once. */
function joined(runs: readonly Run[]): Run[] {
  const spans = new Map<string, Run>();
  for (const run of runs) {
    const span = spans.get(run.streamId) ?? run;
    spans.set(run.streamId, {
      ...run,
      first: Math.min(span.first, run.first),
      last: Math.max(span.last, run.last),
    });
  }
  return [...spans.values()];
}
