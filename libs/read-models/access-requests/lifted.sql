-- Refusals whose investigation is concluded (rule 56), in the order of the conclusions.
-- $1 request id or null, $2 case id or null.
-- The source of the conclusion is the event of that type; of several after corrections, the first.
select
  r.request_id as "requestId", r.document_id as "documentId", r.case_id as "caseId",
  i.document ->> 'concludedOn' as "concludedOn", concluded.event_id as "causedBy"
from read.innsyn_refusal r
join read.case_item i
  on i.case_id = r.case_id and i.kind = 'investigation' and i.item_key = r.investigation_id::text
join lateral (
  select source ->> 'eventId' as event_id
  from jsonb_each(i.sources) as s(position, source)
  where source ->> 'type' = 'InvestigationConcluded'
  order by s.position
  limit 1
) concluded on true
where i.document ? 'concludedOn'
  and ($1::uuid is null or r.request_id = $1) and ($2::uuid is null or r.case_id = $2)
order by 4, r.request_id, r.document_id
