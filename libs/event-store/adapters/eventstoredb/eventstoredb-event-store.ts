import { StoreUnavailable } from '../../errors.js';
import { checkAppend } from '../../limits.js';
import type {
  Appended,
  BatchHandler,
  EventFilter,
  EventPage,
  EventStore,
  EventToAppend,
  ExpectedRevision,
  Origin,
  Position,
  ReadStreamOptions,
  StoredEvent,
  SubscribeOptions,
} from '../../port.js';
import { runSubscription } from '../../subscription.js';
import { appending } from '../../telemetry.js';
import { Appender } from './append.js';
import type { EventIndex } from './event-index.js';
import { Follower } from './follower.js';
import { assertOwn, START } from './kind.js';
import { Reads } from './reads.js';
import { connectionSettings, type EventStoreDBOptions } from './settings.js';
import { storeIdOf } from './store-id.js';
import type { Wire } from './wire.js';

/** Times in ms. */
export interface EventStoreDBTimes {
  /** Until the answer to a call is given up. Default 5 000. */
  readonly timeout?: number;
  /** The same for a read with a filter, of which nothing is heard while nothing matches. Default 60 000. */
  readonly scanTimeout?: number;
  /** Between two reads of a subscription that is not nudged. Default 1 000. */
  readonly pollEvery?: number;
  /** Of silence, until the server is asked whether there is something it did not send. Default 10 000. */
  readonly watchEvery?: number;
  /** Until what broke is opened again; doubles up to 5 000. Default 100. */
  readonly reopenAfter?: number;
  /** Between two attempts to bring the index up to date. Default 1 000. */
  readonly indexEvery?: number;
}

const DEFAULTS: Required<EventStoreDBTimes> = {
  timeout: 5_000,
  scanTimeout: 60_000,
  pollEvery: 1_000,
  watchEvery: 10_000,
  reopenAfter: 100,
  indexEvery: 1_000,
};

/** An event store on EventStoreDB, of which the parts of a process share one connection. */
export interface EventStoreDBEventStore extends EventStore {
  /**
   * The same store once more, over the same connection, for another part of the process. What they share is closed with the
   * last of them; `undefined` when that has happened.
   */
  another(): EventStoreDBEventStore | undefined;
}

/**
 * Opens the store of a server or cluster; makes its id there when it has none. The client is loaded here, so that whoever
 * keeps events elsewhere does not pay for it.
 * @param index of the database that goes with the store; closed with the store
 * @throws InvalidEventStoreUrl, StoreUnavailable (its cause is a `WireFailure`: `access-denied` when user or password are wrong)
 */
export async function openEventStoreDB(
  options: EventStoreDBOptions,
  index: EventIndex,
  times: EventStoreDBTimes = {},
): Promise<EventStoreDBEventStore> {
  try {
    const settings = connectionSettings(options);
    const { connect } = await import('./client.js');
    return new Store(await Shared.begin(connect(settings), index, { ...DEFAULTS, ...times }));
  } catch (error) {
    await index.close();
    throw error;
  }
}

/** What all stores over one connection have in common. */
class Shared {
  readonly reads: Reads;
  readonly appender: Appender;
  readonly follower: Follower;
  private users = 0;

  private constructor(
    readonly storeId: string,
    private readonly wire: Wire,
    private readonly index: EventIndex,
    readonly times: Required<EventStoreDBTimes>,
  ) {
    this.reads = new Reads(wire, times);
    this.appender = new Appender(wire, this.reads, times.timeout);
    const noticed = (position: Position): void => this.appender.notice(position);
    this.follower = new Follower(wire, this.reads, index, storeId, { ...times, noticed });
  }

  static async begin(wire: Wire, index: EventIndex, times: Required<EventStoreDBTimes>): Promise<Shared> {
    try {
      const shared = new Shared(await storeIdOf(wire, times.timeout), wire, index, times);
      // What stands there now is no append of ours.
      shared.appender.notice(await shared.reads.head());
      return shared;
    } catch (error) {
      await wire.close();
      throw error;
    }
  }

  get isClosed(): boolean {
    return this.users === 0;
  }

