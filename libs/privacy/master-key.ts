import { createHmac, hkdfSync, randomBytes } from 'node:crypto';
import { KEY_BYTES, decrypt, encrypt } from './cipher.js';
import { KeyUnreadable } from './errors.js';

/**
 * The one secret outside the databases, and the three keys derived from it (HKDF-SHA256, one label each): to wrap the
 * keys of persons, to index identity numbers, to recognise a repeated request. They stay in private fields, so that
 * neither a log nor an inspection shows them.
 */
export class MasterKey {
  readonly #wrapping: Buffer;
  readonly #indexing: Buffer;
  readonly #bodies: Buffer;

  /** @param secret exactly 32 random bytes */
  constructor(secret: Buffer) {
    if (secret.length !== KEY_BYTES) throw new RangeError(`A master key has ${KEY_BYTES} bytes.`);
    this.#wrapping = derive(secret, 'wrap');
    this.#indexing = derive(secret, 'blind-index');
    this.#bodies = derive(secret, 'body-hmac');
  }

  /** A new data key for a person, as the key store holds it: iv | tag | ciphertext, 60 bytes, bound to the subject. */
  newWrappedKey(subject: string): Buffer {
    return encrypt(this.#wrapping, randomBytes(KEY_BYTES), subject);
  }

  /** The data key inside; throws KeyUnreadable when it was wrapped by another master key or for another subject. */
  unwrap(subject: string, wrapped: Buffer): Buffer {
    const key = decrypt(this.#wrapping, wrapped, subject);
    if (key?.length !== KEY_BYTES) throw new KeyUnreadable(subject);
    return key;
  }

  /**
   * HMAC-SHA256 that the blind index is looked up by. Bound to the municipality, so that two municipalities' rows for
   * the same person cannot be matched.
   * @param value an identifier as `checkIdentifier` normalises it
   */
  identifierHmac(municipality: string, kind: string, value: string): Buffer {
    return createHmac('sha256', this.#indexing).update(`${municipality}|${kind}|${value}`).digest();
  }

  /** HMAC-SHA256 (hex) of a request: tells whether a repeated Idempotency-Key comes with the same body, and nothing more. */
  bodyHmac(body: string | Uint8Array): string {
    return createHmac('sha256', this.#bodies).update(body).digest('hex');
  }
}

/** The labels are part of the stored format: another label is another key, and nothing opens. */
function derive(secret: Buffer, label: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `forlop/${label}/v1`, KEY_BYTES));
}
