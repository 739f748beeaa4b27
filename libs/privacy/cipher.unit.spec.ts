import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { OVERHEAD_BYTES, decrypt, encrypt } from './cipher.js';

const keys = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes));
const plaintexts = fc.uint8Array({ maxLength: 500 }).map((bytes) => Buffer.from(bytes));

describe('A sealed blob', () => {
  it('opens with its own key and associated data', () => {
    fc.assert(
      fc.property(keys, plaintexts, fc.string(), (key, plaintext, associated) => {
        const blob = encrypt(key, plaintext, associated);
        expect(blob.length).toBe(plaintext.length + OVERHEAD_BYTES);
        expect(decrypt(key, blob, associated)).toEqual(plaintext);
      }),
    );
  });

  it('does not open with any bit changed, cut or lengthened', () => {
    fc.assert(
      fc.property(keys, plaintexts, fc.nat(), fc.integer({ min: 0, max: 7 }), (key, plaintext, at, bit) => {
        const blob = encrypt(key, plaintext, 'a');
        const changed = Buffer.from(blob);
        changed.writeUInt8(blob.readUInt8(at % blob.length) ^ (1 << bit), at % blob.length);
        expect(decrypt(key, changed, 'a')).toBeUndefined();
        expect(decrypt(key, blob.subarray(0, at % blob.length), 'a')).toBeUndefined();
        expect(decrypt(key, Buffer.concat([blob, Buffer.alloc(1)]), 'a')).toBeUndefined();
      }),
    );
  });

  it('does not open with other associated data or another key', () => {
    fc.assert(
      fc.property(keys, keys, fc.string(), fc.string(), (key, otherKey, associated, other) => {
        const blob = encrypt(key, Buffer.from('text'), associated);
        if (other !== associated) expect(decrypt(key, blob, other)).toBeUndefined();
        if (!otherKey.equals(key)) expect(decrypt(otherKey, blob, associated)).toBeUndefined();
      }),
    );
  });

  it('never repeats an iv for the same text', () => {
    const key = Buffer.alloc(32, 7);
    const blobs = Array.from({ length: 1000 }, () => encrypt(key, Buffer.from('text'), 'a').toString('hex'));
    expect(new Set(blobs.map((blob) => blob.slice(0, 24))).size).toBe(1000);
  });
});
