-- Who may do what. Run by the owner.
-- Parameters, as session settings:
--   forlop.service_role, forlop.projector_role  both follow the store; they read, and write through the functions

revoke all on schema event_index from public;
revoke all on all tables in schema event_index from public;
revoke all on all functions in schema event_index from public;

do $$
declare
  roles constant text := format('%I, %I', current_setting('forlop.service_role'), current_setting('forlop.projector_role'));
begin
  execute format('grant usage on schema event_index to %s', roles);
  execute format('grant select on all tables in schema event_index to %s', roles);
  execute format('grant execute on function event_index.begin, event_index.advance, event_index.clear to %s', roles);
end
$$;
