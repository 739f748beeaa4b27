import type { StoredEvent } from '#forlop/event-store';
import type { KeyInHand } from '#forlop/privacy';
import { decode, envelopeIn } from '../codec.js';
import type { DomainEvent, ReadEvent } from '../codec.js';
import type { Belonging } from '../occasion.js';
import { ownerOf } from '../owner.js';
import type { Owner } from '../request.js';
import type { AtRevision, StreamDeps } from '../stream.js';
import type { Snapshot } from './snapshots.js';

/** How the streams of an aggregate are folded so that the state can be kept and gone on from. */
export interface Folding<State extends object> {
  /** Of what the state looks like and what it is folded from; holds no `|`. */
  readonly version: string;
  readonly initial: State;
  readonly whole: (events: readonly ReadEvent[]) => State;
  /** The same as the whole stream with this event at its end; `undefined` where only the whole stream tells. */
  readonly after: (state: State, event: DomainEvent) => State | undefined;
  /** Whose key seals the stream, from its first event. */
  readonly subjectOf: (first: StoredEvent) => string;
}

/** A stream as its commands are judged by it. */
export interface Standing<State extends object> extends AtRevision {
  readonly state: State;
  /** Absent for a stream never written. */
  readonly belonging?: Required<Belonging>;
}

/** Throws where a stream of that owner is not the caller's. */
export type OwnerAdmission = (owner: Owner) => void;

/** What is known of a stream and can be gone on from. */
interface Base<State> {
  readonly state: State;
  readonly revision: number;
  readonly eventId: string;
  readonly snapshotAt: number;
  /** What it was opened with, where it was sealed. */
  readonly key?: KeyInHand;
}

/**
 * A stream as this process has kept it, without a read; where it has not, or it must be `fresh`, what came after what is
 * kept, or after the snapshot, or the whole stream. What is not admitted is never opened.
 */
export async function standingOf<State extends object>(
  deps: StreamDeps,
  folding: Folding<State>,
  streamId: string,
  manner: 'kept' | 'fresh',
  admission?: OwnerAdmission,
): Promise<Standing<State>> {
  const kept = deps.memory?.state(streamId);
  if (kept?.version !== folding.version) return read(deps, folding, streamId, admission);
  const { belonging, sealed, ...place } = kept;
  admission?.(belonging.owner);
  const identity = { ...place, streamId, subject: belonging.subject };
  const opened = await deps.sealer.openState(identity, sealed);
  if (opened !== undefined) {
    const base = { ...place, state: opened.state as unknown as State, key: opened.key };
    if (manner === 'kept') {
      return { ...standing(folding, streamId, base), belonging, unconfirmed: true };
    }
    const now = await goneOn(deps, folding, streamId, base, belonging);
    if (typeof now === 'object') return now;
  }
  deps.memory?.drop(streamId, kept.revision);
  return read(deps, folding, streamId, admission);
}

/** A stream that is taken to be new; the append finds out. */
export const assumedNew = <State extends object>(
  folding: Folding<State>,
  streamId: string,
): Standing<State> => ({
  ...standing(folding, streamId, unwrittenOf(folding)),
  unconfirmed: true,
});

async function read<State extends object>(
  deps: StreamDeps,
  folding: Folding<State>,
  streamId: string,
  admission?: OwnerAdmission,
): Promise<Standing<State>> {
  const { store, sealer, memory } = deps;
  // Nearly every stream ends within the first page: it is not for them to pay for the look for a snapshot.
  const limit = memory?.snapshots === undefined ? undefined : memory.snapshotEvery;
  const stored = await store.readStream(streamId, limit === undefined ? {} : { limit });
  const [first] = stored;
  if (first === undefined) return standing(folding, streamId, unwrittenOf(folding));
  const owner = ownerOf(envelopeIn(first));
  admission?.(owner);
  memory?.remember(streamId, owner);
  if (stored.length === limit) {
    const shorter = await bySnapshot(deps, folding, streamId, first);
    if (shorter !== undefined) return shorter;
    stored.push(...(await store.readStream(streamId, { from: limit })));
  }
  const events = await decode(sealer, stored);
  const last = stored[stored.length - 1] ?? first;
  const base = { state: folding.whole(events), revision: last.revision, snapshotAt: -1 };
  return { ...standing(folding, streamId, base), belonging: belongingOf(folding, first, last) };
}

