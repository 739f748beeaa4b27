export { MemoryEventStore } from './adapters/memory/memory-event-store.js';
export { eventStoreMigrations } from './adapters/postgres/migrations/event-store-migrations.js';
export {
  openPostgresEventStore,
  type PostgresEventStoreOptions,
} from './adapters/postgres/postgres-event-store.js';
export {
  AppendTooLarge,
  ForeignPosition,
  InvalidAppend,
  StoreUnavailable,
  WrongExpectedRevision,
  type InvalidAppendReason,
} from './errors.js';
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
  Position,
  ReadStreamOptions,
  StoredEvent,
  SubscribeOptions,
} from './port.js';
export { comparePositions, isPosition } from './positions.js';
