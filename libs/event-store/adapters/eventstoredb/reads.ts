import { ForeignPosition } from '../../errors.js';
import { passes } from '../../filter.js';
import type { EventFilter, EventPage, Origin, Position, ReadStreamOptions, StoredEvent } from '../../port.js';
import { collect } from './collect.js';
import { decode, decodeKept, positionOf } from './envelope.js';
import { WireFailure } from './failure.js';
import { KIND, logPositionOf, START, type LogPosition } from './kind.js';
import { SharedRead } from './shared-read.js';
import { OWN_EVENTS_ONLY, type Wire, type WireEvent, type WireFilter } from './wire.js';

/** The server has no "all": a number that no stream reaches, which it takes. */
const NO_LIMIT = Number.MAX_SAFE_INTEGER;
/** Events asked for at once when a part of the filter is left to us. */
const CHUNK = 1_000;

export interface ReadTimeouts {
  /** ms without a word from the server until a read is given up. */
  readonly timeout: number;
  /** The same for a read with a filter: the server is silent while it looks through what does not match. */
  readonly scanTimeout: number;
}

/** What is read from the server, one call each. */
export class Reads {
  private readonly heads = new SharedRead(() => this.readHead());

  constructor(
    private readonly wire: Wire,
    private readonly timeouts: ReadTimeouts,
  ) {}

  async stream(streamId: string, options: ReadStreamOptions = {}): Promise<StoredEvent[]> {
    return (await this.streamOnWire('readStream', streamId, options)).map(decode);
  }

  async first(streamIds: readonly string[]): Promise<Map<string, StoredEvent>> {
    const reads = [...new Set(streamIds)].map((id) => this.streamOnWire('readFirst', id, { limit: 1 }));
    const firsts = (await Promise.all(reads)).flat().map(decode);
    return new Map(firsts.map((event) => [event.streamId, event]));
  }

  streamOnWire(operation: string, streamId: string, options: ReadStreamOptions): Promise<WireEvent[]> {
    const {
      direction = 'forwards',
      limit = NO_LIMIT,
      from = direction === 'forwards' ? 'start' : 'end',
    } = options;
    if (limit === 0) return Promise.resolve([]);
    const request = { kind: 'stream', streamId, direction, limit, from } as const;
    return collect(this.wire, request, { operation, timeout: this.timeouts.timeout });
  }

  /** Of the events that a store copy brought, where they stood before. Asked for seldom: their streams are read once more. */
  async origins(events: readonly StoredEvent[]): Promise<ReadonlyMap<Position, Origin>> {
    const wanted = new Set(events.map(({ position }) => position));
    const ranges = new Map<string, { from: number; to: number }>();
    for (const { streamId, revision } of events) {
      const { from, to } = ranges.get(streamId) ?? { from: revision, to: revision };
      ranges.set(streamId, { from: Math.min(from, revision), to: Math.max(to, revision) });
    }
    const reads = [...ranges].map(([streamId, { from, to }]) =>
      this.streamOnWire('originsOf', streamId, { from, limit: to - from + 1 }),
    );
    const kept = (await Promise.all(reads)).flat().map(decodeKept);
    return new Map(
      kept.flatMap(({ position, origin }) => (origin && wanted.has(position) ? [[position, origin]] : [])),
    );
  }

  /** The last event's, shared with all who ask now. */
  head(): Promise<Position | null> {
    return this.heads.ask();
  }

  async at(position: Position): Promise<StoredEvent | undefined> {
    const event = await this.wireAt(position);
    return event === undefined ? undefined : decode(event);
  }

  /** The event that stands at exactly this position, as the server has it. */
  async wireAt(position: Position): Promise<WireEvent | undefined> {
    const from = logPositionOf(position);
    if (from === 'start' || from === 'beyond') return undefined;
    try {
      const [event] = await this.all('readAt', from, 1, OWN_EVENTS_ONLY);
      return event !== undefined && positionOf(event) === position ? event : undefined;
    } catch (error) {
      if (error instanceof WireFailure) return undefined;
      throw error;
    }
  }

