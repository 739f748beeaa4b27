import { setTimeout } from 'node:timers/promises';
import { AppendTooLarge, StoreUnavailable, WrongExpectedRevision } from '../../errors.js';
import { MAX_APPEND_BYTES } from '../../limits.js';
import type { Appended, EventToAppend, ExpectedRevision, Position } from '../../port.js';
import { encode, idsIn, positionOf } from './envelope.js';
import { WireFailure } from './failure.js';
import { formatLogPosition, START } from './kind.js';
import type { Reads } from './reads.js';
import type { AppendReply, Wire, WireEvent, WireEventToAppend } from './wire.js';

export interface Append {
  readonly streamId: string;
  readonly events: readonly EventToAppend[];
  readonly expected: ExpectedRevision;
}

/** Somebody waits for the answer; a cluster that elects a leader takes a moment. */
const PAUSES = [0, 250, 1_000];
/** How often an append is sent again that was not stored, because its connection broke or went to no leader. */
const RESENDS = 2;
/** How far back in a stream events that were appended anywhere in it are looked for. */
const LOOK_BACK = 1_000;

/** Appends, and learns what became of those whose answer was lost. */
export class Appender {
  /** The furthest position that this process has seen: what stands at or before it was there before. */
  private seen: Position = START;
  /** By stream and first event: the same append twice at once would not be told apart from a fresh one. */
  private readonly inFlight = new Map<string, Promise<void>>();

  constructor(
    private readonly wire: Wire,
    private readonly reads: Reads,
    private readonly timeout: number,
  ) {}

  /** Whoever learns of a position tells it here, so that a repeat is recognised as one. */
  notice(position: Position | null): void {
    if (position !== null && position > this.seen) this.seen = position;
  }

  async append(append: Append): Promise<Appended> {
    const events = encode(append.events);
    const key = `${append.streamId}\n${events[0]?.id ?? ''}`;
    for (let same = this.inFlight.get(key); same !== undefined; same = this.inFlight.get(key)) await same;
    const running = this.send(append, events, RESENDS);
    const over = running.then(
      () => void this.inFlight.delete(key),
      () => void this.inFlight.delete(key),
    );
    this.inFlight.set(key, over);
    return running;
  }

  private async send(
    append: Append,
    events: readonly WireEventToAppend[],
    resends: number,
  ): Promise<Appended> {
    const { seen } = this;
    let reply: AppendReply;
    try {
      const { streamId, expected } = append;
      reply = await this.wire.append({ streamId, events, expected }, this.timeout);
    } catch (error) {
      if (!(error instanceof WireFailure)) throw error;
      const stored = await this.learn(append, error);
      if (stored !== undefined) return asRepeated(stored);
      if (resends === 0 || !mayBeSentAgain(append, error)) throw new StoreUnavailable('append', error);
      return this.send(append, events, resends - 1);
    }
    const position = formatLogPosition(reply.position);
    this.notice(position);
    const positions = await this.positions(append, reply);
    return { revision: reply.revision, position, positions, repeated: position <= seen };
  }

  /** The server tells where the last event went; where the others did has to be read. */
  private async positions({ streamId, events }: Append, reply: AppendReply): Promise<Position[]> {
    const last = formatLogPosition(reply.position);
    if (events.length === 1) return [last];
    const from = reply.revision - events.length + 1;
    const stored = await this.readPatiently(streamId, from, events.length - 1);
    if (stored.length !== events.length - 1) throw new StoreUnavailable('append');
    return [...stored.map(positionOf), last];
  }

  /**
   * Where the events stand that got no verdict, or a refusal that is one of a repeat. `undefined`: they are not there.
   * @throws WrongExpectedRevision, AppendTooLarge, StoreUnavailable
   */
  private async learn(append: Append, failure: WireFailure): Promise<WireEvent[] | undefined> {
    switch (failure.kind) {
      case 'wrong-revision': {
        const stored = await this.readBack(append);
        if (stored !== undefined) return stored;
        throw new WrongExpectedRevision(append.streamId, append.expected, failure.actual ?? 'noStream');
      }
      case 'too-large':
        throw new AppendTooLarge(append.streamId, 'append', bytesOf(append), MAX_APPEND_BYTES);
      case 'access-denied':
      case 'stream-deleted':
      case 'no-such-position':
        throw new StoreUnavailable('append', failure);
      case 'not-leader':
        return undefined;
      case 'timeout':
      case 'unavailable':
        return this.readBack(append);
    }
  }

  /**
   * The events of the append where they stand, if they do: at their place after the expected revision, or, where none was
   * expected, among the stream's last. `undefined`: not all of them are there.
   * @throws StoreUnavailable when that cannot be learnt either
   */
  private async readBack({ streamId, events, expected }: Append): Promise<WireEvent[] | undefined> {
    const isPlaced = isDecided(expected);
    const start = expected === 'noStream' ? 0 : Number(expected) + 1;
    const stored = isPlaced
      ? await this.readPatiently(streamId, start, events.length)
      : (await this.readPatiently(streamId, 'end', LOOK_BACK)).reverse();
    const ids = stored.map((event) => idsIn(event).eventId);
    const first = isPlaced ? 0 : ids.lastIndexOf(events[0]?.eventId ?? '');
    const found = stored.slice(first, first + events.length);
    const isThere = first >= 0 && events.every((event, index) => ids[first + index] === event.eventId);
    return isThere ? found : undefined;
  }

  private async readPatiently(streamId: string, from: number | 'end', limit: number): Promise<WireEvent[]> {
    const options = from === 'end' ? ({ direction: 'backwards', limit } as const) : { from, limit };
    let failure: unknown;
    for (const wait of PAUSES) {
      if (wait > 0) await setTimeout(wait);
      try {
        return await this.reads.streamOnWire('append', streamId, options);
      } catch (error) {
        if (!(error instanceof StoreUnavailable)) throw error;
        failure = error;
        // A server that is silent was waited for long enough.
        if (error.cause instanceof WireFailure && error.cause.kind === 'timeout') break;
      }
    }
    throw failure;
  }
}

/**
 * A server that is no leader stores nothing, and the client goes to the leader. Otherwise it may be on its way yet: the server
 * recognises it for ever where it says where it goes. After a timeout the caller has waited long enough.
 */
const mayBeSentAgain = ({ expected }: Append, { kind }: WireFailure): boolean =>
  kind === 'not-leader' || (kind === 'unavailable' && isDecided(expected));

/** Whether an append says where in its stream it goes. */
const isDecided = (expected: ExpectedRevision): boolean => expected !== 'any' && expected !== 'streamExists';

const bytesOf = ({ events }: Append): number =>
  events.reduce(
    (sum, { payload, metadata }) => sum + Buffer.byteLength(payload) + Buffer.byteLength(metadata),
    0,
  );

function asRepeated(stored: readonly WireEvent[]): Appended {
  const positions = stored.map(positionOf);
  const last = stored.at(-1);
  if (last === undefined) throw new Error('an append holds at least one event');
  return { revision: last.revision, position: positionOf(last), positions, repeated: true };
}
