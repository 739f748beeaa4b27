-- The tables that hold rows of read models, biggest first. No parameters. Run as superuser, so that no policy hides any.
select c.relname as name
from pg_class c
join pg_namespace n on n.oid = c.relnamespace
where n.nspname = 'read' and c.relkind = 'r' and c.relname not like 'projection\_%'
order by pg_relation_size(c.oid) desc
