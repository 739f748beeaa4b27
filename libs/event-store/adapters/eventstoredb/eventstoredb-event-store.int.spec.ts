import { afterAll, beforeAll } from '@jest/globals';
import { FakeEventStoreDB } from '../../../../test/eventstoredb/fake-server.js';
import { eventStoreContract } from '../../contract/event-store.contract.js';
import { Opened } from './opened.fixture.js';

let server: FakeEventStoreDB;
let opened: Opened;

beforeAll(async () => {
  server = await FakeEventStoreDB.start();
  opened = await Opened.begin();
});

afterAll(async () => {
  await opened.close();
  await server.down();
});

eventStoreContract('EventStoreDB, over the wire', () => opened.open(server.url));
