-- events.append_batch: judges and stores a batch of appends, each on its own, in one transaction.
-- No parameters of the file. Run by the owner, whose rights the function has (SECURITY DEFINER).
--
-- Parameters, one element for each append:
--   append_names      stream's name
--   append_keys       UUIDv5 of the name
--   append_expected   revision of the stream's last event, or -1 noStream, -2 any, -3 streamExists
--   append_counts     number of its events
--   append_firsts     which event is its first, from 1
-- Parameters, one element for each event, in the order of the appends:
--   event_appends     which append it belongs to, from 1
--   event_ids, event_types, event_versions, event_payloads, event_metadatas, event_hashes
--   event_commands    command id, where the event is the first of a command in its stream, else null
--   event_spans       with a command id: number of events of that command in this append, else null
-- The caller never puts two appends to one stream in a batch, except appends at `any` with different event ids.
--
-- Gives one row for each append, in order:
--   outcome           0 stored, 1 repeated (was stored before), 2 conflict
--   actual            revision of its first event, as stored; at a conflict, of the stream's last event (-1: none)
--   first_position    stored: position of its first event, which the others follow
--   stored_positions  repeated: position of each of its events

create function events.append_batch(
  append_names text[], append_keys uuid[], append_expected integer[], append_counts integer[], append_firsts integer[],
  event_appends integer[], event_ids uuid[], event_types text[], event_versions integer[],
  event_payloads text[], event_metadatas text[], event_hashes text[],
  event_commands uuid[], event_spans integer[]
) returns table (outcome integer, actual integer, first_position bigint, stored_positions bigint[])
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
-- An append whose caller gave up must not be stored much later.
set lock_timeout = '5s'
-- Each append is a few index probes. Plans are made once a session, perhaps on an empty table, where reading it all
-- looks cheap; it must not stay so as the table grows.
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_bitmapscan = off
as $$
declare
  head bigint;
  head_recorded_at timestamptz;
  batch_recorded_at timestamptz;
  lasts integer[];
begin
  -- ONE lock for all appends, held until the transaction is over and its rows can be seen.
  --
  -- Without it: A is given position 5, B 6; B commits first; a reader sees 6 and stores it as its checkpoint; A
  -- commits, and no reader ever asks for 5 again. (Measured: 40 % of events lost under load.) With it, whoever sees a
  -- position sees all before it, and positions have no gaps, because a failed transaction gives its back.
  --
  -- In a statement of its own: a statement's snapshot is taken when it starts. Were the lock part of the next
  -- statement, B would start it, wait for A, and then judge by what it saw before A committed: two events at one
  -- revision, two at one position. For the same reason a transaction that keeps one snapshot is refused.
  perform pg_advisory_xact_lock(7019358213);
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'appends need READ COMMITTED' using errcode = 'active_sql_transaction';
  end if;

  select e.position, e.recorded_at into head, head_recorded_at
  from events.events e order by e.position desc limit 1;
  head := coalesce(head, 0);
  -- Under the lock, so in order; and not before the last one, should the clock be set back. In ms, as it is read.
  batch_recorded_at := greatest(date_trunc('milliseconds', clock_timestamp()), head_recorded_at);

  lasts := array(
    select coalesce((select e.revision from events.events e
                     where e.stream_key = a.key order by e.revision desc limit 1), -1)
    from unnest(append_keys) with ordinality as a (key, number)
    order by a.number);

  -- Every stream is at the revision expected: nothing to judge, as with nearly every batch.
  if lasts = append_expected then
    insert into events.events (position, stream_key, event_id, command_id, recorded_at, revision, schema_version,
                               command_last, stream, type, hash, payload, metadata)
    select head + e.number, a.key, e.id, e.command, batch_recorded_at, a.expected + 1 + e.number - a.first, e.version,
           a.expected + e.number - a.first + e.span, a.name, e.type, e.hash, e.payload, e.metadata
    from unnest(append_names, append_keys, append_expected, append_firsts)
         with ordinality as a (name, key, expected, first, number)
    join unnest(event_appends, event_ids, event_types, event_versions, event_payloads, event_metadatas, event_hashes,
                event_commands, event_spans)
         with ordinality as e (append, id, type, version, payload, metadata, hash, command, span, number)
      on e.append = a.number;
    return query
      select 0, a.expected + 1, head + a.first, null::bigint[]
      from unnest(append_expected, append_firsts) with ordinality as a (expected, first, number)
      order by a.number;
    return;
  end if;

  return query
  with asked as (
    select a.*
    from unnest(append_names, append_keys, append_expected, append_counts, append_firsts, lasts)
         with ordinality as a (name, key, expected, count, first, last, number)
  ),
  -- `any` and `streamExists` look for their first event among the stream's last 100, read once a stream.
  recent as materialized (
    select s.key, tail.event_id, tail.revision
    from (select distinct key from asked where expected < -1) s
    cross join lateral (select e.event_id, e.revision from events.events e
                        where e.stream_key = s.key order by e.revision desc limit 100) tail
  ),
  -- `start`: the revision at which a repeat of this append would stand, null when it cannot be one.
  placed as (
    select a.*,
           case when a.expected >= -1 then case when a.expected < a.last then a.expected + 1 end
                else (select max(r.revision) from recent r
                      where r.key = a.key and r.event_id = event_ids[a.first]) end as start
    from asked a
  ),
  judged as materialized (
    select p.*,
           p.start is null and case p.expected when -2 then true when -3 then p.last >= 0
                                               else p.expected = p.last end as fits
    from placed p
  ),
  -- `shift` is what to add to the number of an event for its position; only what is accepted counts.
  accepted as materialized (
    select j.number, j.name, j.key, j.first,
           head + sum(j.count) over (order by j.number) - j.count - j.first + 1 as shift,
           (j.last + 1 + sum(j.count) over (partition by j.key order by j.number) - j.count)::integer as revision
    from judged j where j.fits
  ),
  stored as (
    insert into events.events (position, stream_key, event_id, command_id, recorded_at, revision, schema_version,
                               command_last, stream, type, hash, payload, metadata)
    select a.shift + e.number, a.key, e.id, e.command, batch_recorded_at, a.revision + e.number - a.first, e.version,
           a.revision + e.number - a.first + e.span - 1, a.name, e.type, e.hash, e.payload, e.metadata
    from accepted a
    join unnest(event_appends, event_ids, event_types, event_versions, event_payloads, event_metadatas, event_hashes,
                event_commands, event_spans)
         with ordinality as e (append, id, type, version, payload, metadata, hash, command, span, number)
      on e.append = a.number
  )
  select case when j.fits then 0 when same.positions is not null then 1 else 2 end,
         case when j.fits then a.revision when same.positions is not null then j.start else j.last end,
         (a.shift + a.first)::bigint,
         same.positions
  from judged j
  left join accepted a on a.number = j.number
  left join lateral (
    select array_agg(e.position order by e.revision) as positions
    from events.events e
    where not j.fits and e.stream_key = j.key and e.revision >= j.start and e.revision < j.start + j.count
    having array_agg(e.event_id order by e.revision) = event_ids[j.first : j.first + j.count - 1]
  ) same on true
  order by j.number;
end
$$;
