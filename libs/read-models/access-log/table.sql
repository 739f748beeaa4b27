-- Who has read, or tried to read, a case: one row per case and access. No parameters.
-- Keyed by event id: an append to the log is repeated when its answer was lost, and counts once.
create table read.access_log_v1 (
  case_id      uuid not null,
  event_id     uuid not null,
  position     text collate "C" not null,
  who          text not null,
  role         text not null,
  org          text not null,
  unit         text,
  on_behalf_of text,
  what         jsonb,
  purpose      text,
  decision     text not null,
  legal_basis  jsonb not null,
  accessed_at  text not null,
  recorded_at  timestamptz not null,
  municipality text not null,
  district     text,
  primary key (case_id, event_id)
);
create index access_log_v1_order on read.access_log_v1 (case_id, position);

select read.publish('access_log_v1', 'access_log');
