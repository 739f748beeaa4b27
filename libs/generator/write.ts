/** Writes a world into a store, sealed like anything else, with many appends on their way at a time. */
import { setImmediate as nextTurn } from 'node:timers/promises';
import { commandIdOf, encode } from '#forlop/command-handling';
import type { EventStore, EventToAppend } from '#forlop/event-store';
import type { BlindIndex, KeyStore, Sealer } from '#forlop/privacy';
import { digestOfParts, Digests, type PartDigests } from './digest.js';
import type { GivenCommand, Piece } from './given.js';
import { KeysAhead } from './keys-ahead.js';
import { withFreeNumbers } from './numbers-reserved.js';

export interface WriteDeps {
  readonly store: EventStore;
  readonly sealer: Sealer;
  readonly keyStore: KeyStore;
  readonly blindIndex: BlindIndex;
}

export interface Progress {
  /** Cases of which everything is handed over. */
  readonly cases: number;
  readonly events: number;
}

export interface Written extends Progress {
  /** SHA-256 in hex over the unsealed events, in the order of the world. */
  readonly digest: string;
  readonly eventsPerSecond: number;
}

/** What was written of some parts of a world. */
export interface PartsWritten extends Progress {
  readonly digests: PartDigests;
}

/** Events whose keys and numbers are asked for together. */
const GROUP_EVENTS = 500;
/** Events on their way to the store: two batches that it commits, and two that wait. */
const MOST_IN_FLIGHT = 4_000;

/**
 * Writes everything, and resolves when it is stored. A world that is there already is recognised by its ids and stored once.
 * Throws what the store and the key store throw; what was written until then stays, and the same world completes it.
 */
export async function writeWorld(
  world: Iterable<Piece>,
  deps: WriteDeps,
  onProgress?: (progress: Progress) => void,
): Promise<Written> {
  const begun = performance.now();
  const { cases, events, digests } = await writePieces(world, deps, onProgress);
  return { cases, events, digest: digestOfParts(digests), eventsPerSecond: rateSince(begun, events) };
}

/** As `writeWorld`, of what one thread of several writes. */
export async function writePieces(
  pieces: Iterable<Piece>,
  deps: WriteDeps,
  onProgress: (progress: Progress) => void = () => undefined,
): Promise<PartsWritten> {
  const writer = new Writer(deps);
  const groups = groupsOf(pieces);
  let ahead = writer.prepare(groups.next().value);
  for (let group = await ahead; group !== undefined; group = await ahead) {
    // The next is thought out, and its keys are made, while this one is sealed and stored.
    ahead = writer.prepare(groups.next().value);
    await writer.write(group);
    onProgress(writer.progress);
  }
  return writer.end();
}

/** @param begun as `performance.now()` told it */
export const rateSince = (begun: number, events: number): number =>
  Math.round((events / (performance.now() - begun)) * 1000);

function* groupsOf(world: Iterable<Piece>): Generator<readonly Piece[], undefined> {
  let [group, events]: [Piece[], number] = [[], 0];
  for (const piece of world) {
    group.push(piece);
    events += eventsIn(piece);
    if (events < GROUP_EVENTS) continue;
    yield group;
    [group, events] = [[], 0];
  }
  if (group.length > 0) yield group;
  return undefined;
}

const eventsIn = ({ commands }: Piece): number =>
  commands.reduce((count, { events }) => count + events.length, 0);

class Writer {
  readonly #keys: KeysAhead;
  readonly #sealer: Sealer;
  readonly #digests = new Digests();
  readonly #inFlight = new Set<Promise<void>>();
  /** By stream, the append that the next one must wait for. */
  readonly #lastOf = new Map<string, Promise<void>>();
  #eventsInFlight = 0;
  #failure: { readonly error: unknown } | undefined;
  #cases = 0;
  #events = 0;

  constructor(private readonly deps: WriteDeps) {
    this.#keys = new KeysAhead(deps.keyStore);
    this.#sealer = deps.sealer.over(this.#keys);
  }

  get progress(): Progress {
    return { cases: this.#cases, events: this.#events };
  }

  /** Keys are durable before anything is sealed with them, numbers reserved before their persons are stored. */
  async prepare(group: readonly Piece[] | undefined): Promise<readonly Piece[] | undefined> {
    if (group === undefined) return undefined;
    for (const piece of group) this.#digests.add(piece);
    // In this order: of people who have no keys yet, the index has nothing to wait for.
    const free = await withFreeNumbers(this.deps, group);
    await this.#keys.hold(group.map(({ subject }) => subject));
    return free;
  }

  async write(group: readonly Piece[]): Promise<void> {
    for (const piece of group) {
      const events = await this.#encoded(piece);
      this.#append(piece, events);
    }
    await nextTurn();
    while (this.#eventsInFlight > MOST_IN_FLIGHT && this.#failure === undefined) {
      await Promise.race(this.#inFlight);
    }
    this.#assertStored();
  }

  async end(): Promise<PartsWritten> {
    await Promise.all(this.#inFlight);
    this.#assertStored();
    return { ...this.progress, digests: this.#digests.end() };
  }

  /** Does not wait for it, but has it wait for what goes before it in its stream: two batches of a store may overtake each other. */
  #append({ streamId, firstRevision, isLast }: Piece, events: readonly EventToAppend[]): void {
    const expected = firstRevision === 0 ? 'noStream' : firstRevision - 1;
    const before = this.#lastOf.get(streamId) ?? Promise.resolve();
    this.#eventsInFlight += events.length;
    const appending = before
      .then(async () => {
        if (this.#failure === undefined) await this.deps.store.append(streamId, events, expected);
      })
      .catch((error: unknown) => {
        this.#failure ??= { error };
      })
      .finally(() => {
        this.#inFlight.delete(appending);
        if (this.#lastOf.get(streamId) === appending) this.#lastOf.delete(streamId);
        this.#eventsInFlight -= events.length;
      });
    this.#inFlight.add(appending);
    this.#lastOf.set(streamId, appending);
    this.#events += events.length;
    if (isLast && streamId.startsWith('childcase-')) this.#cases += 1;
  }

  #assertStored(): void {
    if (this.#failure !== undefined) throw this.#failure.error;
  }

  async #encoded(piece: Piece): Promise<EventToAppend[]> {
    const encoded: EventToAppend[] = [];
    for (const command of piece.commands) encoded.push(...(await this.#encode(piece, command)));
    return encoded;
  }

  #encode({ streamId, subject, municipality, district, protection }: Piece, command: GivenCommand) {
    const { key: idempotencyKey, by, events } = command;
    const key = { municipality, idempotencyKey };
    return encode(this.#sealer, streamId, events, {
      key,
      commandId: commandIdOf(key),
      correlationId: idempotencyKey,
      caller: { actor: by },
      owner: { municipality, ...(district === undefined ? {} : { district }) },
      subject,
      protection,
    });
  }
}
