-- events.append_one: the same as append_batch for one append of one event, at noStream or a revision. It only knows the
-- case that the stream is as expected, which a lone append nearly always meets; everything else it leaves to
-- append_batch, so that there is one place where an append is judged.
-- No parameters of the file. Run by the owner, whose rights the function has (SECURITY DEFINER).
--
-- Parameters: see append_batch; `expected` is a revision or -1 for noStream. Gives one row as append_batch does.

create function events.append_one(
  name text, key uuid, expected integer, id uuid, event_type text, version integer,
  event_payload text, event_metadata text, event_hash text, command uuid,
  out outcome integer, out actual integer, out first_position bigint, out stored_positions bigint[]
)
language plpgsql volatile security definer
set search_path = pg_catalog, pg_temp
set lock_timeout = '5s'
set plan_cache_mode = force_generic_plan
set enable_seqscan = off
set enable_bitmapscan = off
as $$
declare
  last integer;
  head bigint;
  head_recorded_at timestamptz;
begin
  -- The lock, its being a statement of its own and the isolation level: see append_batch.
  perform pg_advisory_xact_lock(7019358213);
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'appends need READ COMMITTED' using errcode = 'active_sql_transaction';
  end if;

  select e.revision into last from events.events e where e.stream_key = key order by e.revision desc limit 1;
  if coalesce(last, -1) <> expected then
    select b.outcome, b.actual, b.first_position, b.stored_positions
    into outcome, actual, first_position, stored_positions
    from events.append_batch(array[name], array[key], array[expected], array[1], array[1],
                             array[1], array[id], array[event_type], array[version], array[event_payload],
                             array[event_metadata], array[event_hash], array[command],
                             array[case when command is not null then 1 end]) b;
    return;
  end if;

  select e.position, e.recorded_at into head, head_recorded_at
  from events.events e order by e.position desc limit 1;
  outcome := 0;
  actual := expected + 1;
  first_position := coalesce(head, 0) + 1;
  insert into events.events (position, stream_key, event_id, command_id, recorded_at, revision, schema_version,
                             command_last, stream, type, hash, payload, metadata)
  values (first_position, key, id, command,
          greatest(date_trunc('milliseconds', clock_timestamp()), head_recorded_at), actual, version,
          case when command is not null then actual end, name, event_type, event_hash, event_payload, event_metadata);
end
$$;
