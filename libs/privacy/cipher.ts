import { createCipheriv, createDecipheriv, randomFillSync } from 'node:crypto';

/** Bytes of a key of AES-256. */
export const KEY_BYTES = 32;
const IV_BYTES = 12;
const TAG_BYTES = 16;
const ALGORITHM = 'aes-256-gcm';
const OPTIONS = { authTagLength: TAG_BYTES };
/** What encryption adds to the plaintext, in bytes: iv and tag. */
export const OVERHEAD_BYTES = IV_BYTES + TAG_BYTES;

/**
 * AES-256-GCM under a fresh random iv. A key seals one person's events or wraps one person's key, far below the 2^32
 * messages after which random ivs of 96 bits become a risk.
 * @returns iv | tag | ciphertext
 */
export function encrypt(key: Buffer, plaintext: Buffer, associated: string): Buffer {
  const iv = freshIv();
  const cipher = createCipheriv(ALGORITHM, key, iv, OPTIONS);
  cipher.setAAD(Buffer.from(associated, 'utf8'));
  const ciphertext = cipher.update(plaintext);
  // A stream cipher: there is never anything left, but the tag is made now.
  cipher.final();
  const blob = Buffer.allocUnsafe(OVERHEAD_BYTES + ciphertext.length);
  blob.set(iv);
  blob.set(cipher.getAuthTag(), IV_BYTES);
  blob.set(ciphertext, OVERHEAD_BYTES);
  return blob;
}

/** Random bytes for some hundred ivs: one call for each would cost as much as the encryption. Each part is given once. */
const ivs = Buffer.alloc(IV_BYTES * 512);
let used = ivs.length;

/** To be used before the next is drawn, when its bytes may be overwritten. */
function freshIv(): Buffer {
  if (used === ivs.length) {
    randomFillSync(ivs);
    used = 0;
  }
  used += IV_BYTES;
  return ivs.subarray(used - IV_BYTES, used);
}

/** The plaintext of `iv | tag | ciphertext`; undefined when key, bytes or associated data are not those it was made with. */
export function decrypt(key: Buffer, blob: Buffer, associated: string): Buffer | undefined {
  if (blob.length < OVERHEAD_BYTES) return undefined;
  const decipher = createDecipheriv(ALGORITHM, key, blob.subarray(0, IV_BYTES), OPTIONS);
  decipher.setAAD(Buffer.from(associated, 'utf8'));
  decipher.setAuthTag(blob.subarray(IV_BYTES, OVERHEAD_BYTES));
  const plaintext = decipher.update(blob.subarray(OVERHEAD_BYTES));
  try {
    decipher.final();
  } catch {
    return undefined;
  }
  return plaintext;
}
