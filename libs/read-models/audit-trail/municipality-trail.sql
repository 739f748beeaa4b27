-- Audit trail of the municipalities in scope: each event once, ascending, with the position it is read at.
-- $1 recorded at or after (instant or null), $2 recorded at or before (instant or null),
-- $3 position to begin after or null, $4 most rows.
--
-- Each municipality is read by an index of its own in order of position, as far as the page goes: row-level security alone
-- names them as a set, which no index has in order, and every page would read and sort all that the municipality has.
-- `recorded_at` never decreases with the position, so the time begins and ends at a position that an index finds.
select c.position as "readAt", t.*
from (values (1)) as always
left join read.projection_checkpoint c on c.projection = 'audit-trail'
left join (
  select
    trail.position, revision, event_id as "eventId", type, schema_version as "schemaVersion",
    occurred_at_given as "occurredAt",
    to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "recordedAt",
    actor, legal_basis as "legalBasis", ruleset_version as "rulesetVersion", flags, back_dated as "backDated",
    case_id as "caseId", person_id as "personId", case_ids as "caseIds", decision, purpose, what
  from unnest(string_to_array(current_setting('forlop.municipalities'), ',')) as own (municipality)
  cross join lateral (
    select *
    from read.audit_trail entry
    where entry.first_case and entry.municipality = own.municipality
      and ($3::text is null or entry.position > $3)
      and ($1::timestamptz is null or entry.position >= (
        select first.position from read.audit_trail first
        where first.first_case and first.municipality = own.municipality and first.recorded_at >= $1
        order by first.recorded_at, first.position limit 1))
      and ($2::timestamptz is null or entry.position <= (
        select last.position from read.audit_trail last
        where last.first_case and last.municipality = own.municipality and last.recorded_at <= $2
        order by last.recorded_at desc, last.position desc limit 1))
    order by entry.position
    limit $4
  ) trail
  order by trail.position
  limit $4
) t on true
order by t.position
