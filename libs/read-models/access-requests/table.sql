-- The register of requests for access (innsynsbegjæringer), and the refusals in them that last as long as an
-- investigation does. No parameters.
create table read.access_request_v1 (
  request_id       uuid primary key,
  -- The person who asks, where it is a registered one: a party sees the own requests.
  requester_ref    uuid,
  -- Null only where an event of a request came before the request itself.
  case_ids         jsonb,
  basis            text,
  received_at      text,
  due_on           date,
  standings        jsonb,
  state            text,
  -- The last decision and the last delivery, each with its position.
  decision         jsonb,
  delivery         jsonb,
  -- By document: the last assessment, without its texts.
  assessments      jsonb not null,
  -- The request as stored, sealed: opened at read time.
  schema_version   integer,
  event_id         uuid,
  payload          text,
  -- Of its last event.
  position         text collate "C" not null,
  revision         integer not null,
  municipality     text not null,
  district         text
);
create index access_request_v1_order on read.access_request_v1 (municipality, position);

create table read.innsyn_refusal_v1 (
  request_id       uuid not null,
  document_id      uuid not null,
  case_id          uuid not null,
  investigation_id uuid not null,
  municipality     text not null,
  district         text,
  primary key (request_id, document_id)
);
create index innsyn_refusal_v1_case on read.innsyn_refusal_v1 (case_id);

select read.publish('access_request_v1', 'access_request');
select read.publish('innsyn_refusal_v1', 'innsyn_refusal');
