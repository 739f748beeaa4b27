-- Streams that a projection has parked, and events that an operator has skipped. No parameters; the roles are named by the
-- settings forlop.service_role and forlop.projector_role of the migrating connection.
--
-- An event that cannot be applied parks its stream: one row, at that event. The later events of the stream are not copied:
-- they are read from the event store when the stream is tried again.
create table read.projection_failures (
  projection   text not null,
  -- Of the projection that could not apply it; the rows are of the live build.
  version      integer not null check (version > 0),
  stream_id    text not null,
  event_id     text not null,
  position     text collate "C" not null,
  -- Class and SQLSTATE of the error, never its message: that can hold personal data.
  error        text not null,
  attempts     integer not null check (attempts > 0),
  first_at     timestamptz not null default clock_timestamp(),
  last_at      timestamptz not null default clock_timestamp(),
  -- Whose the stream is; null where the event does not say, which then stands for every municipality.
  municipality text,
  status       text not null check (status in ('parked', 'skipped')),
  primary key (projection, event_id)
);
-- A stream waits at one event. Also what every answer looks at to know how many are parked.
create unique index projection_failures_parked on read.projection_failures (projection, stream_id)
  where status = 'parked';

-- It names streams and holds nothing of their content, as the checkpoints: everybody who may read those may read it.
alter table read.projection_failures enable row level security, force row level security;
create policy reading on read.projection_failures for select using (true);

do $$
declare
  service   constant text := current_setting('forlop.service_role');
  projector constant text := current_setting('forlop.projector_role');
begin
  execute format('grant select on read.projection_failures to %I, %I', service, projector);
  execute format('grant insert, update, delete on read.projection_failures to %I', projector);
  execute format(
    'create policy writing on read.projection_failures to %I
       using (current_setting(''forlop.municipalities'', true) = ''*'')
       with check (current_setting(''forlop.municipalities'', true) = ''*'')',
    projector);
end
$$;
