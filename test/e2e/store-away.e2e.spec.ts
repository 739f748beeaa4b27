import { afterAll } from '@jest/globals';
import { FakeEventStoreDB } from '../eventstoredb/fake-server.js';
import { storeAwaySuite } from '../eventstoredb/store-away.js';

const servers: FakeEventStoreDB[] = [];
afterAll(async () => {
  for (const server of servers) await server.down();
});

storeAwaySuite('a fake server that is shut down', async () => {
  const server = await FakeEventStoreDB.start();
  servers.push(server);
  return { url: server.url, away: () => server.down(), back: () => server.up() };
});
