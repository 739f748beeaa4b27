import type { StoredEvent } from '../../port.js';
import { formatPosition } from '../../positions.js';
import type { Row, Statement } from './connection.js';
import { KIND } from './kind.js';

/** In the order `toStoredEvent` reads them; `recorded_at` in ms, whatever time zone and date style the session has. */
const COLUMNS = `e.position, e.stream, e.revision, e.event_id, e.type, e.schema_version, e.payload, e.metadata, e.hash,
  (extract(epoch from e.recorded_at) * 1000)::bigint`;

/** $1 stream key · $2 first revision, null: from the start · $3 most events, null: all */
export const READ_FORWARDS: Statement = {
  name: 'forlop_read_forwards',
  text: `select ${COLUMNS} from events.events e
         where e.stream_key = $1 and e.revision >= coalesce($2, 0) order by e.revision limit $3`,
};

/** $1 stream key · $2 first revision, null: from the end · $3 most events, null: all */
export const READ_BACKWARDS: Statement = {
  name: 'forlop_read_backwards',
  text: `select ${COLUMNS} from events.events e
         where e.stream_key = $1 and e.revision <= coalesce($2, 2147483647) order by e.revision desc limit $3`,
};

/** $1 stream keys */
export const READ_FIRST: Statement = {
  name: 'forlop_read_first',
  text: `select ${COLUMNS} from events.events e where e.stream_key = any($1) and e.revision = 0`,
};

/** $1 command id */
export const READ_COMMAND: Statement = {
  name: 'forlop_read_command',
  text: `select ${COLUMNS} from events.events c
         join events.events e on e.stream_key = c.stream_key and e.revision between c.revision and c.command_last
         where c.command_id = $1 order by e.position`,
};

/** $1 position · $2 most events */
export const READ_ALL: Statement = {
  name: 'forlop_read_all',
  text: `select ${COLUMNS} from events.events e where e.position > $1 order by e.position limit $2`,
};

/**
 * One window of the whole. The first column is the end of the window that was looked through; there is always at
 * least one row, with nulls for the event when nothing matched.
 * $1 position · $2 most events · $3 width of the window · $4 stream prefixes, null: all · $5 types, null: all
 */
export const READ_FILTERED: Statement = {
  name: 'forlop_read_filtered',
  text: `select w.upto, matching.*
         from (select greatest($1::bigint, least($1::bigint + $3, coalesce(max(position), 0))) as upto
               from events.events) w
         left join lateral (
           select ${COLUMNS} from events.events e
           where e.position > $1::bigint and e.position <= w.upto
             and ($4::text[] is null or e.stream ^@ any($4)) and ($5::text[] is null or e.type = any($5))
           order by e.position limit $2
         ) matching on true
         order by matching.position`,
};

export const READ_HEAD: Statement = {
  name: 'forlop_read_head',
  text: 'select max(position) from events.events',
};

/** No statement to prepare: asked once. */
export const READ_STORE_ID: Statement = {
  name: 'forlop_read_store_id',
  text: 'select store_id from events.store',
};

/** @param row as text in the order of COLUMNS */
export function toStoredEvent(row: Row): StoredEvent {
  const [position, stream, revision, eventId, type, version, payload, metadata, hash, recordedAt] = row;
  return {
    eventId: String(eventId),
    streamId: String(stream),
    revision: Number(revision),
    position: formatPosition(KIND, String(position)),
    type: String(type),
    schemaVersion: Number(version),
    payload: String(payload),
    metadata: String(metadata),
    hash: String(hash),
    recordedAt: new Date(Number(recordedAt)).toISOString(),
  };
}
