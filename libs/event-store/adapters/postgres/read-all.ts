import type { Pool } from 'pg';
import type { EventFilter, EventPage, Position } from '../../port.js';
import { formatPosition, sequenceOf } from '../../positions.js';
import { readRows } from './connection.js';
import { KIND } from './kind.js';
import { READ_ALL, READ_FILTERED, toStoredEvent } from './reads.js';

/**
 * Most events looked through in one statement when a filter may leave out most of them: a reader of rare events
 * must neither hold a snapshot for minutes nor lose all it looked through with a lost connection.
 */
const WINDOW = 20_000;

export async function readAll(
  pool: Pool,
  after: Position | null,
  limit: number,
  filter: EventFilter | undefined,
  timeout: number,
): Promise<EventPage> {
  const start = sequenceOf(KIND, after);
  if (filter?.streamPrefixes === undefined && filter?.types === undefined) {
    const rows = await readRows(pool, 'readAll', READ_ALL, [String(start), limit], timeout);
    const events = rows.map(toStoredEvent);
    return { events, position: events.at(-1)?.position ?? formatPosition(KIND, start) };
  }
  for (let from = start; ;) {
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
  const values = [String(from), limit, WINDOW, filter.streamPrefixes ?? null, filter.types ?? null];
  const rows = await readRows(pool, 'readAll', READ_FILTERED, values, timeout);
  const events = rows.filter((row) => row[1] !== null).map((row) => toStoredEvent(row.slice(1)));
  return { events, upto: BigInt(String(rows[0]?.[0] ?? from)) };
}

/** A full page may have left matching events in the window behind its last one. */
function safePosition({ events, upto }: Window, limit: number): Position {
  const last = events.at(-1);
  return last !== undefined && events.length === limit ? last.position : formatPosition(KIND, upto);
}
