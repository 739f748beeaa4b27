import { hash } from 'node:crypto';
import { parse, stringify } from 'uuid';

/** Belongs to the stored format: another namespace would find no stream again. */
const NAMESPACE = parse('6f0b6c0e-5f0a-4c0f-9d3b-2f3a1c0d7e55');
const UUID_BYTES = 16;
const VERSION_BYTE = 6;
const VARIANT_BYTE = 8;

/** The key of a stream in the table: UUIDv5 of its name. */
export function streamKey(streamId: string): string {
  return stringify(streamKeyBytes(streamId));
}

/** As `v5` of the package `uuid`, which takes three times as long: the first 16 bytes of SHA-1 over namespace and name. */
export function streamKeyBytes(streamId: string): Uint8Array {
  const named = Buffer.allocUnsafe(UUID_BYTES + Buffer.byteLength(streamId));
  named.set(NAMESPACE);
  named.write(streamId, UUID_BYTES);
  const key = Buffer.from(hash('sha1', named, 'hex').slice(0, 2 * UUID_BYTES), 'hex');
  key[VERSION_BYTE] = ((key[VERSION_BYTE] ?? 0) & 0x0f) | 0x50;
  key[VARIANT_BYTE] = ((key[VARIANT_BYTE] ?? 0) & 0x3f) | 0x80;
  return key;
}
