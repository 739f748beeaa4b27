-- Nothing in the store is ever changed or removed, also not by the owner, for whom grants are no bar.
-- No parameters. Run by the owner.

create function events.refuse_change() returns trigger
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  raise exception '% on %.% is refused: events are never changed and never removed', tg_op, tg_table_schema, tg_table_name
    using errcode = 'insufficient_privilege';
end
$$;

-- For each statement, not each row: also a statement that would touch no row is refused, and appends pay nothing.
create trigger events_never_change
  before update or delete or truncate on events.events
  for each statement execute function events.refuse_change();

create trigger store_never_goes
  before delete or truncate on events.store
  for each statement execute function events.refuse_change();

-- ALWAYS: fires also for a session that calls itself a replica (session_replication_role).
alter table events.events enable always trigger events_never_change;
alter table events.store enable always trigger store_never_goes;
