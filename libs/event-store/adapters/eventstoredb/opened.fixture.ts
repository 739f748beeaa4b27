import { Client, Pool } from 'pg';
import { createTestDatabase, testServerUrl, type TestDatabase } from '../../../../test/support/database.js';
import {
  openEventStoreDB,
  type EventStoreDBEventStore,
  type EventStoreDBTimes,
} from './eventstoredb-event-store.js';
import { PostgresEventIndex } from './postgres-event-index.js';

/** Short enough that a test of what takes long does not. */
export const SHORT: EventStoreDBTimes = {
  timeout: 2_000,
  scanTimeout: 2_000,
  pollEvery: 200,
  watchEvery: 300,
  reopenAfter: 20,
  indexEvery: 50,
};

/** A database for the index, and stores that use it. */
export class Opened {
  private readonly stores: EventStoreDBEventStore[] = [];

  private constructor(
    readonly database: TestDatabase,
    private readonly pool: Pool,
    readonly index: PostgresEventIndex,
  ) {}

  static async begin(): Promise<Opened> {
    const database = await createTestDatabase();
    const pool = new Pool({ connectionString: database.serviceUrl });
    pool.on('error', () => undefined);
    return new Opened(database, pool, new PostgresEventIndex(pool));
  }

  async open(url: string, times: EventStoreDBTimes = {}): Promise<EventStoreDBEventStore> {
    const store = await openEventStoreDB({ url }, this.index, { ...SHORT, ...times });
    this.stores.push(store);
    return store;
  }

  /** Runs a statement in the database as one who may do anything. */
  async superuser(statement: string): Promise<void> {
    const url = new URL(testServerUrl());
    url.pathname = new URL(this.database.serviceUrl).pathname;
    const client = new Client({ connectionString: url.href });
    await client.connect();
    await client.query(statement);
    await client.end();
  }

  async closeStores(): Promise<void> {
    for (const store of this.stores.splice(0)) await store.close();
  }

  async close(): Promise<void> {
    await this.closeStores();
    await this.pool.end();
    await this.database.drop();
  }
}
