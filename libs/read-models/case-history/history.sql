-- Chronology of a case, ascending, with the position it is read at.
-- $1 case id, $2 position to begin after or null, $3 most rows or null.
select c.position as "readAt", h.*
from (values (1)) as always
left join read.projection_checkpoint c on c.projection = 'case-history'
left join (
  select
    position,
    revision,
    event_id as "eventId",
    type,
    schema_version as "schemaVersion",
    occurred_at_given as "occurredAt",
    to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "recordedAt",
    actor,
    legal_basis as "legalBasis",
    ruleset_version as "rulesetVersion",
    flags,
    back_dated as "backDated",
    municipality,
    district,
    payload
  from read.case_history
  where case_id = $1 and ($2::text is null or position > $2)
  order by position
  limit $3
) h on true
order by h.position
