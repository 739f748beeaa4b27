-- Requests for access, ascending by their last change, with the position they are read at.
-- $1 id of the one who asks or null for all, $2 position to begin after or null, $3 most rows.
select c.position as "readAt", r.*
from (values (1)) as always
left join read.projection_checkpoint c on c.projection = 'access-requests'
left join (
  select
    request_id as "requestId", requester_ref as "requesterRef", case_ids as "caseIds", basis,
    received_at as "receivedAt", to_char(due_on, 'YYYY-MM-DD') as "dueOn", state, decision, delivery,
    position, revision
  from read.access_request
  where payload is not null and ($1::uuid is null or requester_ref = $1)
    and ($2::text is null or position > $2)
  order by position
  limit $3
) r on true
order by r.position
