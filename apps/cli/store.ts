import { join } from 'node:path';
import type { Pool } from 'pg';
import { type EventStore, openPostgresEventStore } from '#forlop/event-store';
import { type Config, configurationError } from '#forlop/platform';
import {
  KeyUnreadable,
  loadMasterKey,
  type MasterKey,
  MasterKeyUnusable,
  PostgresKeyStore,
} from '#forlop/privacy';
import { openOnEventStoreDB } from './event-store-db.js';
import { assertUpcasters } from './upcasters.js';

/**
 * The event store that is configured, as one of the roles.
 * @param url of the database, for the service or the projector
 * @throws StartupError 78 where this build could not read all that it may hold
 */
export async function openStore(
  { eventStore }: Pick<Config, 'eventStore'>,
  url: string,
  application: string,
): Promise<EventStore> {
  assertUpcasters();
  if (eventStore !== undefined) return openOnEventStoreDB(eventStore, url, application);
  return openPostgresEventStore({ connectionString: url, application_name: application });
}

/** The configured master key; that of the data folder is made when there is none. */
export async function openMasterKey(config: Config): Promise<MasterKey> {
  try {
    return await loadMasterKey(masterKeyPath(config), { create: config.masterKeyFile === undefined });
  } catch (error) {
    if (!(error instanceof MasterKeyUnusable)) throw error;
    throw configurationError(
      `FORLOP_MASTER_KEY_FILE: ${error.message} Example: FORLOP_MASTER_KEY_FILE=/etc/forlop/master.key`,
    );
  }
}

/**
 * The key store, with the master key that it was made with: another one would make keys that the right one cannot open.
 * @param pool from `keyStorePool`
 * @throws StartupError 78
 */
export async function openKeyStore(
  config: Config,
  pool: Pool,
  masterKey: MasterKey,
): Promise<PostgresKeyStore> {
  const keyStore = new PostgresKeyStore(pool, masterKey);
  await keyStore.checkMasterKey().catch((error: unknown) => {
    if (!(error instanceof KeyUnreadable)) throw error;
    throw configurationError(
      `FORLOP_MASTER_KEY_FILE: ${masterKeyPath(config)} is not the master key that this key store was made with. ` +
        'Put that file back. Example: FORLOP_MASTER_KEY_FILE=/etc/forlop/master.key',
    );
  });
  return keyStore;
}

const masterKeyPath = ({ masterKeyFile, dataDir }: Config): string =>
  masterKeyFile ?? join(dataDir, 'master.key');
