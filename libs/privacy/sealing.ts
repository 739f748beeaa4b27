import { restore, sealedText, type JsonObject, type Shape } from '#forlop/domain';
import { decrypt, encrypt } from './cipher.js';
import { KeyMissing, SealBroken, SubjectShredded } from './errors.js';
import type { DataKey, KeyStore } from './key-store.js';
import type { MasterKey } from './master-key.js';
import { parsePayload, type Payload } from './payload.js';

/** What a sealed text is bound to: it opens at this event, of this type and version, and nowhere else. */
export interface EventIdentity {
  /** UUID, lower case. */
  readonly eventId: string;
  readonly type: string;
  readonly schemaVersion: number;
}

export interface EventToSeal extends EventIdentity {
  /** The person whose key seals it: the person of a person's stream, the child of a case. Not needed without personal fields. */
  readonly subject?: string;
  readonly shape: Shape;
  readonly data: object;
}

export interface SealedEvent extends EventIdentity {
  readonly payload: string;
}

/**
 * A state that was folded from a stream, to be kept for the next command. It is sealed like the events that it comes from, so
 * that it does not outlive the key, and opens at this place of this stream, in this version, and nowhere else.
 */
export interface StateIdentity {
  readonly streamId: string;
  /** The last event that it holds. */
  readonly revision: number;
  readonly eventId: string;
  /** Of what the state looks like; holds no `|`. */
  readonly version: string;
  /** Whose key seals it. */
  readonly subject: string;
}

export interface StateToSeal extends StateIdentity {
  readonly state: object;
}

export interface Sealed {
  /** As they are stored and hashed, in the order of the events. */
  readonly payloads: string[];
  /** iv 12 | tag 16 | ciphertext; absent where no state was given, or its key is destroyed. */
  readonly state?: Buffer;
}

/**
 * A key that was read to open something, to seal with it what that leads to: within one command, and never kept. Between
 * the read and the append the key may be destroyed, as it may between making sure of it and the append: what was sealed then
 * is never opened.
 */
export class KeyInHand {
  readonly #key: Buffer;

  constructor(
    readonly subject: string,
    key: Buffer,
  ) {
    this.#key = key;
  }

