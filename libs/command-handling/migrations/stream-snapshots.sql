-- Snapshots of long streams: states that were folded from their events, sealed under the key of the stream's subject. A row
-- may be deleted at any time; the next command then reads the whole stream.
-- No parameters. Run by the owner.
-- Session setting: forlop.service_role  the role the service logs in as: reads, writes and deletes

create schema snapshots;

create table snapshots.stream_state (
  stream_id text primary key,
  revision integer not null check (revision >= 0),
  -- The event at that revision: of another history, the snapshot is worth nothing.
  event_id uuid not null,
  -- Of what the state looks like.
  version text not null,
  -- AES-256-GCM: iv 12 | tag 16 | ciphertext of the state as JSON.
  sealed bytea not null,
  written_at timestamptz not null default clock_timestamp()
);

revoke all on schema snapshots from public;

do $$
declare
  service text := nullif(current_setting('forlop.service_role', true), '');
begin
  if service is null then
    raise exception 'set forlop.service_role before migrating';
  end if;
  execute format('grant usage on schema snapshots to %I', service);
  execute format('grant select, insert, update, delete on snapshots.stream_state to %I', service);
end
$$;
