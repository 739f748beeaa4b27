-- Keys of persons and the blind index, apart from the events: a backup of the events opens nothing.

-- By default every role of the server may connect to a database; the roles of the events have no business here.
do $$
begin
  execute format('revoke all on database %I from public', current_database());
end
$$;

create schema if not exists keys;

create table if not exists keys.subject_key (
  subject uuid primary key,
  -- AES-256-GCM under the key derived from the master key: iv 12 | tag 16 | key 32; null once destroyed.
  wrapped bytea check (octet_length(wrapped) = 60),
  created_at timestamptz not null default clock_timestamp(),
  destroyed_at timestamptz,
  constraint subject_key_destroyed check ((wrapped is null) = (destroyed_at is not null))
);

create table if not exists keys.blind_index (
  municipality text not null check (municipality ~ '^[0-9]{4}$'),
  hmac bytea not null check (octet_length(hmac) = 32),
  subject uuid not null,
  primary key (municipality, hmac)
);
create index if not exists blind_index_subject on keys.blind_index (subject);

-- The row of a destroyed key is a tombstone: without it, the next event of that person would make a new key, and
-- what was erased would go on as if nothing had happened.
create or replace function keys.keep_tombstone() returns trigger language plpgsql as $$
begin
  raise exception 'a destroyed key stays destroyed' using errcode = 'restrict_violation';
end
$$;
create or replace trigger subject_key_tombstone
  before update or delete on keys.subject_key
  for each row when (old.destroyed_at is not null)
  execute function keys.keep_tombstone();
