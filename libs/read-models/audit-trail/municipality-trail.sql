-- Audit trail of the municipalities in scope: each event once, ascending, with the position it is read at.
-- $1 recorded at or after (instant or null), $2 recorded at or before (instant or null),
-- $3 position to begin after or null, $4 most rows.
select c.position as "readAt", t.*
from (values (1)) as always
left join read.projection_checkpoint c on c.projection = 'audit-trail'
left join (
  select
    position, revision, event_id as "eventId", type, schema_version as "schemaVersion",
    occurred_at_given as "occurredAt",
    to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "recordedAt",
    actor, legal_basis as "legalBasis", ruleset_version as "rulesetVersion", flags, back_dated as "backDated",
    case_id as "caseId", person_id as "personId", case_ids as "caseIds", decision, purpose, what
  from read.audit_trail
  where first_case
    and ($1::timestamptz is null or recorded_at >= $1)
    and ($2::timestamptz is null or recorded_at <= $2)
    and ($3::text is null or position > $3)
  order by position
  limit $4
) t on true
order by t.position
