import type { Decider, Envelope } from '#forlop/domain';
import { WrongExpectedRevision } from '#forlop/event-store';
import type { EventStore, Position } from '#forlop/event-store';
import { SubjectShredded } from '#forlop/privacy';
import type { BlindIndex, KeyStore, Sealer } from '#forlop/privacy';
import { decode, encode, envelopeIn } from './codec.js';
import type { DomainEvent, ReadEvent } from './codec.js';
import { ConcurrentChange, NotFound, StaleRevision } from './errors.js';
import type { Occasion } from './occasion.js';
import { assertSameRequest } from './repeat.js';
import type { Placed } from './repeat.js';
import type { Accepted } from './request.js';

/** What reading and writing a stream takes. */
export interface StreamDeps {
  readonly store: EventStore;
  readonly sealer: Sealer;
}

/** What handling a command takes besides. */
export interface CommandDeps extends StreamDeps {
  readonly keyStore: KeyStore;
  readonly blindIndex: BlindIndex;
}

/** A stream folded to what its decider needs. `revision` is -1 for a stream never written. */
export interface Loaded<State> {
  readonly streamId: string;
  readonly state: State;
  readonly revision: number;
  readonly events: readonly ReadEvent[];
}

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
  const events = await decode(
    sealer,
    stream.filter(({ position }) => until === undefined || position <= until),
  );
  const state = events.reduce(
    (before, { event }) => decider.evolve(before, event as Event),
    decider.initialState,
  );
  return { streamId, state, revision: events.length - 1, events };
}

/**
 * Seals and appends at the revision that was loaded. The event ids are stable, so an append whose answer was lost is
 * the same append; where another process stored another request under the same key, that is found by its HMAC.
 */
export async function appendAt(
  { store, sealer }: StreamDeps,
  { streamId, revision }: Pick<Loaded<unknown>, 'streamId' | 'revision'>,
  events: readonly DomainEvent[],
  occasion: Occasion,
): Promise<Placed[]> {
  const sealed = await encode(sealer, streamId, events, occasion).catch(goneIfShredded);
  const appended = await store.append(streamId, sealed, revision < 0 ? 'noStream' : revision);
  if (appended.repeated) assertSameRequest(await store.readCommand(occasion.commandId), occasion.bodyHmac);
  const first = appended.revision - sealed.length + 1;
  return sealed.map((event, index) => ({
    ...event,
    streamId,
    revision: first + index,
    position: appended.positions[index] as Position,
  }));
}

/** Nothing more can be recorded about a person who is shredded: to the caller the id is gone. */
export function goneIfShredded(error: unknown): never {
  throw error instanceof SubjectShredded ? new NotFound() : error;
}

/** The client's revision (If-Match) is the stream's, else `StaleRevision`. */
export function assertRevision({ revision }: Pick<Loaded<unknown>, 'revision'>, ifMatch?: number): void {
  if (ifMatch !== undefined && ifMatch !== revision) throw new StaleRevision(revision);
}

const TRIES = 4;

/**
 * Runs load–decide–append until it is not overtaken: the first try and three more. A client that named its revision
 * (If-Match) is told that it is stale instead.
 */
export async function untilNotOvertaken<T>(
  ifMatch: number | undefined,
  attempt: () => Promise<T>,
): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof WrongExpectedRevision)) throw error;
      if (ifMatch !== undefined) throw new StaleRevision(error.actual === 'noStream' ? -1 : error.actual);
      if (tries === TRIES) throw new ConcurrentChange();
    }
  }
}

/** The answer to a command that left everything as it was. */
export const unchanged = async (
  store: EventStore,
  { revision }: Pick<Loaded<unknown>, 'revision'>,
  commandId: string,
  ids: Record<string, unknown>,
): Promise<Accepted> => ({ commandId, ids, revision, position: await store.head(), events: [], flags: [] });
