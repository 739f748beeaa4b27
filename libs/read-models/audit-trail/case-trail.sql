-- Audit trail of a case, reads among it, ascending, with the position it is read at.
-- $1 case id, $2 position to begin after or null, $3 most rows.
select c.position as "readAt", t.*
from (values (1)) as always
left join read.projection_checkpoint c on c.projection = 'audit-trail'
left join (
  select
    position, revision, event_id as "eventId", type, schema_version as "schemaVersion",
    occurred_at_given as "occurredAt",
    to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "recordedAt",
    actor, legal_basis as "legalBasis", ruleset_version as "rulesetVersion", flags, back_dated as "backDated",
    case_id as "caseId", decision, purpose, what
  from read.audit_trail
  where case_id = $1 and ($2::text is null or position > $2)
  order by position
  limit $3
) t on true
order by t.position
