-- Reads the keys of all subjects and makes the missing ones, in one statement and one commit.
-- $1 uuid[]  subjects, distinct and sorted: two processes that make overlapping keys in different orders would wait
--            for each other's unique entries, a deadlock
-- $2 bytea[] a wrapped new key for each, used only where there is none
-- A subject whose key another process commits meanwhile is neither seen nor made here: it is missing from the answer,
-- and the caller reads it by a second statement, whose snapshot has it.
with asked as (
  select subject, wrapped
  from unnest($1::uuid[], $2::bytea[]) with ordinality as a (subject, wrapped, place)
  order by place
),
made as (
  insert into keys.subject_key (subject, wrapped)
  select asked.subject, asked.wrapped
  from asked
  where not exists (select from keys.subject_key known where known.subject = asked.subject)
  on conflict (subject) do nothing
  returning subject, wrapped
)
select subject, wrapped from made
union all
select known.subject, known.wrapped
from keys.subject_key known
where known.subject = any ($1::uuid[])
