-- Run by the owner, without parameters. The parameters of the function are those of EventIndex.advance: the store, where
-- the caller believes the index to stand, where it stands afterwards, and runs and marks as arrays of equal length.

create function event_index.begin(for_store uuid) returns event_index.standing
language plpgsql security definer set search_path = pg_catalog as $$
declare
  here event_index.standing;
  start constant text := 'esdb:00000000000000000000:00000000000000000000';
begin
  insert into event_index.standing (store_id, position, events) values (for_store, start, 0) on conflict do nothing;
  select * into here from event_index.standing for update;
  if here.store_id <> for_store then
    truncate event_index.command_run, event_index.mark;
    update event_index.standing set store_id = for_store, position = start, events = 0, event_id = null
    returning * into here;
  end if;
  return here;
end
$$;

create function event_index.advance(
  for_store uuid, from_position text, to_position text, to_events bigint, to_event_id text,
  commands uuid[], streams text[], firsts integer[], lasts integer[], mark_positions text[], mark_events bigint[]
) returns event_index.standing
language plpgsql security definer set search_path = pg_catalog as $$
declare
  here event_index.standing := event_index.begin(for_store);
begin
  if here.position <> from_position then
    return here;
  end if;
  insert into event_index.command_run (command_id, stream, first_revision, last_revision)
  select * from unnest(commands, streams, firsts, lasts) on conflict do nothing;
  insert into event_index.mark (position, events) select * from unnest(mark_positions, mark_events) on conflict do nothing;
  update event_index.standing set position = to_position, events = to_events, event_id = to_event_id returning * into here;
  return here;
end
$$;

create function event_index.clear(for_store uuid) returns void
language plpgsql security definer set search_path = pg_catalog as $$
begin
  perform event_index.begin(for_store);
  truncate event_index.command_run, event_index.mark;
  delete from event_index.standing;
end
$$;
