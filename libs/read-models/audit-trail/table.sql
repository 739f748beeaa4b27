-- The audit trail of cases and of municipalities: who did what, reads among it. No parameters.
-- One row per event; an access to several cases has one for each of them.
create table read.audit_trail_v1 (
  event_id          uuid not null,
  -- The case, or '' for an event that concerns none: part of the key, so it cannot be null.
  case_key          text not null,
  -- The row that stands for the event in the municipality's trail, which shows each event once.
  first_case           boolean not null,
  position          text collate "C" not null,
  stream_id         text not null,
  revision          integer not null,
  case_id           uuid,
  person_id         uuid,
  type              text not null,
  schema_version    integer not null,
  occurred_at       timestamptz not null,
  occurred_at_given text not null,
  recorded_at       timestamptz not null,
  actor             jsonb not null,
  municipality      text not null,
  district          text,
  legal_basis       jsonb not null,
  ruleset_version   text not null,
  flags             jsonb not null,
  back_dated        boolean not null,
  -- Of an access: PERMIT or DENY, why, what was asked for, and every case that the answer held (on the first_case row).
  decision          text,
  purpose           text,
  what              jsonb,
  case_ids          jsonb,
  primary key (event_id, case_key)
);
create index audit_trail_v1_case on read.audit_trail_v1 (case_id, position);
create index audit_trail_v1_municipality on read.audit_trail_v1 (municipality, position) where first_case;
create index audit_trail_v1_recorded on read.audit_trail_v1 (municipality, recorded_at) where first_case;

select read.publish('audit_trail_v1', 'audit_trail');