const unwrittenOf = <State extends object>({ initial }: Folding<State>) => ({
  state: initial,
  revision: -1,
  snapshotAt: -1,
});

/** `undefined` where there is no snapshot that helps: none, of another version, not to be opened, or corrected since. */
async function bySnapshot<State extends object>(
  deps: StreamDeps,
  folding: Folding<State>,
  streamId: string,
  first: StoredEvent,
): Promise<Standing<State> | undefined> {
  const { memory } = deps;
  // Away or broken is no reason to refuse a command that can do without.
  const snapshot = await memory?.snapshots?.read(streamId).catch(() => undefined);
  // Of another version it is another program's, which may be running beside this one.
  if (snapshot?.version !== folding.version) return undefined;
  const now = await goneOnFrom(deps, folding, streamId, first, snapshot);
  if (now === 'of another history') memory?.discard(streamId, snapshot.revision);
  return typeof now === 'object' ? now : undefined;
}

async function goneOnFrom<State extends object>(
  deps: StreamDeps,
  folding: Folding<State>,
  streamId: string,
  first: StoredEvent,
  { sealed, ...place }: Snapshot,
): ReturnType<typeof goneOn<State>> {
  const subject = folding.subjectOf(first);
  const opened = await deps.sealer.openState({ ...place, streamId, subject }, sealed);
  // Not what was sealed for this place, or of somebody whose key is destroyed: either way nobody opens it again.
  if (opened === undefined) return 'of another history';
  const { state, key } = opened;
  const base = { ...place, state: state as unknown as State, key, snapshotAt: place.revision };
  return goneOn(deps, folding, streamId, base, belongingOf(folding, first, first));
}

/** What was folded up to a revision, and the events since. */
async function goneOn<State extends object>(
  { store, sealer }: StreamDeps,
  folding: Folding<State>,
  streamId: string,
  base: Base<State>,
  belonging: Required<Belonging>,
): Promise<Standing<State> | 'of another history' | 'folded otherwise'> {
  // Its own last event too: in a store that was restored, another may stand there, or none.
  const [own, ...since] = await store.readStream(streamId, { from: base.revision });
  if (own === undefined || own.eventId !== base.eventId) return 'of another history';
  const state = afterAll(
    folding,
    base.state,
    (await decode(sealer, since)).map(({ event }) => event),
  );
  if (state === undefined) return 'folded otherwise';
  const { revision, metadata } = since[since.length - 1] ?? own;
  const { protection } = envelopeIn({ metadata });
  return {
    ...standing(folding, streamId, { ...base, state, revision }),
    belonging: { ...belonging, protection },
  };
}

function afterAll<State extends object>(
  { after }: Folding<State>,
  state: State,
  events: readonly DomainEvent[],
): State | undefined {
  return events.reduce<State | undefined>((before, event) => before && after(before, event), state);
}

const standing = <State extends object>(
  folding: Folding<State>,
  streamId: string,
  { state, revision, snapshotAt, key }: Omit<Base<State>, 'eventId'>,
): Standing<State> => ({
  streamId,
  state,
  revision,
  after: (events) => {
    const next = afterAll(folding, state, events);
    return next && { state: next, version: folding.version, snapshotAt, ...(key && { key }) };
  },
});

const belongingOf = (
  { subjectOf }: Pick<Folding<object>, 'subjectOf'>,
  first: StoredEvent,
  last: StoredEvent,
): Required<Belonging> => ({
  owner: ownerOf(envelopeIn(first)),
  subject: subjectOf(first),
  protection: envelopeIn(last).protection,
});
