/**
 * One-dimensional arrays in PostgreSQL's binary form (`array_send`). `pg` would write them as text, with every
 * quote of the JSON within escaped by us and unescaped by the server; here the bytes go as they are.
 */
const HEADER = 20;
const LENGTH = 4;
const NULL_LENGTH = -1;
const INT_BYTES = 4;
const UUID_BYTES = 16;
const OID = { int4: 23, text: 25, uuid: 2950 } as const;

export function textArray(values: readonly string[]): Buffer {
  let bytes = 0;
  for (const value of values) bytes += LENGTH + Buffer.byteLength(value);
  const buffer = withHeader(OID.text, values.length, bytes, false);
  let at = HEADER;
  for (const value of values) {
    const length = buffer.write(value, at + LENGTH);
    buffer.writeInt32BE(length, at);
    at += LENGTH + length;
  }
  return buffer;
}

export function intArray(values: readonly (number | null)[]): Buffer {
  return fixedArray(OID.int4, INT_BYTES, values, (buffer, value, at) => buffer.writeInt32BE(value, at));
}

/** @param values UUIDs as text */
export function uuidArray(values: readonly (string | null)[]): Buffer {
  return fixedArray(OID.uuid, UUID_BYTES, values, (buffer, value, at) => {
    buffer.write(value.replaceAll('-', ''), at, 'hex');
  });
}

/** @param values UUIDs as their 16 bytes */
export function uuidBytesArray(values: readonly Uint8Array[]): Buffer {
  return fixedArray(OID.uuid, UUID_BYTES, values, (buffer, value, at) => buffer.set(value, at));
}

function fixedArray<T>(
  oid: number,
  width: number,
  values: readonly (T | null)[],
  write: (buffer: Buffer, value: T, at: number) => void,
): Buffer {
  const nulls = values.reduce((count, value) => (value === null ? count + 1 : count), 0);
  const bytes = values.length * LENGTH + (values.length - nulls) * width;
  const buffer = withHeader(oid, values.length, bytes, nulls > 0);
  let at = HEADER;
  for (const value of values) {
    at = buffer.writeInt32BE(value === null ? NULL_LENGTH : width, at);
    if (value === null) continue;
    write(buffer, value, at);
    at += width;
  }
  return buffer;
}

function withHeader(oid: number, count: number, bytes: number, hasNulls: boolean): Buffer {
  const buffer = Buffer.allocUnsafe(HEADER + bytes);
  buffer.writeInt32BE(1, 0); // dimensions
  buffer.writeInt32BE(hasNulls ? 1 : 0, 4);
  buffer.writeInt32BE(oid, 8);
  buffer.writeInt32BE(count, 12);
  buffer.writeInt32BE(1, 16); // index of the first
  return buffer;
}
