-- What EventStoreDB has no index for: which events a command gave, and how many there are up to a position. Made from the
-- events of the store and no more than they say; may be emptied at any time; empty where events are kept in PostgreSQL.
-- Run by the owner, without parameters.

create schema event_index;

create table event_index.standing (
  only_row boolean primary key default true check (only_row),
  store_id uuid not null,
  position text collate "C" not null,
  events bigint not null,
  event_id text
);
comment on table event_index.standing is 'How far the index has come, in which store; event_id is of the event at the position.';

create table event_index.command_run (
  command_id uuid not null,
  stream text collate "C" not null,
  first_revision integer not null,
  last_revision integer not null,
  primary key (command_id, stream, first_revision)
);
comment on table event_index.command_run is 'Events of one command that follow each other in a stream.';

create table event_index.mark (
  position text collate "C" primary key,
  events bigint not null
);
comment on table event_index.mark is 'Number of events up to and with a position, for one position in five hundred.';
