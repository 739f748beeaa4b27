-- Reactors: how far each has come, which streams it has parked, and which it looks at on a day to come.
-- No parameters. Run by the owner.
-- Session setting: forlop.service_role  the role the service logs in as: it appends, so it reacts
create schema reactors;

create table reactors.checkpoint (
  reactor     text primary key,
  store_id    text not null,
  -- Null before the first event.
  position    text collate "C",
  -- The event at the position: another one there is another history.
  event_id    text,
  -- When the last event was stored.
  recorded_at timestamptz,
  updated_at  timestamptz not null default clock_timestamp(),
  -- Class of the error at which it stands, never a message: that can hold personal data. Null while it runs.
  error       text,
  -- Goes up when an operator starts it anew, so that who leads notices.
  starts      integer not null default 1
);

create table reactors.parked (
  reactor   text not null,
  -- The stream that waits, and the first of its events that was not reacted to.
  stream_id text not null,
  revision  integer not null,
  position  text collate "C" not null,
  error     text not null,
  attempts  integer not null default 1,
  first_at  timestamptz not null default clock_timestamp(),
  last_at   timestamptz not null default clock_timestamp(),
  primary key (reactor, stream_id)
);

-- Can be made anew by starting the reactor at the store's beginning.
create table reactors.wake (
  reactor   text not null,
  stream_id text not null,
  wake_on   date not null,
  primary key (reactor, stream_id)
);
create index wake_day on reactors.wake (reactor, wake_on);

revoke all on schema reactors from public;

do $$
declare
  service constant text := nullif(current_setting('forlop.service_role', true), '');
begin
  if service is null then
    raise exception 'set forlop.service_role before migrating';
  end if;
  execute format('grant usage on schema reactors to %I', service);
  execute format('grant select, insert, update, delete on all tables in schema reactors to %I', service);
end
$$;
