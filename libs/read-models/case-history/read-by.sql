-- Who had read a case by an instant, one row per reader, in the order of their first read.
-- $1 case id, $2 instant to the millisecond, inclusive, or null for all.
select
  who, role, org, on_behalf_of as "onBehalfOf",
  count(*)::integer as reads,
  to_char(min(recorded_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "firstReadAt",
  to_char(max(recorded_at) at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "lastReadAt"
from read.access_log
where case_id = $1 and decision = 'PERMIT'
  and ($2::timestamptz is null or date_trunc('milliseconds', recorded_at) <= $2::timestamptz)
group by who, role, org, on_behalf_of
order by min(position)
