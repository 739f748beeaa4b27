import type { Pool } from 'pg';
import { StoreUnavailable } from '../../errors.js';
import type { Append } from './append-queue.js';
import type { Outcome } from './append-statement.js';
import { readRows, type Row, type Statement } from './connection.js';
import { streamKey } from './stream-key.js';

/**
 * Ids of a stretch of a stream.
 * $1 stream key · $2 first revision, null: the last thousand · $3 last revision, null: to the end
 */
const READ_IDS: Statement = {
  name: 'forlop_read_ids',
  text: `select e.revision, e.position, e.event_id from events.events e
         where e.stream_key = $1 and e.revision <= coalesce($3, 2147483647) and e.revision >= coalesce($2,
           (select max(t.revision) - 999 from events.events t where t.stream_key = $1))
         order by e.revision`,
};

/** The answer is waited for by somebody; a server that starts again takes a moment. */
const PAUSES = [0, 250, 1_000];

/**
 * Learns whether an append is stored whose answer was lost with its connection. `undefined`: not found.
 * @throws StoreUnavailable when that cannot be learnt either
 */
export async function readBack(pool: Pool, append: Append, timeout: number): Promise<Outcome | undefined> {
  for (const pause of PAUSES) {
    if (pause > 0) await new Promise((resolve) => setTimeout(resolve, pause));
    try {
      return outcomeIn(await readIds(pool, append, timeout), append);
    } catch (error) {
      if (!(error instanceof StoreUnavailable)) throw error;
    }
  }
  throw new StoreUnavailable('append');
}

function readIds(pool: Pool, append: Append, timeout: number): Promise<Row[]> {
  const { streamId, events, expected } = append;
  const key = streamKey(streamId);
  // Where appends at `any` went only their ids tell; others may have followed before we got to ask.
  if (expected === 'any' || expected === 'streamExists') {
    return readRows(pool, 'append', READ_IDS, [key, null, null], timeout);
  }
  const start = expected === 'noStream' ? 0 : expected + 1;
  return readRows(pool, 'append', READ_IDS, [key, start, start + events.length - 1], timeout);
}

function outcomeIn(rows: readonly Row[], append: Append): Outcome | undefined {
  const start = rows.findLastIndex(([, , id]) => id === append.events[0]?.eventId);
  if (start < 0) return undefined;
  const found = rows.slice(start, start + append.events.length);
  if (!append.events.every((event, index) => found[index]?.[2] === event.eventId)) return undefined;
  return {
    kind: 'repeated',
    firstRevision: Number(found[0]?.[0]),
    sequences: found.map(([, position]) => Number(position)),
  };
}
