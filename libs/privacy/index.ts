export type { IdentifierKind } from '#forlop/domain';
export { keyStorePool } from './database.js';
export {
  KeyMissing,
  KeyStoreUnavailable,
  KeyUnreadable,
  MasterKeyUnusable,
  SealBroken,
  SubjectShredded,
} from './errors.js';
export { checkIdentifier, looksLikeIdentityNumber, type CheckedIdentifier } from './identifiers.js';
export type { BlindIndex, DataKey, Destruction, KeyStore, Reservation } from './key-store.js';
export { loadMasterKey } from './master-key-file.js';
export { MasterKey } from './master-key.js';
export { MemoryKeyStore } from './memory-key-store.js';
export { keyStoreMigrations } from './migrations/key-store-migrations.js';
export { PostgresBlindIndex } from './postgres-blind-index.js';
export { PostgresKeyStore } from './postgres-key-store.js';
export {
  KeyInHand,
  Sealer,
  type EventIdentity,
  type EventToSeal,
  type SealedEvent,
  type StateIdentity,
  type StateToSeal,
} from './sealing.js';
