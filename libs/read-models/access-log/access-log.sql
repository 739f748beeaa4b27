-- Who has read, or tried to read, a case, ascending, with the position it is read at.
-- $1 case id, $2 position to begin after or null, $3 most rows.
select c.position as "readAt", l.*
from (values (1)) as always
left join read.projection_checkpoint c on c.projection = 'access-log'
left join (
  select
    position, event_id as "eventId", accessed_at as "accessedAt",
    to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "recordedAt",
    who, role, org, unit, on_behalf_of as "onBehalfOf", what, purpose, decision, legal_basis as "legalBasis"
  from read.access_log
  where case_id = $1 and ($2::text is null or position > $2)
  order by position
  limit $3
) l on true
order by l.position
