import { eventIndexMigrations } from './adapters/eventstoredb/index-migrations/event-index-migrations.js';
import { eventStoreMigrations as postgresMigrations } from './adapters/postgres/migrations/event-store-migrations.js';

export {
  openEventStoreDB,
  type EventStoreDBEventStore,
  type EventStoreDBTimes,
} from './adapters/eventstoredb/eventstoredb-event-store.js';
export { openEventStoreDBForCopy } from './adapters/eventstoredb/copying.js';
export { PostgresEventIndex } from './adapters/eventstoredb/postgres-event-index.js';
export { InvalidEventStoreUrl, type EventStoreDBOptions } from './adapters/eventstoredb/settings.js';
export { MemoryEventStore } from './adapters/memory/memory-event-store.js';
export { openPostgresForCopy } from './adapters/postgres/copying.js';
export {
  openPostgresEventStore,
  type PostgresEventStoreOptions,
} from './adapters/postgres/postgres-event-store.js';
export {
  AppendTooLarge,
  ForeignPosition,
  InvalidAppend,
  StoreUnavailable,
  UnreadableEvent,
  WrongExpectedRevision,
  type InvalidAppendReason,
} from './errors.js';
export { copyStore, type CopyOptions, type StoreCopy } from './copying/copy.js';
export { CopyRefused, type CopyRefusal } from './copying/errors.js';
export type { CopySource, CopyTarget, KeptEvent } from './copying/ends.js';
export { eventHash } from './hash.js';
export { MAX_APPEND_BYTES, MAX_EVENT_BYTES } from './limits.js';
export type {
  Appended,
  BatchHandler,
  EventFilter,
  EventPage,
  EventStore,
  EventToAppend,
  ExpectedRevision,
  Origin,
  Position,
  ReadStreamOptions,
  StoredEvent,
  SubscribeOptions,
} from './port.js';
export { comparePositions, isPosition, isSameKind } from './positions.js';

/** Of the database of DATABASE_URL: the events where they are kept in PostgreSQL, and the index where they are not. */
export const eventStoreMigrations = [...postgresMigrations, ...eventIndexMigrations];
