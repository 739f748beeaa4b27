-- Accesses that were recorded while the event store was away: events as they will be appended, sealed and with their ids. A row
-- is written before the answer leaves, and goes when its event stands in the access log.
-- No parameters. Run by the owner.
-- Session setting: forlop.service_role  the role the service logs in as: adds, reads and deletes; nobody changes a row

create schema access_spool;

create table access_spool.entry (
  number         bigint generated always as identity primary key,
  stream_id      text not null,
  event_id       uuid not null unique,
  type           text not null,
  schema_version integer not null,
  payload        text not null,
  metadata       text not null,
  spooled_at     timestamptz not null default clock_timestamp()
);

revoke all on schema access_spool from public;

do $$
declare
  service text := nullif(current_setting('forlop.service_role', true), '');
begin
  if service is null then
    raise exception 'set forlop.service_role before migrating';
  end if;
  execute format('grant usage on schema access_spool to %I', service);
  execute format('grant select, insert, delete on access_spool.entry to %I', service);
end
$$;
