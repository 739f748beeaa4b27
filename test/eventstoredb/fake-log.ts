/** The log of the fake EventStoreDB: records in one order, and the append decision as version 23.10 makes it. */

export interface LoggedEvent {
  readonly streamId: string;
  readonly revision: number;
  /** Commit and prepare position are the same, as for all that is appended over gRPC. */
  readonly position: bigint;
  readonly id: string;
  readonly type: string;
  readonly contentType: string;
  readonly data: Uint8Array;
  readonly metadata: Uint8Array;
  /** 100 ns since 1970. */
  readonly created: bigint;
}

export type Proposed = Pick<LoggedEvent, 'id' | 'type' | 'contentType' | 'data' | 'metadata'>;

export type Expected = 'any' | 'noStream' | 'streamExists' | number;

export type Verdict =
  | { readonly kind: 'stored'; readonly last: LoggedEvent }
  | { readonly kind: 'wrong-version'; readonly current: number | undefined }
  | { readonly kind: 'too-large' };

const MAX_APPEND_SIZE = 1024 * 1024;
const TICKS_PER_MS = 10_000n;
const RECORD_OVERHEAD = 96;
/** The server writes of itself, too: one event in so many is its own. */
const OWN_EVENT_EVERY = 7;

export class FakeLog {
  readonly records: LoggedEvent[] = [];
  private readonly streams = new Map<string, LoggedEvent[]>();
  private readonly listeners = new Set<() => void>();
  private isLive = false;
  private end = 0n;
  private created = 0n;

  /** @param records of a backup: what another log held at some time */
  constructor(records: readonly LoggedEvent[] = []) {
    for (const { streamId, ...event } of records) this.write(streamId, [event]);
    this.isLive = true;
    if (records.length === 0) this.writeOwn();
  }

  stream(streamId: string): readonly LoggedEvent[] {
    return this.streams.get(streamId) ?? [];
  }

  /** Appends, recognises a repeat, or refuses. */
  append(streamId: string, events: readonly Proposed[], expected: Expected): Verdict {
    const size = events.reduce(
      (sum, { data, metadata, type }) => sum + data.length + metadata.length + 2 * type.length,
      0,
    );
    if (size > MAX_APPEND_SIZE) return { kind: 'too-large' };
    const stream = this.stream(streamId);
    const current = stream.at(-1)?.revision ?? -1;
    const repeated = repeatIn(stream, events, expected, current);
    if (repeated === 'partly') return { kind: 'wrong-version', current };
    if (repeated !== undefined) return { kind: 'stored', last: repeated };
    if (!fits(current, expected))
      return { kind: 'wrong-version', current: current < 0 ? undefined : current };
    return { kind: 'stored', last: this.write(streamId, events) };
  }

  /** Writes without a question, as a foreign program would. */
  write(streamId: string, events: readonly Proposed[]): LoggedEvent {
    const stream = this.streams.get(streamId) ?? [];
    this.streams.set(streamId, stream);
    for (const event of events) {
      this.created = [this.created, BigInt(Date.now()) * TICKS_PER_MS].reduce((a, b) => (a > b ? a : b));
      const logged = {
        ...event,
        streamId,
        revision: stream.length,
        position: this.end,
        created: this.created,
      };
      this.end += BigInt(RECORD_OVERHEAD + event.data.length + event.metadata.length);
      stream.push(logged);
      this.records.push(logged);
    }
    if (this.isLive && !streamId.startsWith('$') && this.records.length % OWN_EVENT_EVERY === 0)
      this.writeOwn();
    for (const listener of [...this.listeners]) listener();
    return stream.at(-1) as LoggedEvent;
  }

  /** @returns how to stop listening */
  onWrite(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  private writeOwn(): void {
    const data = new TextEncoder().encode('{"proc-cpu":1}');
    const id = crypto.randomUUID();
    const event = {
      id,
      type: '$statsCollected',
      contentType: 'application/json',
      data,
      metadata: new Uint8Array(),
    };
    this.write('$stats-127.0.0.1:2113', [event]);
  }
}

function fits(current: number, expected: Expected): boolean {
  if (expected === 'any') return true;
  if (expected === 'streamExists') return current >= 0;
  return current === (expected === 'noStream' ? -1 : expected);
}

/** The last event of the stored ones that the append repeats; `partly` when some are known and others not. */
function repeatIn(
  stream: readonly LoggedEvent[],
  events: readonly Proposed[],
  expected: Expected,
  current: number,
): LoggedEvent | 'partly' | undefined {
  if (expected === 'any' || expected === 'streamExists') {
    const start = stream.findLastIndex(({ id }) => id === events[0]?.id);
    if (start < 0) return undefined;
    return matching(stream, events, start) ?? 'partly';
  }
  const start = (expected === 'noStream' ? -1 : expected) + 1;
  // At its own last revision, or beyond it, the server does not look at ids.
  return start > current ? undefined : (matching(stream, events, start) ?? 'partly');
}

function matching(
  stream: readonly LoggedEvent[],
  events: readonly Proposed[],
  start: number,
): LoggedEvent | undefined {
  const isSame = events.every((event, index) => stream[start + index]?.id === event.id);
  return isSame ? stream[start + events.length - 1] : undefined;
}
