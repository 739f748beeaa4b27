-- Gives an identifier to a person unless somebody has it.
-- $1 text  municipality
-- $2 bytea HMAC of the identifier
-- $3 uuid  person
-- `for share` waits for a destruction of that person that is under way: without it, a row written between the
-- destruction's delete and its commit would keep the erased person findable by their number for ever.
-- Nobody comes back when another transaction committed the same identifier after this statement's snapshot: ask again.
with person as materialized (
  select destroyed_at is not null as destroyed from keys.subject_key where subject = $3::uuid for share
),
made as (
  insert into keys.blind_index (municipality, hmac, subject)
  select $1::text, $2::bytea, $3::uuid
  where not exists (select from person where destroyed)
  on conflict (municipality, hmac) do nothing
  returning subject
)
select
  coalesce(
    (select subject from made),
    (select subject from keys.blind_index where municipality = $1::text and hmac = $2::bytea)
  ) as subject,
  exists (select from person where destroyed) as destroyed
