import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ClientBase } from 'pg';
import * as copyStreams from 'pg-copy-streams';
import type { Column, Row, Table, Value } from '../definition.js';
import { BLANK } from '../fold.js';
import { storedText } from '../stored-text.js';

/** Bytes that are sent at a time. */
const SLAB = 256 * 1024;
/** Characters that are made bytes at a time; each is three at most. */
const PIECE = 16 * 1024;

/**
 * Rows in the text format of COPY, made as they come: bytes outside the heap are kept until they are sent, not the values of
 * rows, which would be carried along by the garbage collector. The buffers go round: new ones for each page would pile up until the collector comes
 * by, which knows little of how big they are.
 */
export class CopyText {
  private readonly columns: readonly (readonly [name: string, column: Column])[];
  private readonly full: Buffer[] = [];
  private readonly free: Buffer[] = [];
  private text = '';
  private slab: Buffer | undefined;
  private used = 0;

  constructor(table: Table) {
    this.columns = Object.entries(table.columns);
  }

  /** What a row leaves out is null, `{}` to be merged into, or 0 to be added to. */
  add(row: Row): void {
    let separator = '';
    for (const [name, { type, mode }] of this.columns) {
      this.text += separator + fieldOf(type, row[name] ?? BLANK[mode]);
      separator = '\t';
    }
    this.text += '\n';
    if (this.text.length >= PIECE) this.write();
  }

  /** Gives what was added away. */
  take(): readonly Buffer[] {
    if (this.text !== '') this.write();
    this.close();
    return this.full.splice(0);
  }

  /** For what was taken and is sent. */
  giveBack(sent: readonly Buffer[]): void {
    for (const { buffer } of sent) if (buffer.byteLength === SLAB) this.free.push(Buffer.from(buffer));
  }

  private write(): void {
    const { text } = this;
    this.text = '';
    const most = text.length * 3;
    if (this.used + most > SLAB) this.close();
    if (most > SLAB) {
      this.full.push(Buffer.from(text));
      return;
    }
    this.slab ??= this.free.pop() ?? Buffer.allocUnsafeSlow(SLAB);
    this.used += this.slab.write(text, this.used);
  }

  private close(): void {
    if (this.slab !== undefined) this.full.push(this.slab.subarray(0, this.used));
    this.slab = undefined;
    this.used = 0;
  }
}

/** Writes rows by COPY. The table has no row-level security (COPY does not work under it) and none of the keys. */
export async function copyRows(client: ClientBase, table: Table, text: readonly Buffer[]): Promise<void> {
  const copy = `copy ${table.name} (${Object.keys(table.columns).join(', ')}) from stdin`;
  await pipeline(Readable.from(text, { objectMode: false }), client.query(copyStreams.from(copy)));
}

/** Backslash, tab and line ends are written with a backslash; null is `\N`. */
function fieldOf(type: Column['type'], value: Value): string {
  if (type !== 'jsonb' && (typeof value === 'number' || typeof value === 'boolean')) return String(value);
  const text = type === 'jsonb' ? lastJson(value) : storedText(type, value);
  if (text === null) return String.raw`\N`;
  return SPECIAL.test(text) ? text.replace(EACH_SPECIAL, escaped) : text;
}

const SPECIAL = /[\\\t\n\r]/;
const EACH_SPECIAL = /[\\\t\n\r]/g;
const ESCAPES: Readonly<Record<string, string>> = { '\t': '\\t', '\n': '\\n', '\r': '\\r' };
const escaped = (character: string): string => ESCAPES[character] ?? '\\\\';

/** Objects whose text is kept: an event has a few that two tables take. */
const RING = 4;
const values: Value[] = Array.from({ length: RING }, () => undefined);
const texts: (string | null)[] = Array.from({ length: RING }, () => null);
let next = 0;

/** Two tables may have columns of an event in common: the text of an object that has just been made is taken again. */
function lastJson(value: Value): string | null {
  if (typeof value !== 'object' || value === null) return storedText('jsonb', value);
  if (Array.isArray(value) && value.length === 0) return '[]';
  for (let i = 0; i < RING; i += 1) if (values[i] === value) return texts[i] ?? null;
  const text = storedText('jsonb', value);
  values[next] = value;
  texts[next] = text;
  next = (next + 1) % RING;
  return text;
}
