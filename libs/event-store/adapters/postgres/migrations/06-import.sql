-- How a store copy writes: events of another store, in order, with the times at which that one took them.
-- Run by the owner, who alone may execute it: an append of the service has its time from the clock here.
-- Parameters, as session settings:
--   forlop.service_role, forlop.projector_role  both may read where an event came from

-- Where a copied event stood in the store that first took it. Beside the events and not among their columns: only a
-- few reads ask for it.
create table events.origin (
  position        bigint primary key,
  store_id        uuid not null,
  origin_position text not null
);

create trigger origin_never_changes
  before update or delete or truncate on events.origin
  for each statement execute function events.refuse_change();
alter table events.origin enable always trigger origin_never_changes;

-- Parameters:
--   after_position  position of the last event here, 0 where there is none
--   after_id        its id, null where there is none
-- and, one element for each event, in order:
--   names, keys, revisions, ids, types, versions, payloads, metadatas, hashes
--   times           when the first store took it: ms since 1970
--   commands        command id, where the event is the first of a run that the command gave in its stream, else null
--   command_lasts   with a command id: last revision of that run, else null
--   origin_stores, origin_positions
-- Stores all or none. Refuses (SQLSTATE 40001) when the last event is another one by now.
create function events.import_batch(
  after_position bigint, after_id uuid,
  names text[], keys uuid[], revisions integer[], ids uuid[], types text[], versions integer[], payloads text[],
  metadatas text[], hashes text[], times float8[], commands uuid[], command_lasts integer[],
  origin_stores uuid[], origin_positions text[]
) returns void
language plpgsql volatile
set search_path = pg_catalog, pg_temp
set lock_timeout = '5s'
as $$
declare
  head bigint;
  head_id uuid;
begin
  -- The lock of all appends, in a statement of its own: see 03-append-batch.sql.
  perform pg_advisory_xact_lock(7019358213);
  select e.position, e.event_id into head, head_id from events.events e order by e.position desc limit 1;
  if coalesce(head, 0) <> after_position or head_id is distinct from after_id then
    raise exception 'another event stands last: only a copy writes here, and one at a time'
      using errcode = 'serialization_failure';
  end if;

  insert into events.events (position, stream_key, event_id, command_id, recorded_at, revision, schema_version,
                             command_last, stream, type, hash, payload, metadata)
  select after_position + i.number, i.key, i.id, i.command, to_timestamp(i.time / 1000), i.revision, i.version,
         i.command_last, i.name, i.type, i.hash, i.payload, i.metadata
  from unnest(names, keys, revisions, ids, types, versions, payloads, metadatas, hashes, times, commands, command_lasts)
       with ordinality as i (name, key, revision, id, type, version, payload, metadata, hash, time, command,
                             command_last, number);

  insert into events.origin (position, store_id, origin_position)
  select after_position + o.number, o.store, o.position
  from unnest(origin_stores, origin_positions) with ordinality as o (store, position, number);
end
$$;

revoke all on events.origin from public;
revoke all on function events.import_batch from public;

do $$
begin
  execute format('grant select on events.origin to %I, %I', current_setting('forlop.service_role'),
                 current_setting('forlop.projector_role'));
end
$$;
