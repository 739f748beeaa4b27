import type { Statement } from './connection.js';

/** Exact: a double holds microseconds until the year 2200. `extract` would count in numeric, which is dearer. */
const RECORDED_MS = `(date_part('epoch', e.recorded_at) * 1000)::bigint`;

/** In the order `toStoredEvent` reads them; `recorded_at` in ms, whatever time zone and date style the session has. */
export const COLUMNS = `e.position, e.stream, e.revision, e.event_id, e.type, e.schema_version, e.payload, e.metadata, e.hash,
  ${RECORDED_MS}`;

/** $1 stream key · $2 first revision · $3 most events */
export const READ_FORWARDS: Statement = {
  name: 'forlop_read_forwards',
  text: `select ${COLUMNS} from events.events e
         where e.stream_key = $1 and e.revision >= $2 order by e.revision limit $3`,
};

/**
 * A stretch of each of several streams, one row a stream: number of the stretch from 1, count of its events, revision
 * of the first, and then for each column the values of all its events with 0x1f between them (see `rows.ts`). A row
 * an event would cost the client half as much again. The parameters stand in subqueries so that the planner knows
 * nothing of them: with a plan for each set of values it would spend more on planning than on reading.
 * $1 stream keys · $2 first revisions · $3 most events of each
 */
export const READ_STREAMS: Statement = {
  name: 'forlop_read_streams',
  text: `select asked.number, found.*
         from unnest((select $1::uuid[]), (select $2::integer[]), (select $3::integer[]))
              with ordinality as asked (key, first, most, number)
         cross join lateral (
           select count(*) as count, min(s.revision),
                  string_agg(s.position::text, E'\\x1f'), string_agg(s.event_id::text, E'\\x1f'),
                  string_agg(s.type, E'\\x1f'), string_agg(s.schema_version::text, E'\\x1f'),
                  string_agg(s.payload, E'\\x1f'), string_agg(s.metadata, E'\\x1f'),
                  string_agg(s.hash, E'\\x1f'), string_agg(s.recorded_ms::text, E'\\x1f')
           from (select e.*, ${RECORDED_MS} as recorded_ms from events.events e
                 where e.stream_key = asked.key and e.revision >= asked.first
                 order by e.revision limit asked.most) s
         ) found
         where found.count > 0`,
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
  text: `select ${COLUMNS} from events.events e where e.stream_key = any((select $1::uuid[])::uuid[]) and e.revision = 0`,
};

/** The command id first. $1 command ids */
export const READ_COMMANDS: Statement = {
  name: 'forlop_read_commands',
  text: `select c.command_id, ${COLUMNS} from events.events c
         join events.events e on e.stream_key = c.stream_key and e.revision between c.revision and c.command_last
         where c.command_id = any((select $1::uuid[])::uuid[]) order by e.position`,
};

/** $1 position */
export const READ_AT: Statement = {
  name: 'forlop_read_at',
  text: `select ${COLUMNS} from events.events e where e.position = $1`,
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
