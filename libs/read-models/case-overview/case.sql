-- A case with everything in it but its documents, and the position it is read at. One row per thing.
-- $1 case id.
select
  c.position as "readAt",
  o.case_id as "caseId", o.person_id as "personId", o.municipality, o.district, o.settled, o.revision,
  i.kind, i.item_key as "key", i.document, i.sources
from (values (1)) as always
left join read.projection_checkpoint c on c.projection = 'case-overview'
left join read.case_overview o on o.case_id = $1
left join read.case_item i on i.case_id = o.case_id and i.kind <> 'document'
