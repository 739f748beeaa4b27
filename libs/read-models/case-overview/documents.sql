-- The journaled documents of a case, ascending, with the position they are read at.
-- $1 case id, $2 position to begin after or null, $3 most rows.
select c.position as "readAt", d.*
from (values (1)) as always
left join read.projection_checkpoint c on c.projection = 'case-overview'
left join (
  select position, kind, item_key as "key", document, sources
  from read.case_item
  where case_id = $1 and kind = 'document' and ($2::text is null or position > $2)
  order by position
  limit $3
) d on true
order by d.position
