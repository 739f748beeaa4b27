-- Gives identifiers to persons unless somebody has them, all in one statement and one commit.
-- $1 text[]  municipalities
-- $2 bytea[] HMACs of the identifiers, one for each municipality
-- $3 uuid[]  persons, one for each identifier
-- One row for each, in the order asked: who has the identifier now. As in reserve-identifier.sql, `for share` waits for a
-- destruction that is under way, and nobody comes back where the person is destroyed or where another transaction committed the
-- same identifier after this statement's snapshot: those are asked for one by one.
-- In the order of the index, so that two such statements wait for each other's entries in one order.
with asked as (
  select * from unnest($1::text[], $2::bytea[], $3::uuid[]) with ordinality as a (municipality, hmac, subject, place)
),
locked as materialized (
  select subject, destroyed_at from keys.subject_key
  where subject = any ($3::uuid[]) order by subject for share
),
made as (
  insert into keys.blind_index (municipality, hmac, subject)
  select distinct on (a.municipality, a.hmac) a.municipality, a.hmac, a.subject
  from asked a
  where not exists (select from locked l where l.subject = a.subject and l.destroyed_at is not null)
  order by a.municipality, a.hmac, a.place
  on conflict (municipality, hmac) do nothing
  returning municipality, hmac, subject
)
-- A probe of the index for each: joined, the whole index would be read for a few hundred identifiers.
select coalesce(
    m.subject,
    (select known.subject from keys.blind_index known
     where known.municipality = a.municipality and known.hmac = a.hmac)
  ) as subject
from asked a
left join made m on m.municipality = a.municipality and m.hmac = a.hmac
order by a.place
