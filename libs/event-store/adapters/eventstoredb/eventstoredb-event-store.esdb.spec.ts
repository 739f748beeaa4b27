import { afterAll, beforeAll } from '@jest/globals';
import { eventStoreContract } from '../../contract/event-store.contract.js';
import { Opened } from './opened.fixture.js';

let opened: Opened;

beforeAll(async () => {
  opened = await Opened.begin();
});

afterAll(() => opened.close());

eventStoreContract('EventStoreDB, a real server', async () => {
  const url = process.env['EVENTSTORE_URL'];
  if (url === undefined) throw new Error('EVENTSTORE_URL names the server that this suite is run against');
  return opened.open(url, { timeout: 5_000, scanTimeout: 60_000 });
});
