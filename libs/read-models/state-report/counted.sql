-- What the figures of a municipality's report count, one row per figure and thing counted: the formulas of the report.
-- The statements of queries.ts add what they ask of the last table, `counted`.
-- $1 municipality, $2 first day of the period, $3 its last day, $4 position (what is stored later does not count),
-- $5 JSON array of the entries that corrections are about: {eventId, retracted, data as corrected, ids of the corrections}.
--
-- `hit` counts in the numerator, `base` in the denominator, `days` in a median. `ids` are the events behind it, with commas.
-- A figure without a denominator has rows of both kinds.
with corrected as (
  select * from jsonb_to_recordset($5::jsonb) as c("eventId" uuid, retracted boolean, data jsonb, ids text)
),
entry as materialized (
  select e.position, e.type, e.case_id, coalesce(c.data, e.data) as data, concat_ws(',', e.event_id, nullif(c.ids, '')) as ids
  from read.report_entry e
  left join corrected c on c."eventId" = e.event_id
  where e.municipality = $1 and e.position <= $4 and e.target_id is null and c.retracted is not true
),
-- The child of a case stays known when the referral that opened it is retracted.
child as (
  select distinct on (case_id) case_id, data ->> 'childRef' as person_id
  from read.report_entry
  where municipality = $1 and position <= $4 and type = 'ReferralReceived'
  order by case_id, position
),
referral as (
  select case_id, data ->> 'referralId' as referral_id, data ->> 'kind' as kind,
    (data ->> 'receivedOn')::date as received_on, ids
  from entry where type = 'ReferralReceived'
),
assessment as (
  select a.data ->> 'conclusion' as conclusion, (a.data ->> 'assessedOn')::date as assessed_on, r.received_on,
    concat_ws(',', a.ids, r.ids) as ids
  from entry a
  left join referral r on r.case_id = a.case_id and r.referral_id = a.data ->> 'referralId'
  where a.type = 'ReferralAssessed' and (a.data ->> 'assessedOn')::date between $2 and $3
),
-- An investigation of several referrals counts from the first.
investigation as (
  select o.case_id, o.data ->> 'investigationId' as investigation_id,
    coalesce(min(r.received_on), min((o.data ->> 'startedOn')::date)) as counted_from,
    concat_ws(',', min(o.ids), string_agg(r.ids, ',')) as ids
  from entry o
  left join lateral jsonb_array_elements_text(coalesce(o.data -> 'referralIds', '[]')) cited (id) on true
  left join referral r on r.case_id = o.case_id and r.referral_id = cited.id
  where o.type = 'InvestigationOpened'
  group by 1, 2
),
extension as (
  select case_id, data ->> 'investigationId' as investigation_id, string_agg(ids, ',') as ids
  from entry where type = 'InvestigationExtended' and data ->> 'granted' = '1'
  group by 1, 2
),
-- D4, or D5 where more time was granted: three or six months after the week of the review.
conclusion as (
  select c.data ->> 'outcome' as outcome, (c.data ->> 'concludedOn')::date as concluded_on,
    (i.counted_from + 7 + case when x.ids is null then interval '3 months' else interval '6 months' end)::date as due_on,
    concat_ws(',', c.ids, i.ids, x.ids) as ids
  from entry c
  left join investigation i on i.case_id = c.case_id and i.investigation_id = c.data ->> 'investigationId'
  left join extension x on x.case_id = c.case_id and x.investigation_id = c.data ->> 'investigationId'
  where c.type = 'InvestigationConcluded' and (c.data ->> 'concludedOn')::date between $2 and $3
),
decision as (
  select case_id, position, (data ->> 'decidedOn')::date as decided_on, data -> 'measures' as measures, ids
  from entry where type = 'MeasureDecided'
),
-- A measure as last decided, and when it was first.
decided as (
  select d.case_id, m ->> 'measureId' as measure_id, min(d.decided_on) as decided_on,
    (array_agg(m ->> 'category' order by d.decided_on desc, d.position desc)
      filter (where m ->> 'category' is not null))[1] as category,
    (array_agg((m ->> 'voluntary')::boolean order by d.decided_on desc, d.position desc))[1] as voluntary,
    string_agg(d.ids, ',') as ids
  from decision d
  cross join lateral jsonb_array_elements(coalesce(d.measures, '[]')) m
  group by 1, 2
),
started as (
  select distinct on (case_id, data ->> 'measureId') case_id, data ->> 'measureId' as measure_id,
    (data ->> 'startedOn')::date as started_on, ids
  from entry where type = 'MeasureStarted'
  order by case_id, data ->> 'measureId', position
),
ended as (
  select distinct on (case_id, data ->> 'measureId') case_id, data ->> 'measureId' as measure_id,
    (data ->> 'endedOn')::date as ended_on, data ->> 'reason' as reason, ids
  from entry where type = 'MeasureEnded'
  order by case_id, data ->> 'measureId', position
),
-- Measures that had begun by the end of the period. The day on which one ends is its last, and it no longer runs at the end.
measure as materialized (
  select coalesce(c.person_id, s.case_id::text) as person_id, s.case_id, s.measure_id, s.started_on, e.ended_on,
    d.decided_on, coalesce(d.voluntary, false) as voluntary, coalesce(split_part(d.category, '.', 1), 'UKJENT') as category,
    coalesce(e.ended_on >= $2, true) as ran, coalesce(e.ended_on > $3, true) as runs,
    concat_ws(',', s.ids, e.ids, d.ids) as ids
  from started s
  left join ended e on e.case_id = s.case_id and e.measure_id = s.measure_id
  left join decided d on d.case_id = s.case_id and d.measure_id = s.measure_id
  left join child c on c.case_id = s.case_id
  where s.started_on <= $3
),
plan_version as (
  select case_id, data ->> 'planId' as plan_id, type, position, (data ->> 'madeOn')::date as made_on,
    data ->> 'planType' as plan_type, (data ->> 'durationUntil')::date as lasts_until,
    data -> 'measureIds' as measure_ids, ids
  from entry where type in ('PlanEstablished', 'PlanRevised')
),
-- Plans for measures, not those for an investigation (plantype 7 and 8), as they stood at the end of the period.
plan as materialized (
  select coalesce(c.person_id, v.case_id::text) as person_id, v.case_id, v.plan_id,
    min(v.made_on) filter (where v.type = 'PlanEstablished') as established_on,
    (array_agg(v.lasts_until order by v.made_on desc, v.position desc) filter (where v.made_on <= $3))[1] as lasts_until,
    string_agg(v.ids, ',') as ids
  from plan_version v
  left join child c on c.case_id = v.case_id
  group by 1, 2, 3
  having coalesce(min(v.plan_type) filter (where v.type = 'PlanEstablished'), '7') not in ('7', '8')
),
plan_in_force as (
  select * from plan where established_on <= $3 and lasts_until >= $3
),
evaluation as (
  select case_id, position, data ->> 'planId' as plan_id, (data ->> 'evaluatedOn')::date as evaluated_on,
    (data ->> 'nextDueOn')::date as next_due_on, data -> 'results' as results,
    data ? 'childView' or data ? 'participation' as heard, ids
  from entry where type = 'EvaluationRecorded'
),
child_ran as (
  select person_id, bool_or(runs) as runs, bool_or(category in ('1', '2')) as placed, string_agg(ids, ',') as ids,
    string_agg(ids, ',') filter (where runs) as running_ids
  from measure where ran
  group by 1
),
child_planned as (
  select person_id, string_agg(ids, ',') as ids from plan_in_force group by 1
),
long_planned as (
  select p.person_id, bool_or(e.ids is not null) as evaluated,
    concat_ws(',', string_agg(p.ids, ','), string_agg(e.ids, ',')) as ids
  from plan_in_force p
  left join lateral (
    select string_agg(ids, ',') as ids from evaluation
    where case_id = p.case_id and plan_id = p.plan_id
      and evaluated_on > ($3::date - interval '6 months')::date and evaluated_on <= $3
  ) e on true
  where (p.established_on + interval '3 months')::date <= $3
  group by 1
),
-- The first evaluation is due six weeks after the first of the plan's measures began.
first_due as (
  select p.case_id, p.plan_id, min(s.started_on) as started_on, concat_ws(',', p.ids, string_agg(s.ids, ',')) as ids
  from plan p
  join plan_version v on v.case_id = p.case_id and v.plan_id = p.plan_id
  cross join lateral jsonb_array_elements_text(coalesce(v.measure_ids, '[]')) planned (id)
  join started s on s.case_id = p.case_id and s.measure_id = planned.id
  group by p.case_id, p.plan_id, p.ids
),
participation as (
  select case_id, data ->> 'phase' as phase, (data ->> 'heldOn')::date as held_on, data ? 'method' as took_part,
    coalesce(data ->> 'none' = 'NO_OPPORTUNITY', false) as no_opportunity, ids
  from entry where type = 'ChildParticipationRecorded'
),
-- Decisions and evaluations of the period, and how the child had taken part by then.
heard as (
  select coalesce(o.heard, false) or coalesce(p.took_part, false) as took_part,
    coalesce(p.no_opportunity, false) as no_opportunity, concat_ws(',', o.ids, p.ids) as ids
  from (
    select case_id, decided_on as on_date, array['VEDTAK', 'TILTAKSVALG'] as phases, false as heard, ids from decision
    union all
    select case_id, evaluated_on, array['EVALUERING'], heard, ids from evaluation
  ) o
  left join lateral (
    select bool_or(took_part) as took_part, bool_or(no_opportunity) as no_opportunity, string_agg(ids, ',') as ids
    from participation
    where case_id = o.case_id and phase = any (o.phases) and held_on <= o.on_date
  ) p on true
  where o.on_date between $2 and $3
),
ending as (
  select e.data ->> 'reason' as reason, e.ids
  from entry e where e.type = 'MeasureEnded' and (e.data ->> 'endedOn')::date between $2 and $3
),
withdrawal as (
  select concat_ws(',', w.ids, g.ids) as ids
  from entry w
  join entry g on g.type = 'ConsentGiven' and g.case_id = w.case_id and g.data ->> 'consentId' = w.data ->> 'consentId'
  where w.type = 'ConsentWithdrawn' and g.data ->> 'kind' = 'TILTAK' and (w.data ->> 'on')::date between $2 and $3
),
request as (
  select r.data ->> 'requestId' as request_id, d.data ->> 'outcome' as outcome, d.data -> 'provisions' as provisions,
    coalesce((d.data ->> 'decidedOn')::date <= (r.data ->> 'dueOn')::date, false) as in_time,
    concat_ws(',', r.ids, d.ids) as ids
  from entry r
  left join entry d on d.type = 'InnsynDecided' and d.data ->> 'requestId' = r.data ->> 'requestId'
    and (d.data ->> 'decidedOn')::date <= $3
  where r.type = 'InnsynRequested' and (r.data ->> 'receivedOn')::date between $2 and $3
),
counted (figure, hit, base, days, ids) as (
  select 'Q1', true, true, null::integer, ids from referral
    where kind is distinct from 'OVERFORT_FRA_KOMMUNE' and received_on between $2 and $3
  union all select 'Q2', conclusion = 'DISMISSED', true, null, ids from assessment
  union all select 'Q3', coalesce(assessed_on > received_on + 7, false), true, null, ids from assessment
  union all select 'Q4', true, true, null, ids from conclusion
  union all select 'Q5', coalesce(concluded_on > due_on, false), true, null, ids from conclusion
  union all select 'Q6', coalesce(outcome in ('VEDTAK_TILTAK', 'BEGJAERING'), false), true, null, ids from conclusion
  union all select 'Q7', true, true, null, ids from child_ran
  union all select 'Q7.VED_SLUTTEN', true, true, null, running_ids from child_ran where runs
  union all select 'Q8', not placed, true, null, ids from child_ran
  union all
    select 'Q9', p.ids is not null, true, null, concat_ws(',', r.running_ids, p.ids)
    from child_ran r left join child_planned p using (person_id) where r.runs
  union all select 'Q10', evaluated, true, null, ids from long_planned
  union all
    select 'Q11', e.ids is not null, true, null, concat_ws(',', f.ids, e.ids)
    from first_due f
    left join lateral (
      select string_agg(ids, ',') as ids from evaluation
      where case_id = f.case_id and plan_id = f.plan_id and evaluated_on between f.started_on and f.started_on + 42
    ) e on true
    where f.started_on + 42 between $2 and $3
  union all
    select 'Q12', n.ids is not null, true, null, concat_ws(',', e.ids, n.ids)
    from evaluation e
    left join lateral (
      select string_agg(ids, ',') as ids from evaluation
      where case_id = e.case_id and plan_id = e.plan_id and evaluated_on <= e.next_due_on
        and (evaluated_on, position) > (e.evaluated_on, e.position)
    ) n on true
    where e.next_due_on between $2 and $3
  union all select 'Q13', took_part, true, null, ids from heard
  union all select 'Q13.INGEN_MULIGHET', not took_part and no_opportunity, true, null, ids from heard
  union all select 'Q14', reason = 'MAL_NADD', true, null, ids from ending
  union all select 'Q14.INGEN_EFFEKT', reason = 'INGEN_EFFEKT', true, null, ids from ending
  union all
    select 'Q14.FREMGANG', g.result in ('NADD', 'FREMGANG'), true, null, e.ids
    from evaluation e cross join lateral jsonb_array_elements_text(coalesce(e.results, '[]')) g (result)
    where e.evaluated_on between $2 and $3
  union all select 'Q15', true, true, null, ids from ending
  union all select 'Q15.' || reason, true, true, null, ids from ending
  union all
    select 'Q16', true, true, started_on - decided_on, ids from measure
    where started_on >= $2 and decided_on is not null
  union all select 'Q17', true, true, ended_on - started_on, ids from measure where ended_on between $2 and $3
  union all
    select 'Q17.' || category, true, true, ended_on - started_on, ids from measure where ended_on between $2 and $3
  union all select 'Q18', true, true, null, ids from measure where runs
  union all select 'Q18.' || category, true, true, null, ids from measure where runs
  union all select 'Q20', true, false, null, ids from withdrawal
  union all select 'Q20', false, true, null, ids from measure where ran and voluntary
  union all select 'Q22', true, true, null, ids from request
  union all select 'Q22.INNEN_FRIST', in_time, true, null, ids from request
  union all select 'Q22.DELVIS', true, true, null, ids from request where outcome = 'DELVIS'
  union all select 'Q22.NEKTET', true, true, null, ids from request where outcome = 'NEKTET'
  union all
    select 'Q22.' || p.provision, true, true, null, ids
    from request cross join lateral (
      select distinct jsonb_array_elements_text(coalesce(provisions, '[]')) as provision
    ) p
)
