-- The chronology of a case: one row per event of its stream. No parameters.
create table read.case_history_v1 (
  case_id           uuid not null,
  position          text collate "C" not null,
  revision          integer not null,
  event_id          uuid not null,
  type              text not null,
  schema_version    integer not null,
  -- To compare, and as the event has it: with the offset of its day.
  occurred_at       timestamptz not null,
  occurred_at_given text not null,
  recorded_at       timestamptz not null,
  actor             jsonb not null,
  municipality      text not null,
  district          text,
  legal_basis       jsonb not null,
  ruleset_version   text not null,
  flags             jsonb not null,
  journal_relevant  boolean not null,
  back_dated        boolean not null,
  -- As stored, sealed: opened at read time, so that a destroyed key erases here too.
  payload           text not null,
  primary key (case_id, position)
);

select read.publish('case_history_v1', 'case_history');