  /** Its key, where it is the only one that is needed. */
  static forAll(
    inHand: KeyInHand | undefined,
    subjects: readonly string[],
  ): Map<string, DataKey> | undefined {
    if (inHand === undefined || subjects.some((subject) => subject !== inHand.subject)) return undefined;
    return new Map([[inHand.subject, inHand.#key]]);
  }
}

export interface Opened {
  readonly data: JsonObject[];
  /** Absent where nothing was sealed, the key is destroyed, or there were several. */
  readonly key?: KeyInHand;
}

export interface OpenedState {
  readonly state: JsonObject;
  readonly key: KeyInHand;
}

/** Seals the personal fields of events before they are stored, and opens them for those who may read. */
export class Sealer {
  readonly #keys: KeyStore;
  readonly #masterKey: MasterKey;

  constructor(keys: KeyStore, masterKey: MasterKey) {
    this.#keys = keys;
    this.#masterKey = masterKey;
  }

  /** The same seal over another view of the keys: one that asks for many ahead, say. */
  over(keys: KeyStore): Sealer {
    return new Sealer(keys, this.#masterKey);
  }

  /**
   * The payloads as they are stored and hashed, in the order of the events; all or none. Keys that are missing are made
   * and durable before the promise resolves.
   * @throws SubjectShredded where the key is destroyed, UnsealedField where the data does not fit its shape
   */
  async sealEvents(events: readonly EventToSeal[]): Promise<string[]> {
    return (await this.sealAll(events)).payloads;
  }

  /** As `sealEvents`, and the state that the events lead to with the same statement to the key store. */
  async sealAll(events: readonly EventToSeal[], after?: StateToSeal, inHand?: KeyInHand): Promise<Sealed> {
    const written = events.map(({ shape, data }) => sealedText(shape, data));
    const needed = new Set<string>();
    for (const [index, { personal }] of written.entries()) {
      if (personal.length > 0) needed.add(subjectOf(events[index] as EventToSeal));
    }
    if (after !== undefined) needed.add(after.subject);
    const subjects = [...needed];
    const keys = KeyInHand.forAll(inHand, subjects) ?? (await this.#keys.ensureKeys(subjects));
    const payloads = written.map(({ text, personal }, index) => {
      if (personal.length === 0) return stored(text, '');
      const event = events[index] as EventToSeal;
      const subject = subjectOf(event);
      return stored(text, sealedBlob(subject, seal(event, subject, personal, keys.get(subject))));
    });
    const state = after && sealState(after, keys.get(after.subject));
    return { payloads, ...(state && { state }) };
  }

  /** What was sealed there; `undefined` where the key is destroyed or this is not what was sealed: it is only a copy. */
  async openState(identity: StateIdentity, sealed: Buffer): Promise<OpenedState | undefined> {
    const { subject } = identity;
    const key = (await this.#keys.readKeys([subject])).get(subject);
    if (key === undefined || key === 'destroyed') return undefined;
    const plaintext = decrypt(key, sealed, placeOfState(identity));
    if (plaintext === undefined) return undefined;
    return {
      state: JSON.parse(plaintext.toString('utf8')) as JsonObject,
      key: new KeyInHand(subject, key),
    };
  }

  /**
   * The data of stored events, in their order, by one statement to the key store (none when nothing is sealed).
   * `[slettet]` stands in every place whose key is destroyed.
   * @throws SealBroken where a payload is not what was sealed for that event, KeyMissing where no key ever was
   */
  async openPayloads(events: readonly SealedEvent[]): Promise<JsonObject[]> {
    return (await this.openAll(events)).data;
  }

  /** As `openPayloads`, and the key that opened them, where it is one, to seal with it what they lead to. */
  async openAll(events: readonly SealedEvent[]): Promise<Opened> {
    const payloads = events.map((event) => parsePayload(event.eventId, event.payload));
    const subjects = new Set(payloads.flatMap(({ sealed }) => sealed.map(({ subject }) => subject)));
    const keys = await this.#keys.readKeys([...subjects]);
    const data = events.map((event, index) => {
      const payload = payloads[index];
      if (payload === undefined) throw new SealBroken(event.eventId, 'it was not read');
      return open(event, payload, keys);
    });
    const [[subject, key] = []] = keys;
    const isOne = keys.size === 1 && subject !== undefined && Buffer.isBuffer(key);
    return { data, ...(isOne && { key: new KeyInHand(subject, key) }) };
  }

  /** See `MasterKey.bodyHmac`. */
  bodyHmac(body: string | Uint8Array): string {
    return this.#masterKey.bodyHmac(body);
  }

  /** See `MasterKey.identifierHmac`. */
  identifierHmac(municipality: string, kind: string, value: string): Buffer {
    return this.#masterKey.identifierHmac(municipality, kind, value);
  }
}

function subjectOf({ eventId, type, subject }: EventToSeal): string {
  if (subject !== undefined) return subject;
  throw new Error(`${type} ${eventId} holds personal fields, but nobody's key to seal them with is named.`);
}

function seal(
  event: EventIdentity,
  subject: string,
  personal: readonly string[],
  key: DataKey | undefined,
): string {
  if (key === undefined) throw new KeyMissing(subject);
  if (key === 'destroyed') throw new SubjectShredded(subject);
  const plaintext = Buffer.from(JSON.stringify(personal), 'utf8');
  return encrypt(key, plaintext, associatedData(event, subject)).toString('base64');
}

function open(
  event: EventIdentity,
  { data, sealed }: Payload,
  keys: ReadonlyMap<string, DataKey>,
): JsonObject {
  const [entry] = sealed;
  if (entry === undefined) return placed(event, data, []);
  const key = keys.get(entry.subject);
  if (key === undefined) throw new KeyMissing(entry.subject);
  if (key === 'destroyed') return placed(event, data, null);
  const plaintext = decrypt(key, Buffer.from(entry.blob, 'base64'), associatedData(event, entry.subject));
  if (plaintext === undefined)
    throw new SealBroken(event.eventId, 'it was changed, or sealed for another event');
  return placed(event, data, JSON.parse(plaintext.toString('utf8')) as string[]);
}

/** The clear part is outside the seal (the event's hash guards it), so it may have lost or gained a place. */
function placed(event: EventIdentity, data: JsonObject, personal: readonly string[] | null): JsonObject {
  try {
    return restore(data, personal);
  } catch {
    throw new SealBroken(event.eventId, 'the sealed values and their places differ in number');
  }
}

function sealState({ state, ...identity }: StateToSeal, key: DataKey | undefined): Buffer | undefined {
  if (key === undefined || key === 'destroyed') return undefined;
  return encrypt(key, Buffer.from(JSON.stringify(state), 'utf8'), placeOfState(identity));
}

/** Begins with a word where an event's has its id, so that no event opens as a state and no state as an event. */
const placeOfState = ({ streamId, revision, eventId, version, subject }: StateIdentity): string =>
  ['state', streamId, revision, eventId, version, subject].join('|');

/** Part of the stored format. None of the four can hold the separator. */
const associatedData = ({ eventId, type, schemaVersion }: EventIdentity, subject: string): string =>
  `${eventId}|${subject}|${type}|${schemaVersion}`;

/** Stored format, as JSON without spaces: fields in this order, those of `data` as the event was made. Exactly these bytes are hashed. */
const stored = (data: string, sealed: string): string => `{"data":${data},"sealed":[${sealed}]}`;

/** One `SealedBlob`. Base64 holds nothing that JSON writes otherwise. */
const sealedBlob = (subject: string, blob: string): string =>
  `{"subject":${JSON.stringify(subject)},"blob":"${blob}"}`;
