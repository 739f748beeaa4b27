-- One request for access, with its payload still sealed.
-- $1 request id.
select
  request_id as "requestId", requester_ref as "requesterRef", case_ids as "caseIds", basis,
  received_at as "receivedAt", to_char(due_on, 'YYYY-MM-DD') as "dueOn", standings, state, decision, delivery,
  assessments, position, revision, event_id as "eventId", 'InnsynRequested' as type,
  schema_version as "schemaVersion", payload
from read.access_request
where request_id = $1 and payload is not null
