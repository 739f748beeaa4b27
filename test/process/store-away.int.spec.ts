import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openPostgresEventStore } from '#forlop/event-store';
import { EmbeddedDatabase } from '#forlop/platform';
import { Client } from '../e2e/support/client.js';
import { CommandLoad } from '../support/command-load.js';
import {
  forlop,
  killAll,
  killIfThere,
  removeFolder,
  serve,
  serversOf,
  temporaryFolder,
  untilStatus,
} from './service.js';

const LONGEST = 10_000;

describe('a database that is killed under load', () => {
  let folder = '';
  let service: Awaited<ReturnType<typeof serve>>;
  let clerk: Client;

  beforeAll(async () => {
    folder = await temporaryFolder('closed');
    const minted = forlop(folder, ['token', '--role', 'SAKSBEHANDLER', '--municipality', '3401']);
    await minted.ended;
    service = await serve(folder);
    clerk = new Client(service.address, minted.output().trim());
  });
  afterAll(async () => {
    await killAll(folder);
    await removeFolder(folder);
  });

  it('loses no acknowledged event and doubles none, and what was refused said when to come again', async () => {
    const load = new CommandLoad(clerk);
    for (let kills = 1; kills <= 2; kills += 1) {
      await load.more('acknowledged', 40);
      const [server] = await serversOf(folder);
      if (server === undefined) throw new Error('no database runs');
      killIfThere(server);
      await load.more('refused', 8);
      // Events and read models are on the one server: reads are away with it, and what needs neither is not.
      expect((await clerk.get('/codes')).status).toBe(200);
      const read = await clerk.get('/cases');
      expect([200, 503]).toContain(read.status);
      await load.more('acknowledged', 8);
      expect(await untilStatus(`${service.address}/health/ready`, 200, LONGEST)).toBeLessThan(LONGEST);
    }
    const acknowledged = await load.end();

    for (const { status, kode, retryAfter } of load.refused) {
      expect([status, kode]).toEqual([503, 'store-unavailable']);
      expect(retryAfter).toMatch(/^\d+$/);
    }
    expect(acknowledged.some(({ sent }) => sent > 1)).toBe(true);
    const last = acknowledged
      .map(({ position }) => position)
      .sort()
      .at(-1);
    expect((await clerk.seen('/cases', last)).status).toBe(200);
    await expectEachOnce(folder, acknowledged);
  });
});

async function expectEachOnce(
  folder: string,
  acknowledged: readonly { streamId: string; eventId: string; personId: string }[],
): Promise<void> {
  const database = await EmbeddedDatabase.open({ dataDir: folder, purpose: 'command', say: () => undefined });
  const store = await openPostgresEventStore({ connectionString: database.urls.serviceUrl });
  const stored = await Promise.all(acknowledged.map(({ streamId }) => store.readStream(streamId)));
  const { events } = await store.readAll(null, 100_000, { types: ['PersonRegistered'] });
  await store.close();
  await database.close();
  expect(stored.map((stream) => stream.map(({ eventId }) => eventId))).toEqual(
    acknowledged.map(({ eventId }) => [eventId]),
  );
  expect(new Set(acknowledged.map(({ personId }) => personId)).size).toBe(acknowledged.length);
  // Nothing half done either: every person of the store is one that a writer was told of.
  expect(events).toHaveLength(acknowledged.length);
}
