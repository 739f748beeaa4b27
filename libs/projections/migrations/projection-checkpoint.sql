-- How far each projection has come. No parameters; the roles are named by the settings forlop.service_role and
-- forlop.projector_role of the migrating connection.
create schema if not exists read;

create table read.projection_checkpoint (
  projection     text primary key,
  version        integer not null check (version > 0),
  store_id       text not null,
  position       text,
  recorded_at    timestamptz,
  updated_at     timestamptz not null default clock_timestamp(),
  status         text not null check (status in ('running', 'rebuilding', 'failed')),
  error          text,
  error_position text
);

-- It holds nothing of any municipality, so everybody may read it; it is written as the rows are, under the setting '*'.
alter table read.projection_checkpoint enable row level security, force row level security;
create policy reading on read.projection_checkpoint for select using (true);

do $$
declare
  service   constant text := current_setting('forlop.service_role');
  projector constant text := current_setting('forlop.projector_role');
begin
  execute format('grant usage on schema read to %I, %I', service, projector);
  execute format('grant select on read.projection_checkpoint to %I, %I', service, projector);
  execute format('grant insert, update, delete on read.projection_checkpoint to %I', projector);
  execute format(
    'create policy writing on read.projection_checkpoint to %I
       using (current_setting(''forlop.municipalities'', true) = ''*'')
       with check (current_setting(''forlop.municipalities'', true) = ''*'')',
    projector);
end
$$;
