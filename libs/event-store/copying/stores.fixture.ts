import { FakeEventStoreDB } from '../../../test/eventstoredb/fake-server.js';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.js';
import { openEventStoreDBForCopy } from '../adapters/eventstoredb/copying.js';
import { openPostgresForCopy } from '../adapters/postgres/copying.js';
import { openPostgresEventStore } from '../adapters/postgres/postgres-event-store.js';
import { connected } from '../contract/postgres.fixture.js';
import type { EventStore } from '../port.js';
import type { CopyTarget } from './ends.js';

/** Databases and servers of one test file, and what is opened on them in one test. */
export class Stores {
  private readonly databases: TestDatabase[] = [];
  private readonly servers: FakeEventStoreDB[] = [];
  private readonly opened: { close(): Promise<void> }[] = [];

  readonly aDatabase = async (): Promise<TestDatabase> => {
    const database = await createTestDatabase();
    this.databases.push(database);
    // All test databases are copies of one template, and to be told apart.
    const client = await connected(database.ownerUrl);
    await client.query('update events.store set store_id = gen_random_uuid()');
    await client.end();
    return database;
  };

  readonly aServer = async (): Promise<FakeEventStoreDB> => {
    const server = await FakeEventStoreDB.start();
    this.servers.push(server);
    return server;
  };

  readonly postgres = async (database: TestDatabase, url = database.ownerUrl): Promise<CopyTarget> =>
    this.kept(await openPostgresForCopy(url));

  readonly eventStoreDB = async (server: FakeEventStoreDB): Promise<CopyTarget> =>
    this.kept(await openEventStoreDBForCopy({ url: server.url }));

  readonly serviceOn = async (database: TestDatabase): Promise<EventStore> =>
    this.kept(await openPostgresEventStore({ connectionString: database.serviceUrl }));

  async closeOpened(): Promise<void> {
    for (const end of this.opened.splice(0)) await end.close();
  }

  async close(): Promise<void> {
    await this.closeOpened();
    for (const server of this.servers) await server.down();
    for (const database of this.databases) await database.drop();
  }

  private kept<End extends { close(): Promise<void> }>(end: End): End {
    this.opened.push(end);
    return end;
  }
}
