-- Builds: several versions of a projection's rows beside each other, one of them behind the view of the stable name.
-- No parameters; the projector's role is named by the setting forlop.projector_role of the migrating connection.
--
-- The checkpoint of the live build stays where it was, so that queries and processes of before go on.
alter table read.projection_checkpoint
  add column build    integer not null default 1 check (build > 0),
  -- The event at the position: another one there, or none, shows that the events come from another backup.
  add column event_id uuid;

create table read.projection_build (
  projection  text not null,
  build       integer not null check (build > 0),
  version     integer not null check (version > 0),
  status      text not null check (status in ('building', 'live', 'retired')),
  -- Names within schema read. The first build lives in the tables of the migrations, which are the shape of all others.
  tables      text[] not null,
  store_id    text not null,
  -- How far it came; of the live build, where it was switched: it goes on in projection_checkpoint.
  position    text,
  event_id    uuid,
  recorded_at timestamptz,
  started_at  timestamptz not null default clock_timestamp(),
  updated_at  timestamptz not null default clock_timestamp(),
  primary key (projection, build)
);
create unique index projection_build_live on read.projection_build (projection) where status = 'live';

-- It holds nothing of any municipality, so everybody may read it; it is written as the rows are, under the setting '*'.
alter table read.projection_build enable row level security, force row level security;
create policy reading on read.projection_build for select using (true);

-- The projector makes, switches and drops tables only through these functions, which run with the rights of the owner. A
-- name that they take is one of a build, so that nothing else of the database is within reach.

-- read.stable_name(relation): the name that queries use, without version and build.
create function read.stable_name(relation text) returns text language sql immutable
set search_path = pg_catalog, pg_temp
as $$ select regexp_replace(relation, '_v[0-9]+(_b[0-9]+)?$', '') $$;

-- read.create_build(shape, made): an empty table with the columns of the shape, without index, which only the projector
-- sees. Row-level security comes when it is completed: COPY does not work under it. Not vacuumed while it is filled: there is
-- nothing to remove, and to read it again and again would take as long as a third of the filling.
create function read.create_build(shape text, made text) returns void language plpgsql
security definer set search_path = pg_catalog, pg_temp as $$
begin
  if made !~ '^[a-z][a-z0-9_]*_v[0-9]+_b[0-9]+$' or read.stable_name(made) <> read.stable_name(shape) then
    raise exception 'not a build of %: %', shape, made;
  end if;
  execute format('create table read.%I (like read.%I including all excluding indexes) with (autovacuum_enabled = off)', made, shape);
  execute format('grant select, insert, update, delete, truncate on read.%I to %I', made, session_user);
end
$$;

-- read.key_build(shape, made): the keys of the shape. May be called again.
create function read.key_build(shape text, made text) returns void language plpgsql
security definer set search_path = pg_catalog, pg_temp set maintenance_work_mem = '192MB' as $$
declare
  of_shape constant regclass := format('read.%I', shape);
  of_made  constant regclass := format('read.%I', made);
  key record;
begin
  if made !~ '_v[0-9]+_b[0-9]+$' then raise exception 'not a build: %', made; end if;
  for key in
    select made || substr(conname, length(shape) + 1) as name, pg_get_constraintdef(oid) as definition
      from pg_constraint where conrelid = of_shape and contype in ('p', 'u') order by contype, conname
  loop
    if not exists (select from pg_constraint where conrelid = of_made and conname = key.name) then
      execute format('alter table read.%I add constraint %I %s', made, key.name, key.definition);
    end if;
  end loop;
end
$$;

-- read.complete_build(shape, made): all else that the shape has: indexes, row-level security, policies, grants, settings.
create function read.complete_build(shape text, made text) returns void language plpgsql
security definer set search_path = pg_catalog, pg_temp set maintenance_work_mem = '192MB' as $$
declare
  of_shape constant regclass := format('read.%I', shape);
  security constant pg_class := (select c from pg_class c where c.oid = of_shape);
  part record;