  join(): void {
    this.users += 1;
  }

  async leave(): Promise<void> {
    this.users -= 1;
    if (this.users > 0) return;
    await this.follower.stop();
    await this.wire.close();
    await this.index.close();
  }
}

class Store implements EventStoreDBEventStore {
  readonly start = START;
  readonly storeId: string;
  private readonly closing = new AbortController();
  private readonly running = new Set<Promise<unknown>>();

  constructor(private readonly shared: Shared) {
    this.storeId = shared.storeId;
    shared.join();
  }

  another(): EventStoreDBEventStore | undefined {
    return this.shared.isClosed ? undefined : new Store(this.shared);
  }

  async append(
    streamId: string,
    events: readonly EventToAppend[],
    expected: ExpectedRevision,
  ): Promise<Appended> {
    checkAppend(streamId, events, expected);
    this.assertOpen('append');
    const append = { streamId, events, expected };
    return appending(events, () => this.untilDone(this.shared.appender.append(append)));
  }

  async readStream(streamId: string, options?: ReadStreamOptions): Promise<StoredEvent[]> {
    this.assertOpen('readStream');
    return this.shared.reads.stream(streamId, options);
  }

  async readFirst(streamIds: readonly string[]): Promise<Map<string, StoredEvent>> {
    this.assertOpen('readFirst');
    return this.shared.reads.first(streamIds);
  }

  async readCommand(commandId: string): Promise<StoredEvent[]> {
    this.assertOpen('readCommand');
    return this.shared.follower.command(commandId);
  }

  async readAll(after: Position | null, limit: number, filter?: EventFilter): Promise<EventPage> {
    this.assertOpen('readAll');
    return this.shared.reads.page(after, limit, filter);
  }

  async subscribe(after: Position | null, handler: BatchHandler, options: SubscribeOptions): Promise<void> {
    this.assertOpen('subscribe');
    if (after !== null) assertOwn(after);
    return this.untilDone(this.runSubscription(after, handler, options));
  }

  async readAt(position: Position): Promise<StoredEvent | undefined> {
    this.assertOpen('readAt');
    return this.shared.reads.at(position);
  }

  async originsOf(events: readonly StoredEvent[]): Promise<ReadonlyMap<Position, Origin>> {
    this.assertOpen('originsOf');
    return this.shared.reads.origins(events);
  }

  async head(): Promise<Position | null> {
    this.assertOpen('head');
    const head = await this.shared.reads.head();
    this.shared.appender.notice(head);
    return head;
  }

  async countAfter(position: Position | null): Promise<number> {
    this.assertOpen('countAfter');
    if (position !== null) assertOwn(position);
    return this.shared.follower.countAfter(position ?? START);
  }

  async close(): Promise<void> {
    if (this.closing.signal.aborted) return;
    this.closing.abort();
    await Promise.allSettled(this.running);
    await this.shared.leave();
  }

  private async runSubscription(
    after: Position | null,
    handler: BatchHandler,
    options: SubscribeOptions,
  ): Promise<void> {
    const signal = AbortSignal.any([options.signal, this.closing.signal]);
    const { nudges } = this.shared.follower;
    const readAll = async (
      position: Position | null,
      limit: number,
      filter?: EventFilter,
    ): Promise<EventPage> => {
      // Follows as soon as it can; until then the store is read.
      await this.shared.follower.start().catch(asAway);
      return (
        this.shared.follower.next(position ?? START, limit, filter) ??
        this.shared.reads.page(position, limit, filter)
      );
    };
    const source = { store: { readAll }, nudges, pollEvery: this.shared.times.pollEvery };
    await runSubscription(source, after, handler, { ...options, signal });
  }

  private async untilDone<T>(work: Promise<T>): Promise<T> {
    this.running.add(work);
    return work.finally(() => this.running.delete(work));
  }

  private assertOpen(operation: string): void {
    if (this.closing.signal.aborted) throw new StoreUnavailable(operation, new Error('closed'));
  }
}

function asAway(error: unknown): void {
  if (!(error instanceof StoreUnavailable)) throw error;
}
