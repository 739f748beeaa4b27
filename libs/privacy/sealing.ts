import { assertSealed, restore, separate, type JsonObject, type Shape } from '#forlop/domain';
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

/** Seals the personal fields of events before they are stored, and opens them for those who may read. */
export class Sealer {
  readonly #keys: KeyStore;
  readonly #masterKey: MasterKey;

  constructor(keys: KeyStore, masterKey: MasterKey) {
    this.#keys = keys;
    this.#masterKey = masterKey;
  }

  /**
   * The payloads as they are stored and hashed, in the order of the events; all or none. Keys that are missing are made
   * and durable before the promise resolves.
   * @throws SubjectShredded where the key is destroyed, UnsealedField where the data does not fit its shape
   */
  async sealEvents(events: readonly EventToSeal[]): Promise<string[]> {
    const separated = events.map((event) => {
      const { clear, personal } = separate(event.shape, event.data);
      assertSealed(event.shape, clear);
      return {
        event,
        clear,
        sealing: personal.length > 0 ? { subject: subjectOf(event), personal } : undefined,
      };
    });
    const subjects = separated.flatMap(({ sealing }) => (sealing ? [sealing.subject] : []));
    const keys = await this.#keys.ensureKeys([...new Set(subjects)]);
    return separated.map(({ event, clear, sealing }) => {
      if (sealing === undefined) return stored({ data: clear, sealed: [] });
      const { subject, personal } = sealing;
      return stored({
        data: clear,
        sealed: [{ subject, blob: seal(event, subject, personal, keys.get(subject)) }],
      });
    });
  }

  /**
   * The data of stored events, in their order, by one statement to the key store (none when nothing is sealed).
   * `[slettet]` stands in every place whose key is destroyed.
   * @throws SealBroken where a payload is not what was sealed for that event, KeyMissing where no key ever was
   */
  async openPayloads(events: readonly SealedEvent[]): Promise<JsonObject[]> {
    const payloads = events.map((event) => parsePayload(event.eventId, event.payload));
    const subjects = new Set(payloads.flatMap(({ sealed }) => sealed.map(({ subject }) => subject)));
    const keys = await this.#keys.readKeys([...subjects]);
    return events.map((event, index) => {
      const payload = payloads[index];
      if (payload === undefined) throw new SealBroken(event.eventId, 'it was not read');
      return open(event, payload, keys);
    });
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

/** Part of the stored format. None of the four can hold the separator. */
const associatedData = ({ eventId, type, schemaVersion }: EventIdentity, subject: string): string =>
  [eventId, subject, type, schemaVersion].join('|');

/** Stored format: fields in this order, those of `data` as the event was made. Exactly these bytes are hashed. */
const stored = ({ data, sealed }: Payload): string => JSON.stringify({ data, sealed });
