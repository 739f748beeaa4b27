-- The event store's tables. No parameters. Run by the owner.

do $$
begin
  if current_setting('server_encoding') <> 'UTF8' then
    raise exception 'the event database must be encoded in UTF8, it is %', current_setting('server_encoding');
  end if;
end
$$;

create schema events;

-- One row. The id tells checkpoints of this store from those of another; restoring a backup gives a new one.
-- The position is NOT counted here: the row would be rewritten with every batch, and one long-running snapshot
-- (a dump, a rebuild) would keep thousands of its dead versions for each append to wade through.
create table events.store (
  only_row   boolean primary key default true check (only_row),
  store_id   uuid not null default gen_random_uuid(),
  created_at timestamptz not null default clock_timestamp()
);
insert into events.store default values;

create table events.events (
  -- From 1, without gaps, in commit order: see 03-append-batch.sql.
  position       bigint primary key check (position > 0),
  -- UUIDv5 of the stream's name: 16 bytes in the index instead of 50.
  stream_key     uuid not null,
  event_id       uuid not null,
  -- On the first event of a command in a stream, with the last revision that the command gave there.
  command_id     uuid,
  recorded_at    timestamptz not null,
  -- Not read today. Kept so that readers could be fenced by pg_snapshot_xmin one day, were the lock to go.
  tx             xid8 not null default pg_current_xact_id(),
  revision       integer not null check (revision >= 0),
  schema_version integer not null,
  command_last   integer,
  stream         text not null,
  type           text not null,
  -- SHA-256 in hex over metadata, a line feed, payload.
  hash           text not null,
  -- Text and not jsonb, which reorders: these are the bytes that were hashed.
  payload        text not null,
  metadata       text not null,
  unique (stream_key, revision),
  check ((command_id is null) = (command_last is null))
);

create index events_command on events.events (command_id) where command_id is not null;

-- Rows are only ever added, at the end of the table: there is nothing to leave room for, and a frozen page stays
-- frozen. Analysed early, so that plans made on a young table do not live long.
alter table events.events set (autovacuum_analyze_threshold = 500, autovacuum_analyze_scale_factor = 0.05);
