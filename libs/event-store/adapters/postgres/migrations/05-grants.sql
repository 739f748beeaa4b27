-- Who may do what. Run by the owner.
-- Parameters, as session settings:
--   forlop.service_role    the role the service logs in as: appends through the functions and reads, no more
--   forlop.projector_role  the role the projector logs in as: reads

revoke all on schema events from public;
revoke all on all tables in schema events from public;
revoke all on all functions in schema events from public;

do $$
declare
  service text := nullif(current_setting('forlop.service_role', true), '');
  projector text := nullif(current_setting('forlop.projector_role', true), '');
begin
  if service is null or projector is null then
    raise exception 'set forlop.service_role and forlop.projector_role before migrating';
  end if;
  if current_user in (service, projector) then
    raise exception 'the owner must not be the role of the service or the projector: an owner passes every fence';
  end if;
  execute format('grant usage on schema events to %I, %I', service, projector);
  execute format('grant select on all tables in schema events to %I, %I', service, projector);
  execute format('grant execute on function events.append_batch, events.append_one to %I', service);
end
$$;
