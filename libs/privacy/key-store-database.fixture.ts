import { randomBytes } from 'node:crypto';
import { Client, type Pool, type QueryResultRow } from 'pg';
import { createTestDatabase, testServerUrl } from '../../test/support/database.js';
import { keyStorePool } from './database.js';
import { MasterKey } from './master-key.js';
import { PostgresBlindIndex } from './postgres-blind-index.js';
import { PostgresKeyStore } from './postgres-key-store.js';

/** A key store as one process of several has it: connections of its own, the master key of all. */
export interface KeyStoreProcess {
  readonly pool: Pool;
  readonly keys: PostgresKeyStore;
  readonly index: PostgresBlindIndex;
}

/** A throw-away database with the tables of the key store. */
export interface KeyStoreDatabase {
  readonly url: string;
  readonly serviceUrl: string;
  readonly masterKey: MasterKey;
  process(masterKey?: MasterKey): KeyStoreProcess;
  /** As the superuser of the server, who may read the files of the tables. */
  asSuperuser<Row extends QueryResultRow>(sql: string, values?: unknown[]): Promise<Row[]>;
  drop(): Promise<void>;
}

export async function createKeyStoreDatabase(): Promise<KeyStoreDatabase> {
  const database = await createTestDatabase();
  const masterKey = new MasterKey(randomBytes(32));
  const broken: Error[] = [];
  const pools: Pool[] = [];
  return {
    url: database.keystoreUrl,
    serviceUrl: database.serviceUrl,
    masterKey,
    process(key = masterKey) {
      const pool = keyStorePool(database.keystoreUrl, (error) => broken.push(error));
      pools.push(pool);
      return { pool, keys: new PostgresKeyStore(pool, key), index: new PostgresBlindIndex(pool) };
    },
    async asSuperuser<Row extends QueryResultRow>(sql: string, values: unknown[] = []) {
      const url = new URL(testServerUrl());
      url.pathname = new URL(database.keystoreUrl).pathname;
      const client = new Client({ connectionString: url.href });
      await client.connect();
      try {
        return (await client.query<Row>(sql, values)).rows;
      } finally {
        await client.end();
      }
    },
    async drop() {
      await Promise.all(pools.map((pool) => pool.end()));
      await database.drop();
    },
  };
}
