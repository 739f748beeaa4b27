-- What the state report is counted from, and the reports themselves. No parameters.
--
-- Rows are only ever added, each at the position of its event: the figures of an older position come out the same for ever.
-- A correction is a row too; it changes no other row, and counts from its own position on.
create table read.report_entry_v1 (
  event_id     uuid primary key,
  position     text collate "C" not null,
  type         text not null,
  -- Null for a request for access, which may be about several cases.
  case_id      uuid,
  -- Whose entry a correction or a retraction is about.
  target_id    uuid,
  -- The fields that figures are counted from, all in clear: ids, codes and dates of Europe/Oslo.
  data         jsonb not null,
  municipality text not null,
  district     text
);
create index report_entry_v1_order on read.report_entry_v1 (municipality, position);
create index report_entry_v1_corrections on read.report_entry_v1 (municipality, target_id) where target_id is not null;

-- Generated, approved, presented: one row per event of a report.
create table read.state_report_v1 (
  event_id       uuid primary key,
  position       text collate "C" not null,
  report_year    integer not null,
  type           text not null,
  schema_version integer not null,
  recorded_at    timestamptz not null,
  -- As stored, chapters sealed: opened at read time.
  payload        text not null,
  municipality   text not null,
  district       text
);
create index state_report_v1_order on read.state_report_v1 (municipality, report_year, position);

select read.publish('report_entry_v1', 'report_entry');
select read.publish('state_report_v1', 'state_report');
