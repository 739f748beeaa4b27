-- read.publish(versioned, stable): what every table of a read model gets. Called by the migrations that make the tables,
-- by their owner alone. The roles are named by the settings forlop.service_role and forlop.projector_role.
--
-- Row-level security is forced, so that the owner is not exempt either. The service sees the municipalities that its
-- transaction names and, in those that have districts, only its own; it can write nothing. The projector sees and writes
-- all, but only in a transaction that says so ('*'): a connection of its pool that forgot to is shut out, not let loose.
--
-- The settings are read in sub-selects, which PostgreSQL evaluates once a statement rather than once a row.
create function read.publish(versioned text, stable text) returns void language plpgsql as $$
declare
  service   constant text := current_setting('forlop.service_role');
  projector constant text := current_setting('forlop.projector_role');
begin
  execute format('alter table read.%I enable row level security, force row level security', versioned);
  execute format('grant select on read.%I to %I', versioned, service);
  execute format('grant select, insert, update, delete, truncate on read.%I to %I', versioned, projector);
  execute format(
    'create policy own_municipality on read.%I for select to %I using (
       municipality = any (string_to_array((select current_setting(''forlop.municipalities'', true)), '',''))
       and (district is null or (select coalesce(current_setting(''forlop.district'', true), '''')) in ('''', district)))',
    versioned, service);
  execute format(
    'create policy projecting on read.%I to %I
       using ((select current_setting(''forlop.municipalities'', true)) = ''*'')
       with check ((select current_setting(''forlop.municipalities'', true)) = ''*'')',
    versioned, projector);
  -- Queries read the stable name. The view asks for the reader's own rights: without that it would run as its owner.
  execute format('create view read.%I with (security_invoker = true) as select * from read.%I', stable, versioned);
  execute format('grant select on read.%I to %I', stable, service);
end
$$;
revoke all on function read.publish(text, text) from public;
