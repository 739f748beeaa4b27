import { parse, stringify, v5 } from 'uuid';

/** Belongs to the stored format: another namespace would find no stream again. Parsed once, for speed. */
const NAMESPACE = parse('6f0b6c0e-5f0a-4c0f-9d3b-2f3a1c0d7e55');
const UUID_BYTES = 16;

/** The key of a stream in the table: UUIDv5 of its name. */
export function streamKey(streamId: string): string {
  return stringify(streamKeyBytes(streamId));
}

export function streamKeyBytes(streamId: string): Uint8Array {
  return v5(streamId, NAMESPACE, new Uint8Array(UUID_BYTES));
}