begin
  perform read.key_build(shape, made);
  for part in
    select made || substr(c.relname, length(shape) + 1) as name, i.indisunique,
           substring(pg_get_indexdef(i.indexrelid) from ' USING .*') as definition
      from pg_index i join pg_class c on c.oid = i.indexrelid
     where i.indrelid = of_shape and not exists (select from pg_constraint where conindid = i.indexrelid)
     order by c.relname
  loop
    execute format('create %s index %I on read.%I%s', case when part.indisunique then 'unique' else '' end,
      part.name, made, part.definition);
  end loop;
  execute format('alter table read.%I reset (autovacuum_enabled)', made);
  if security.reloptions is not null then
    execute format('alter table read.%I set (%s)', made, array_to_string(security.reloptions, ', '));
  end if;
  if security.relrowsecurity then execute format('alter table read.%I enable row level security', made); end if;
  if security.relforcerowsecurity then execute format('alter table read.%I force row level security', made); end if;
  for part in
    select p.polname, case when p.polpermissive then 'permissive' else 'restrictive' end as kind,
           case p.polcmd when 'r' then 'select' when 'a' then 'insert' when 'w' then 'update' when 'd' then 'delete'
             else 'all' end as command,
           (select string_agg(case when r = 0 then 'public' else quote_ident(pg_get_userbyid(r)) end, ', ')
              from unnest(p.polroles) r) as roles,
           coalesce(' using (' || pg_get_expr(p.polqual, p.polrelid) || ')', '')
             || coalesce(' with check (' || pg_get_expr(p.polwithcheck, p.polrelid) || ')', '') as condition
      from pg_policy p where p.polrelid = of_shape order by p.polname
  loop
    execute format('create policy %I on read.%I as %s for %s to %s%s',
      part.polname, made, part.kind, part.command, part.roles, part.condition);
  end loop;
  for part in
    select a.privilege_type as privilege, pg_get_userbyid(a.grantee) as role
      from aclexplode(security.relacl) a where a.grantee not in (0, security.relowner)
  loop
    execute format('grant %s on read.%I to %I', part.privilege, made, part.role);
  end loop;
  execute format('analyze read.%I', made);
end
$$;

-- read.switch_view(made): the view of the stable name leads to this table from the end of the transaction on. Where its
-- columns are no longer those of the view it is made anew, with the same grants.
create function read.switch_view(made text) returns void language plpgsql
security definer set search_path = pg_catalog, pg_temp as $$
declare
  stable  constant text := read.stable_name(made);
  of_made constant regclass := format('read.%I', made);
  leads   constant regclass := to_regclass(format('read.%I', stable));
  -- Who may read the table may read the view; so it was when the view was first made.
  acl     aclitem[] := (select relacl from pg_class where oid = coalesce(leads, of_made));
  part record;
begin
  if made !~ '_v[0-9]+(_b[0-9]+)?$' or exists (select from pg_class where oid = leads and relkind <> 'v') then
    raise exception 'not a build: %', made;
  end if;
  if leads is not null and exists (
    select row_number() over (order by attnum), attname, atttypid, atttypmod, attcollation
      from pg_attribute where attrelid = leads and attnum > 0 and not attisdropped
    except
    select row_number() over (order by attnum), attname, atttypid, atttypmod, attcollation
      from pg_attribute where attrelid = of_made and attnum > 0 and not attisdropped
  ) then
    execute format('drop view read.%I', stable);
  end if;
  execute format('create or replace view read.%I with (security_invoker = true) as select * from read.%I', stable, made);
  for part in
    select distinct pg_get_userbyid(a.grantee) as role from aclexplode(acl) a
     where a.privilege_type = 'SELECT' and a.grantee <> 0
       and a.grantee <> (select relowner from pg_class where oid = of_made)
  loop
    execute format('grant select on read.%I to %I', stable, part.role);
  end loop;
end
$$;

-- read.drop_build(made): the tables of the migrations are not dropped by it, they are the shape of builds to come; and a
-- table that a view leads to cannot be.
create function read.drop_build(made text) returns void language plpgsql
security definer set search_path = pg_catalog, pg_temp as $$
begin
  if made !~ '_v[0-9]+_b[0-9]+$' then raise exception 'not a build: %', made; end if;
  execute format('drop table if exists read.%I', made);
end
$$;

revoke all on function read.stable_name(text), read.create_build(text, text), read.key_build(text, text),
  read.complete_build(text, text), read.switch_view(text), read.drop_build(text) from public;

do $$
declare
  service   constant text := current_setting('forlop.service_role');
  projector constant text := current_setting('forlop.projector_role');
begin
  execute format('grant execute on function read.create_build(text, text), read.key_build(text, text),
    read.complete_build(text, text), read.switch_view(text), read.drop_build(text) to %I', projector);
  execute format('grant select on read.projection_build to %I, %I', service, projector);
  execute format('grant insert, update, delete on read.projection_build to %I', projector);
  execute format(
    'create policy writing on read.projection_build to %I
       using (current_setting(''forlop.municipalities'', true) = ''*'')
       with check (current_setting(''forlop.municipalities'', true) = ''*'')',
    projector);
end
$$;
