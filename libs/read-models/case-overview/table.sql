-- A case as it stands: one row per case, and one per thing in it (referral, investigation, measure, plan, task …).
-- No parameters.
create table read.case_overview_v1 (
  case_id      uuid primary key,
  person_id    uuid,
  -- Where it stands when nothing in it is going on; what goes on is told from its referrals, investigations and measures.
  settled      text,
  -- Of its last event.
  position     text collate "C" not null,
  revision     integer not null,
  changed_at   timestamptz not null,
  municipality text not null,
  district     text
);
create index case_overview_v1_order on read.case_overview_v1 (municipality, position);

create table read.case_item_v1 (
  case_id      uuid not null,
  kind         text not null,
  item_key     text not null,
  -- Of its last event.
  position     text collate "C" not null,
  -- Facts of it in clear: what states, tasks and deadlines are told from.
  document     jsonb not null,
  -- Its events by position: id, type, version, and the payload as stored, opened at read time.
  sources      jsonb not null,
  municipality text not null,
  district     text,
  primary key (case_id, kind, item_key)
);
create index case_item_v1_order on read.case_item_v1 (case_id, kind, position);

select read.publish('case_overview_v1', 'case_overview');
select read.publish('case_item_v1', 'case_item');
