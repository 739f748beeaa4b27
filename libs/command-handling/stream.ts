import type { Decider, Envelope } from '#forlop/domain';
import { WrongExpectedRevision } from '#forlop/event-store';
import type { EventStore, Position } from '#forlop/event-store';
import { SubjectShredded } from '#forlop/privacy';
import type { BlindIndex, KeyInHand, KeyStore, Sealer } from '#forlop/privacy';
import { encodeAll, envelopeIn, factsOf } from './codec.js';
import type { DomainEvent, Encoded, ReadEvent, StateAfter } from './codec.js';
import { ConcurrentChange, NotFound, StaleRevision } from './errors.js';
import type { StreamMemory } from './kept/stream-memory.js';
import type { Occasion } from './occasion.js';
import { assertSameRequest } from './repeat.js';
import type { Placed } from './repeat.js';
import type { Accepted } from './request.js';

/** What reading and writing a stream takes. */
export interface StreamDeps {
  readonly store: EventStore;
  readonly sealer: Sealer;
  /** What this process remembers from one command to the next; without it, every command reads its stream. */
  readonly memory?: StreamMemory;
}

/** What handling a command takes besides. */
export interface CommandDeps extends StreamDeps {
  readonly keyStore: KeyStore;
  readonly blindIndex: BlindIndex;
}

/** A stream at the revision that a command is judged at; -1 for one never written. */
export interface AtRevision {
  readonly streamId: string;
  readonly revision: number;
  /** Remembered or assumed, not read: others may have written since. */
  readonly unconfirmed?: true;
  /** What is to be kept of it once these events are appended: of streams that are kept, where it can be told from them. */
  readonly after?: (events: readonly DomainEvent[]) => Kept | undefined;
}

export type Kept = Omit<StateAfter, 'revision'> & { readonly snapshotAt: number };

/** A stream read from its first event and folded to what its decider needs. */
export interface Loaded<State> extends AtRevision {
  readonly state: State;
  readonly events: readonly ReadEvent[];
  /** What opened them, where it is one key. */
  readonly key?: KeyInHand;
}

/** A stream that cannot be there yet, because its id was made for this very command: not read, but appended at its start. */
export const unwritten = <State>(
  { initialState }: Pick<Decider<State, never, never>, 'initialState'>,
  streamId: string,
): Loaded<State> => ({ streamId, state: initialState, revision: -1, events: [] });

/** Throws where a stream that begins so is not the caller's. */
export type Admission = (first: Envelope) => void;

/**
 * One read of the store, one of the key store, and the fold. What is not admitted is never opened.
 * @param until the position after which nothing counts
 */
export async function load<State, Event>(
  { store, sealer }: StreamDeps,
  decider: Pick<Decider<State, never, Event>, 'initialState' | 'evolve'>,
  streamId: string,
  admission?: Admission,
  until?: Position,
): Promise<Loaded<State>> {
  const stream = await store.readStream(streamId);
  if (stream[0]) admission?.(envelopeIn(stream[0]));
  const stored = stream.filter(({ position }) => until === undefined || position <= until);
  const { data, key } = await sealer.openAll(stored);
  const events = factsOf(stored, data);
  const state = events.reduce(
    (before, { event }) => decider.evolve(before, event as Event),
    decider.initialState,
  );
  return { streamId, state, revision: events.length - 1, events, ...(key && { key }) };
}

/**
 * Seals and appends at the revision that was judged at. The event ids are stable, so an append whose answer was lost is
 * the same append; where another process stored another request under the same key, that is found by its HMAC.
 */
export async function appendAt(
  { store, sealer, memory }: StreamDeps,
  { streamId, revision, unconfirmed, after }: AtRevision,
  events: readonly DomainEvent[],
  occasion: Occasion,
): Promise<Placed[]> {
  const kept = memory && after?.(events);
  const encoded = await encodeAll(
    sealer,
    streamId,
    events,
    occasion,
    kept && { ...kept, revision: revision + events.length },
  ).catch(goneIfShredded);
  const expected = revision < 0 ? 'noStream' : revision;
  const appended = await store.append(streamId, encoded.events, expected).catch((error: unknown) => {
    memory?.drop(streamId, revision);
    throw unconfirmed && error instanceof WrongExpectedRevision ? new Misremembered(error) : error;
  });
  if (appended.repeated) assertSameRequest(await store.readCommand(occasion.commandId), occasion.bodyHmac);
  else keep(memory, streamId, kept, encoded, occasion, appended.revision);
  const first = appended.revision - encoded.events.length + 1;
  return encoded.events.map((event, index) => ({
    ...event,
    streamId,
    revision: first + index,
    position: appended.positions[index] as Position,
  }));
}

/** The state after an append, or nothing: what is known of the stream is older than its last event. */
function keep(
  memory: StreamMemory | undefined,
  streamId: string,
  kept: Kept | undefined,
  { events, state: sealed }: Encoded,
  { owner, subject, protection }: Occasion,
  revision: number,
): void {
  const eventId = events.at(-1)?.eventId;
  memory?.remember(streamId, owner);
  if (kept === undefined || sealed === undefined || subject === undefined || eventId === undefined) {
    memory?.drop(streamId, revision);
    return;
  }
  const { version, snapshotAt } = kept;
  const belonging = { owner, subject, protection };
  memory?.keep(streamId, { revision, eventId, version, belonging, sealed, snapshotAt });
}

/** A conflict that only tells that what was remembered is over: no race was lost. */
class Misremembered extends WrongExpectedRevision {
  constructor({ streamId, expected, actual }: WrongExpectedRevision) {
    super(streamId, expected, actual);
  }
}

/** Nothing more can be recorded about a person who is shredded: to the caller the id is gone. */
export function goneIfShredded(error: unknown): never {
  throw error instanceof SubjectShredded ? new NotFound() : error;
}

/** The client's revision (If-Match) is the stream's, else `StaleRevision`. */
export function assertRevision({ revision }: Pick<AtRevision, 'revision'>, ifMatch?: number): void {
  if (ifMatch !== undefined && ifMatch !== revision) throw new StaleRevision(revision);
}

const TRIES = 4;

/**
 * Runs load–decide–append until it is not overtaken: the first try and three more, not counting one that rested on what was
 * remembered. A client that named its revision (If-Match) is told that it is stale instead.
 */
export async function untilNotOvertaken<T>(
  ifMatch: number | undefined,
  attempt: () => Promise<T>,
): Promise<T> {
  let remembered = false;
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof WrongExpectedRevision)) throw error;
      if (ifMatch !== undefined) throw new StaleRevision(error.actual === 'noStream' ? -1 : error.actual);
      if (error instanceof Misremembered && !remembered) {
        remembered = true;
        tries -= 1;
      }
      if (tries === TRIES) throw new ConcurrentChange();
    }
  }
}

/** The answer to a command that left everything as it was. */
export const unchanged = async (
  store: EventStore,
  { revision }: Pick<AtRevision, 'revision'>,
  commandId: string,
  ids: Record<string, unknown>,
): Promise<Accepted> => ({ commandId, ids, revision, position: await store.head(), events: [], flags: [] });
