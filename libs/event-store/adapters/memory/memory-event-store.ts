import { randomUUID } from 'node:crypto';
import { StoreUnavailable } from '../../errors.js';
import { passes } from '../../filter.js';
import { eventHash } from '../../hash.js';
import { checkAppend } from '../../limits.js';
import { Nudges } from '../../nudges.js';
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
import { formatPosition, sequenceOf, startOf } from '../../positions.js';
import { runSubscription } from '../../subscription.js';
import { judge } from './judge.js';

const KIND = 'mem';
const POLL_EVERY = 1_000;

/** For unit tests: holds everything in memory and keeps the same promises as the others. */
export class MemoryEventStore implements EventStore {
  readonly storeId = randomUUID();
  readonly start = startOf(KIND);
  private readonly all: StoredEvent[] = [];
  private readonly streams = new Map<string, StoredEvent[]>();
  private readonly commands = new Map<string, StoredEvent[]>();
  private readonly nudges = new Nudges();
  private readonly closing = new AbortController();
  private readonly running = new Set<Promise<void>>();

  /** @param now the store's clock, for tests that set it */
  constructor(private readonly now: () => Date = () => new Date()) {}

  async append(
    streamId: string,
    events: readonly EventToAppend[],
    expected: ExpectedRevision,
  ): Promise<Appended> {
    checkAppend(streamId, events, expected);
    this.assertOpen('append');
    const stream = this.streams.get(streamId) ?? [];
    const repeated = judge(streamId, stream, events, expected);
    const stored = repeated ?? this.store(streamId, stream, events);
    return answer(stored, repeated !== undefined);
  }

  async readStream(streamId: string, options: ReadStreamOptions = {}): Promise<StoredEvent[]> {
    this.assertOpen('readStream');
    const stream = this.streams.get(streamId) ?? [];
    const { direction = 'forwards', limit = stream.length } = options;
    if (direction === 'forwards') return stream.slice(options.from ?? 0).slice(0, limit);
    return stream
      .slice(0, (options.from ?? stream.length) + 1)
      .reverse()
      .slice(0, limit);
  }

  async readFirst(streamIds: readonly string[]): Promise<Map<string, StoredEvent>> {
    this.assertOpen('readFirst');
    const firsts = new Map<string, StoredEvent>();
    for (const streamId of streamIds) {
      const first = this.streams.get(streamId)?.[0];
      if (first !== undefined) firsts.set(streamId, first);
    }
    return firsts;
  }

  async readCommand(commandId: string): Promise<StoredEvent[]> {
    this.assertOpen('readCommand');
    return [...(this.commands.get(commandId) ?? [])];
  }

  async readAll(after: Position | null, limit: number, filter?: EventFilter): Promise<EventPage> {
    this.assertOpen('readAll');
    const events: StoredEvent[] = [];
    let position = after ?? this.start;
    for (const event of this.all.slice(Number(sequenceOf(KIND, after)))) {
      if (events.length === limit) break;
      if (passes(event, filter)) events.push(event);
      position = event.position;
    }
    return { events, position };
  }

  async subscribe(after: Position | null, handler: BatchHandler, options: SubscribeOptions): Promise<void> {
    this.assertOpen('subscribe');
    const signal = AbortSignal.any([options.signal, this.closing.signal]);
    const source = { store: this, nudges: this.nudges, pollEvery: POLL_EVERY };
    const subscription = runSubscription(source, after, handler, { ...options, signal });
    this.running.add(subscription);
    await subscription.finally(() => this.running.delete(subscription));
  }

  async readAt(position: Position): Promise<StoredEvent | undefined> {
    this.assertOpen('readAt');
    return this.all[Number(sequenceOf(KIND, position)) - 1];
  }

  /** Nothing is ever copied to it. */
  async originsOf(): Promise<ReadonlyMap<Position, Origin>> {
    this.assertOpen('originsOf');
    return new Map();
  }

  async head(): Promise<Position | null> {
    this.assertOpen('head');
    return this.all.at(-1)?.position ?? null;
  }

  async countAfter(position: Position | null): Promise<number> {
    this.assertOpen('countAfter');
    return Math.max(0, this.all.length - Number(sequenceOf(KIND, position)));
  }

  async close(): Promise<void> {
    this.closing.abort();
    await Promise.allSettled(this.running);
  }

  private store(streamId: string, stream: StoredEvent[], events: readonly EventToAppend[]): StoredEvent[] {
    const recordedAt = this.recordedAt();
    const stored = events.map((event, index) => ({
      eventId: event.eventId,
      streamId,
      revision: stream.length + index,
      position: formatPosition(KIND, this.all.length + index + 1),
      type: event.type,
      schemaVersion: event.schemaVersion,
      payload: event.payload,
      metadata: event.metadata,
      hash: eventHash(event),
      recordedAt,
    }));
    this.rememberCommands(events, stored);
    this.streams.set(streamId, stream);
    stream.push(...stored);
    this.all.push(...stored);
    this.nudges.ring();
    return stored;
  }

  private rememberCommands(events: readonly EventToAppend[], stored: readonly StoredEvent[]): void {
    let current: StoredEvent[] | undefined;
    for (const [index, event] of stored.entries()) {
      const commandId = events[index]?.commandId;
      if (commandId !== undefined) {
        current = this.commands.get(commandId) ?? [];
        this.commands.set(commandId, current);
      }
      current?.push(event);
    }
  }

  private recordedAt(): string {
    const now = this.now().toISOString();
    const last = this.all.at(-1)?.recordedAt ?? now;
    return now > last ? now : last;
  }

  private assertOpen(operation: string): void {
    if (this.closing.signal.aborted) throw new StoreUnavailable(operation);
  }
}

function answer(stored: readonly StoredEvent[], repeated: boolean): Appended {
  const last = stored.at(-1);
  if (last === undefined) throw new Error('an append holds at least one event');
  return {
    revision: last.revision,
    position: last.position,
    positions: stored.map((event) => event.position),
    repeated,
  };
}
