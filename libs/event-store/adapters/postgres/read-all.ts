import type { Pool } from 'pg';
import type { EventFilter, EventPage, Position } from '../../port.js';
import { formatPosition, sequenceOf } from '../../positions.js';
import { readRows } from './connection.js';
import { KIND, asBigint } from './kind.js';
import { READ_ALL, READ_FILTERED } from './reads.js';
import { toStoredEvent } from './rows.js';

/**
 * Most events looked through in one statement when a filter may leave out most of them: a reader of rare events
 * must neither hold a snapshot for minutes nor lose all it looked through with a lost connection.
 */
const WINDOW = 20_000;

/** The next events after a sequence, whatever they are. */
export async function readPage(
  pool: Pool,
  start: bigint,
  limit: number,
  timeout: number,
): Promise<EventPage> {
  const rows = await readRows(pool, 'readAll', READ_ALL, [asBigint(start), limit], timeout);
  const events = rows.map(toStoredEvent);
  return { events, position: events.at(-1)?.position ?? formatPosition(KIND, start) };
}

/** Whether a filter may leave something out. */
export const isNarrow = ({ streamPrefixes, types }: EventFilter): boolean =>
  streamPrefixes !== undefined || types !== undefined;

/** The next events after a position that the filter lets through. */
export async function readFiltered(
  pool: Pool,
  after: Position | null,
  limit: number,
  filter: EventFilter,
  timeout: number,
): Promise<EventPage> {
  for (let from = sequenceOf(KIND, after); ;) {
    const window = await readWindow(pool, from, limit, filter, timeout);
    if (window.events.length > 0 || window.upto - from < WINDOW) {
      return { events: window.events, position: safePosition(window, limit) };
    }
    from = window.upto;
  }
}

interface Window {
  readonly events: EventPage['events'];
  readonly upto: bigint;
}

async function readWindow(
  pool: Pool,
  from: bigint,
  limit: number,
  filter: EventFilter,
  timeout: number,
): Promise<Window> {
  const values = [asBigint(from), limit, WINDOW, filter.streamPrefixes ?? null, filter.types ?? null];
  const rows = await readRows(pool, 'readAll', READ_FILTERED, values, timeout);
  const events = rows.filter((row) => row[1] !== null).map((row) => toStoredEvent(row.slice(1)));
  const upto = BigInt(rows[0]?.[0] ?? from);
  return { events, upto: upto > from ? upto : from };
}

/** A full page may have left matching events in the window behind its last one. */
function safePosition({ events, upto }: Window, limit: number): Position {
  const last = events.at(-1);
  return last !== undefined && events.length === limit ? last.position : formatPosition(KIND, upto);
}
