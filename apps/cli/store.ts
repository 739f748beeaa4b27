import { join } from 'node:path';
import { type EventStore, openPostgresEventStore } from '#forlop/event-store';
import { type Config, configurationError } from '#forlop/platform';
import { loadMasterKey, type MasterKey, MasterKeyUnusable } from '#forlop/privacy';

/** The event store as one of the roles. */
export async function openStore(url: string, application: string): Promise<EventStore> {
  return openPostgresEventStore({ connectionString: url, application_name: application });
}

/** The configured master key; that of the data folder is made when there is none. */
export async function openMasterKey(config: Config): Promise<MasterKey> {
  const { masterKeyFile, dataDir } = config;
  try {
    if (masterKeyFile !== undefined) return await loadMasterKey(masterKeyFile);
    return await loadMasterKey(join(dataDir, 'master.key'), { create: true });
  } catch (error) {
    if (!(error instanceof MasterKeyUnusable)) throw error;
    throw configurationError(
      `FORLOP_MASTER_KEY_FILE: ${error.message} Example: FORLOP_MASTER_KEY_FILE=/etc/forlop/master.key`,
    );
  }
}