  /** The next events after a position that is one, as the server has them. */
  async wireAfter(position: Position, limit: number): Promise<WireEvent[]> {
    const from = logPositionOf(position);
    return from === 'beyond' ? [] : this.matching(position, from, limit, undefined);
  }

  /** @throws ForeignPosition also when nothing begins there: it is no position of this store */
  async page(after: Position | null, limit: number, filter: EventFilter | undefined): Promise<EventPage> {
    const from = logPositionOf(after);
    if (from === 'beyond') return { events: [], position: after ?? START };
    const isWhole = filter?.streamPrefixes === undefined && filter?.types === undefined;
    // Asked before the events are read: what was left out up to there was left out by the filter.
    const head = isWhole ? null : await this.head();
    const found = await this.matching(after, from, limit, filter);
    const events = found.map(decode);
    const last = events.at(-1)?.position;
    if (last !== undefined && events.length === limit) return { events, position: last };
    return { events, position: furthest(after ?? START, head ?? START, last ?? START) };
  }

  /** Events after the position that pass the filter, in order, at most so many. */
  private async matching(
    after: Position | null,
    start: LogPosition | 'start',
    limit: number,
    filter: EventFilter | undefined,
  ): Promise<WireEvent[]> {
    const wireFilter = wireFilterOf(filter);
    if (wireFilter === undefined) return [];
    const matching: WireEvent[] = [];
    const count = isExact(filter) ? limit + 1 : Math.max(limit + 1, CHUNK);
    for (let [from, passed] = [start, after]; ;) {
      const chunk = await this.chunk(passed, from, count, wireFilter);
      const further = chunk.filter((event) => passed === null || positionOf(event) > passed);
      matching.push(...further.filter((event) => !event.type.startsWith('$') && passes(event, filter)));
      const last = further.at(-1);
      if (matching.length >= limit || chunk.length < count || last === undefined)
        return matching.slice(0, limit);
      [from, passed] = [last, positionOf(last)];
    }
  }

  private async chunk(
    after: Position | null,
    from: LogPosition | 'start',
    count: number,
    filter: WireFilter,
  ): Promise<WireEvent[]> {
    try {
      return await this.all('readAll', from, count, filter);
    } catch (error) {
      if (error instanceof WireFailure) throw new ForeignPosition(after ?? START, KIND);
      throw error;
    }
  }

  private async readHead(): Promise<Position | null> {
    const request = {
      kind: 'all',
      from: 'end',
      direction: 'backwards',
      limit: 1,
      filter: OWN_EVENTS_ONLY,
    } as const;
    const [last] = await collect(this.wire, request, {
      operation: 'head',
      timeout: this.timeouts.timeout,
    });
    return last === undefined ? null : positionOf(last);
  }

  private all(
    operation: string,
    from: LogPosition | 'start',
    limit: number,
    filter: WireFilter,
  ): Promise<WireEvent[]> {
    const request = { kind: 'all', from, direction: 'forwards', limit, filter } as const;
    const { timeout, scanTimeout } = this.timeouts;
    return collect(this.wire, request, {
      operation,
      timeout: filter === OWN_EVENTS_ONLY ? timeout : scanTimeout,
    });
  }
}

/** The part of the filter that the server applies; `undefined` when nothing can pass. */
function wireFilterOf(filter: EventFilter | undefined): WireFilter | undefined {
  const { streamPrefixes, types } = filter ?? {};
  if (types?.length === 0 || streamPrefixes?.length === 0) return undefined;
  if (types !== undefined) return { typePattern: `^(?:${types.map(literally).join('|')})$` };
  return streamPrefixes === undefined ? OWN_EVENTS_ONLY : { streamPrefixes };
}

/** Whether the server applies all of it, so that as many events as asked for are as many as wanted. */
const isExact = (filter: EventFilter | undefined): boolean =>
  filter?.streamPrefixes === undefined || filter.types === undefined;

const literally = (text: string): string => text.replaceAll(/[^\p{L}\p{N}]/gu, '\\$&');

const furthest = (...positions: Position[]): Position => positions.reduce((a, b) => (a > b ? a : b));
