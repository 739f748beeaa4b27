import { snapshotMigrations } from '#forlop/command-handling';
import { eventStoreMigrations } from '#forlop/event-store';
import {
  type Config,
  type DatabaseUrls,
  EmbeddedDatabase,
  type EmbeddedOptions,
  type MigrationSets,
  openExternal,
  type StartupError,
} from '#forlop/platform';
import { keyStoreMigrations } from '#forlop/privacy';
import { reactorMigrations } from '#forlop/reactors';
import { readModelMigrations } from '#forlop/read-models';
import { unusableFolder } from './data-folder.js';
import { say } from './output.js';

/** Every table that Forløp has, in the order in which they are made. */
export const MIGRATIONS: MigrationSets = {
  eventStore: eventStoreMigrations,
  readModels: [...readModelMigrations, ...reactorMigrations],
  snapshots: snapshotMigrations,
  keyStore: keyStoreMigrations,
};

/** The databases that a command works with. */
export interface OpenDatabases {
  readonly urls: DatabaseUrls;
  /** What a person calls the place: a folder or a server. */
  readonly place: string;
  /** Settles when an embedded database was lost and did not come back; never for an external one. */
  readonly lost: Promise<StartupError>;
  close(): Promise<void>;
}

/** As of `EmbeddedOptions`; an external database knows no difference. */
type Purpose = EmbeddedOptions['purpose'];

interface Manner {
  /** Says nothing of what it does: for a command whose answer is one line. */
  readonly quiet?: boolean;
}

/** Opens the configured databases: an own PostgreSQL, or the embedded one of the data folder. */
export async function openDatabases(
  config: Config,
  purpose: Purpose,
  { quiet = false }: Manner = {},
): Promise<OpenDatabases> {
  if (config.database.kind === 'external') {
    const urls = await openExternal(config.database);
    const place = new URL(urls.serviceUrl).host;
    return { urls, place, lost: new Promise(() => undefined), close: async () => undefined };
  }
  const { dataDir } = config;
  const told = quiet ? () => undefined : say;
  const embedded = await EmbeddedDatabase.open({ dataDir, purpose, say: told }).catch(
    unusableFolder(dataDir),
  );
  return { urls: embedded.urls, place: embedded.folder, lost: embedded.lost, close: () => embedded.close() };
}

/** Opens, works and closes again, whatever happens. */
export async function withDatabases<T>(
  config: Config,
  purpose: Purpose,
  work: (databases: OpenDatabases) => Promise<T>,
  manner?: Manner,
): Promise<T> {
  const databases = await openDatabases(config, purpose, manner);
  try {
    return await work(databases);
  } finally {
    await databases.close();
  }
}
