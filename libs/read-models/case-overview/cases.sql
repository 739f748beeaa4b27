-- The cases in scope by their last change, ascending, with the position they are read at.
-- $1 position to begin after or null, $2 most rows.
select c.position as "readAt", o.*, counted.*
from (values (1)) as always
left join read.projection_checkpoint c on c.projection = 'case-overview'
left join (
  select
    listed.position, case_id as "caseId", person_id as "personId", listed.municipality, district, settled, revision,
    to_char(changed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "changedAt"
  from unnest(string_to_array(current_setting('forlop.municipalities'), ',')) as own (municipality)
  cross join lateral (
    select *
    from read.case_overview entry
    where entry.municipality = own.municipality and ($1::text is null or entry.position > $1)
    order by entry.position
    limit $2
  ) listed
  order by listed.position
  limit $2
) o on true
left join lateral (
  select
    count(*) filter (where kind = 'measure' and started and not ended)::integer as running,
    count(*) filter (where kind = 'investigation' and not concluded)::integer as investigating,
    count(*) filter (where kind = 'measure' and decided and not started and not ended and not ending)::integer as pending,
    count(*) filter (where kind = 'referral' and conclusion is null and not taken_up)::integer as unreviewed,
    count(*) filter (where kind = 'referral' and conclusion = 'INVESTIGATE' and not taken_up)::integer as awaiting,
    count(*) filter (where kind = 'measure' and started and ended)::integer as ended
  from read.case_item, lateral (
    select
      document ? 'startedOn' as started, document ? 'endedOn' as ended, document ? 'decidedOn' as decided,
      document ->> 'decisionType' = 'OPPHORT' as ending, document ? 'concludedOn' as concluded,
      document ->> 'conclusion' as conclusion, document ? 'investigationId' as taken_up
  ) facts
  where case_id = o."caseId" and kind in ('referral', 'investigation', 'measure')
) counted on true
order by o.position
