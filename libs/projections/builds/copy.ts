import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ClientBase } from 'pg';
import * as copyStreams from 'pg-copy-streams';
import type { Row, Table } from '../definition.js';
import { BLANK } from '../fold.js';
import { storedText } from '../stored-text.js';

/** Characters that are sent at a time. */
const CHUNK = 256 * 1024;

/**
 * Writes rows by COPY. The table has no row-level security (COPY does not work under it) and none of the keys.
 * @param rows with every column that may not be null
 */
export async function copyRows(client: ClientBase, table: Table, rows: readonly Row[]): Promise<void> {
  const columns = Object.entries(table.columns);
  const text = `copy ${table.name} (${columns.map(([name]) => name).join(', ')}) from stdin`;
  await pipeline(Readable.from(chunks(columns, rows), { objectMode: false }), client.query(copyStreams.from(text)));
}

type Columns = readonly (readonly [string, Table['columns'][string]])[];

function* chunks(columns: Columns, rows: readonly Row[]): Generator<Buffer> {
  let text = '';
  for (const row of rows) {
    text += lineOf(columns, row);
    if (text.length < CHUNK) continue;
    yield Buffer.from(text);
    text = '';
  }
  if (text !== '') yield Buffer.from(text);
}

/** A row in the text format of COPY; what it does not give is null, `{}` to be merged into, or 0 to be added to. */
export function lineOf(columns: Columns, row: Row): string {
  let line = '';
  let separator = '';
  for (const [name, { type, mode }] of columns) {
    line += separator + fieldOf(storedText(type, row[name] ?? BLANK[mode]));
    separator = '\t';
  }
  return `${line}\n`;
}

/** Backslash, tab and line ends are written with a backslash; null is `\N`. */
function fieldOf(text: string | null): string {
  if (text === null) return String.raw`\N`;
  const escaped = text.includes('\\') ? text.replaceAll('\\', '\\\\') : text;
  return LINE_END.test(escaped)
    ? escaped.replaceAll('\t', '\\t').replaceAll('\n', '\\n').replaceAll('\r', '\\r')
    : escaped;
}

const LINE_END = /[\t\n\r]/;
