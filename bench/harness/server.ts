import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import type { DatabaseUrls, EmbeddedDatabase } from '../../libs/platform/index.js';
import { loadDatabases, loadPlatform } from './service.js';

/** One embedded PostgreSQL, durable as it ships, that ours and the peers share. */
export interface Server {
  /** Of the migrated databases `forlop` and `forlop_keys`, each role its own. */
  readonly urls: DatabaseUrls;
  /** The data folder, as `FORLOP_DATA_DIR` names it. */
  readonly dataDir: string;
  /** The superuser's, at a database of the server. */
  readonly superuserUrl: (database: string) => string;
  /** Makes an empty database for a peer. @returns the superuser's URL there */
  readonly makeDatabase: (name: string) => Promise<string>;
  /** Runs statements as superuser. @returns the rows of the last */
  readonly ask: (statement: string, database?: string) => Promise<Record<string, unknown>[]>;
  /** Everything dirty goes to disk now, so that no turn pays for what another left. */
  readonly settle: () => Promise<void>;
  /** Stops the server; the folder stays. */
  readonly stop: () => Promise<void>;
  /** Stops the server and removes its folder. */
  readonly remove: () => Promise<void>;
}

const quiet = (): void => undefined;

/** Starts the server of a data folder, making and migrating it where it is new. */
export async function startServer(dataDir: string): Promise<Server> {
  const [platform, { MIGRATIONS }] = await Promise.all([loadPlatform(), loadDatabases()]);
  const embedded = await platform.EmbeddedDatabase.open({ dataDir, purpose: 'command', say: quiet });
  await platform.bringUpToDate(embedded.urls, MIGRATIONS);
  return serverOf(dataDir, embedded, await superuserPassword(embedded));
}

async function superuserPassword({ folder }: EmbeddedDatabase): Promise<string> {
  const text = await readFile(join(folder, 'passwords.json'), 'utf8');
  return (JSON.parse(text) as { superuser: string }).superuser;
}

function serverOf(dataDir: string, embedded: EmbeddedDatabase, password: string): Server {
  const superuserUrl = (database: string): string => {
    const url = new URL(embedded.urls.serviceUrl);
    return Object.assign(url, { username: 'postgres', password, pathname: `/${database}` }).href;
  };
  const ask: Server['ask'] = (statement, database = 'postgres') => askAt(superuserUrl(database), statement);
  const stop = (): Promise<void> => embedded.close();
  return {
    urls: embedded.urls,
    dataDir,
    superuserUrl,
    ask,
    stop,
    makeDatabase: async (name) => {
      await ask(`create database ${name}`);
      return superuserUrl(name);
    },
    settle: async () => {
      await ask('checkpoint');
    },
    remove: async () => {
      await stop();
      await rm(embedded.folder, { recursive: true, force: true });
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

async function askAt(url: string, statement: string): Promise<Record<string, unknown>[]> {
  const client = new Client({ connectionString: url, application_name: 'bench' });
  await client.connect();
  try {
    const result = await client.query<Record<string, unknown>>(statement);
    return result.rows;
  } finally {
    await client.end();
  }
}
