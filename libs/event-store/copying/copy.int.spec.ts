import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import type { TestDatabase } from '../../../test/support/database.js';
import { Opened } from '../adapters/eventstoredb/opened.fixture.js';
import { openPostgresEventStore } from '../adapters/postgres/postgres-event-store.js';
import { anEvent } from '../contract/support.fixture.js';
import { connected } from '../contract/postgres.fixture.js';
import type { EventStore } from '../port.js';
import { copyStore } from './copy.js';
import type { CopyTarget } from './ends.js';
import { Stores } from './stores.fixture.js';
import { aSmallWorld } from './world.fixture.js';

const CASES = 12;
const EVENTS = CASES * 9;

const stores = new Stores();
const { aDatabase, aServer, postgres, eventStoreDB, serviceOn } = stores;
let opened: Opened;
let source: TestDatabase;
let first: EventStore;
let commandIds: string[];

beforeAll(async () => {
  opened = await Opened.begin();
  source = await aDatabase();
  first = await openPostgresEventStore({ connectionString: source.serviceUrl });
  ({ commandIds } = await aSmallWorld(first, CASES));
});
afterEach(() => stores.closeOpened());
afterAll(async () => {
  await first.close();
  await opened.close();
  await stores.close();
});

/** All events without what the store gives. */
async function contentOf(store: EventStore): Promise<object[]> {
  const { events } = await store.readAll(null, 10_000);
  return events.map(({ position: _, ...kept }) => kept);
}

describe('a store copy', () => {
  it.each([
    ['PostgreSQL', async () => postgres(await aDatabase()), /^pg:/],
    ['EventStoreDB', async () => eventStoreDB(await aServer()), /^esdb:/],
  ])('to %s keeps order, ids, bytes and times, and says so by count and digest', async (_, target, kind) => {
    const copied = await copyStore(await postgres(source), await target(), { pageSize: 20 });
    expect(copied).toMatchObject({ events: EVENTS, copied: EVENTS, found: 0, sourceMovedOn: false });
    expect(copied.position).toBe(await first.head());
    expect(copied.targetPosition).toMatch(kind);
  });

  it('there and back gives the same digest, events, commands and places', async () => {
    const [server, back] = [await aServer(), await aDatabase()];
    const there = await copyStore(await postgres(source), await eventStoreDB(server));
    const again = await copyStore(await eventStoreDB(server), await postgres(back));
    expect(again.digest).toBe(there.digest);

    const second = await opened.open(server.url);
    const third = await serviceOn(back);
    const [a, b, c] = [await contentOf(first), await contentOf(second), await contentOf(third)];
    expect(b).toEqual(a);
    expect(c).toEqual(a);
    for (const commandId of commandIds) {
      const ids = (await first.readCommand(commandId)).map(({ eventId }) => eventId);
      expect((await second.readCommand(commandId)).map(({ eventId }) => eventId)).toEqual(ids);
      expect((await third.readCommand(commandId)).map(({ eventId }) => eventId)).toEqual(ids);
    }
    for (const store of [second, third]) {
      const { events } = await store.readAll(null, 10_000);
      const origins = await store.originsOf(events);
      const places = events.map(({ position }) => origins.get(position));
      expect(places).toEqual(
        (await first.readAll(null, 10_000)).events.map(({ position }) => ({
          storeId: first.storeId,
          position,
        })),
      );
    }
  });

  it('is a store that goes on: appends follow, repeats are recognised, and no time goes backwards', async () => {
    const [server, database] = [await aServer(), await aDatabase()];
    await copyStore(await postgres(source), await eventStoreDB(server));
    await copyStore(await postgres(source), await postgres(database));
    for (const store of [await opened.open(server.url), await serviceOn(database)]) {
      const { events } = await store.readAll(null, 10_000);
      const last = events.at(-1);
      const stream = await store.readStream(last?.streamId ?? '');
      const repeated = stream.map(({ eventId, type, schemaVersion, payload, metadata }) => ({
        eventId,
        type,
        schemaVersion,
        payload,
        metadata,
      }));
      const { positions } = await store.append(last?.streamId ?? '', repeated.slice(0, 3), 'noStream');
      expect(positions).toEqual(stream.slice(0, 3).map((event) => event.position));
      const { position } = await store.append(last?.streamId ?? '', [anEvent()], stream.length - 1);
      const appended = await store.readAt(position);
      expect(String(appended?.recordedAt) >= String(last?.recordedAt)).toBe(true);
      expect(appended && (await store.originsOf([appended])).size).toBe(0);
    }
  });
});

describe('a store copy back to where the events came from', () => {
  it('brings what came since, and nothing once that store has gone on by itself', async () => {
    const [home, server] = [await aDatabase(), await aServer()];
    const [before, away] = [await serviceOn(home), await opened.open(server.url)];
    await aSmallWorld(before, 1);
    await copyStore(await postgres(home), await eventStoreDB(server));
    await aSmallWorld(away, 1);
    const back = await copyStore(await eventStoreDB(server), await postgres(home));
    expect(back).toMatchObject({ events: 18, found: 9, copied: 9 });
    expect(await contentOf(before)).toEqual(await contentOf(away));
    const { events } = await before.readAll(null, 100);
    expect((await before.originsOf(events)).size).toBe(9);

    await before.append('childcase-x', [anEvent()], 'noStream');
    const again = copyStore(await eventStoreDB(server), await postgres(home));
    await expect(again).rejects.toMatchObject({ reason: 'ahead' });
  });
});

describe('a store copy that was broken off', () => {
  it.each([
    [
      'PostgreSQL',
      async () =>
        (
          (database) => () =>
            postgres(database)
        )(await aDatabase()),
    ],
    [
      'EventStoreDB',
      async () =>
        (
          (server) => () =>
            eventStoreDB(server)
        )(await aServer()),
    ],
  ])('goes on where it was, in %s, and takes what came meanwhile', async (_, place) => {
    const again = await aDatabase();
    const store = await serviceOn(again);
    await aSmallWorld(store, 3);
    const target = await place();
    const stop = new AbortController();
    const broken = copyStore(await postgres(again), await target(), {
      pageSize: 7,
      signal: stop.signal,
      onProgress: ({ done }) => {
        if (done >= 14) stop.abort();
      },
    });
    await expect(broken).rejects.toThrow();

    await aSmallWorld(store, 1);
    const whole = await copyStore(await postgres(again), await target(), { pageSize: 5 });
    expect(whole).toMatchObject({ events: 36, found: 14, copied: 22 });
    expect(await copyStore(await postgres(again), await target())).toMatchObject({ found: 36, copied: 0 });
  });

  it('by the target’s going away is tried again, and nothing comes twice or out of order', async () => {
    const server = await aServer();
    const target = await eventStoreDB(server);
    server.faults.breaksAfterStoring = 2;
    const copied = await copyStore(await postgres(source), target, {
      pageSize: 30,
      retryAfter: 10,
    });
    expect(copied).toMatchObject({ events: EVENTS, copied: EVENTS });
  });

  it('takes what comes while it reads, and says when the source has taken more since', async () => {
    const busy = await aDatabase();
    const store = await serviceOn(busy);
    await aSmallWorld(store, 1);
    const end = await postgres(busy);
    /** Something is appended before each time that the end is asked for. */
    const moving = {
      storeId: end.storeId,
      reader: () => end.reader(),
      extent: (position: string | undefined) => end.extent(position),
      close: () => end.close(),
      head: async () => {
        await store.append(`childcase-${randomUUID()}`, [anEvent()], 'noStream');
        return end.head();
      },
    };
    const target = await aDatabase();
    const copied = await copyStore(moving, await postgres(target));
    expect(copied).toMatchObject({ events: 10, sourceMovedOn: true });
    expect(await copyStore(end, await postgres(target))).toMatchObject({
      found: 10,
      copied: 1,
      sourceMovedOn: false,
    });
  });
});

describe('a store copy is refused', () => {
  it('to the same store', async () => {
    const copying = copyStore(await postgres(source), await postgres(source));
    await expect(copying).rejects.toMatchObject({ name: 'CopyRefused', reason: 'same-store' });
  });

  const onPostgres = async () => {
    const database = await aDatabase();
    return { target: () => postgres(database), service: () => serviceOn(database) };
  };
  const onEventStoreDB = async () => {
    const server = await aServer();
    return { target: () => eventStoreDB(server), service: () => opened.open(server.url) };
  };
  type Held = { readonly target: () => Promise<CopyTarget>; readonly service: () => Promise<EventStore> };
  const kinds: [string, () => Promise<Held>][] = [
    ['PostgreSQL', onPostgres],
    ['EventStoreDB', onEventStoreDB],
  ];

  it.each(kinds)('to a %s that holds something else', async (_, place) => {
    const { target, service } = await place();
    const store = await service();
    await store.append('childcase-x', [anEvent()], 'noStream');
    const other = await postgres(source);
    await expect(copyStore(other, await target())).rejects.toMatchObject({ reason: 'differs' });
    expect(await store.countAfter(null)).toBe(1);
  });

  it('once the target has gone on by itself', async () => {
    const database = await aDatabase();
    await copyStore(await postgres(source), await postgres(database));
    await (await serviceOn(database)).append('childcase-x', [anEvent()], 'noStream');
    const copying = copyStore(await postgres(source), await postgres(database));
    await expect(copying).rejects.toMatchObject({ reason: 'ahead' });
  });

  it('while somebody else appends to the target', async () => {
    const database = await aDatabase();
    const store = await serviceOn(database);
    let isFirst = true;
    const target = await postgres(database);
    const disturbed: CopyTarget = {
      storeId: target.storeId,
      reader: () => target.reader(),
      head: () => target.head(),
      extent: (position) => target.extent(position),
      close: () => target.close(),
      import: async (events, after) => {
        if (isFirst) await store.append('childcase-x', [anEvent()], 'noStream');
        isFirst = false;
        await target.import(events, after);
      },
    };
    await expect(copyStore(await postgres(source), disturbed)).rejects.toMatchObject({ reason: 'changed' });
    expect(await store.countAfter(null)).toBe(1);
  });

  it('from a source with an event whose bytes are not those that were hashed', async () => {
    const database = await aDatabase();
    const client = await connected(database.serviceUrl);
    await client.query(
      `select * from events.append_one('childcase-x', $1, -1, $2, 'ThingHappened', 1, '{}', '{}', 'none', null)`,
      [randomUUID(), randomUUID()],
    );
    await client.end();
    const copying = copyStore(await postgres(database), await postgres(await aDatabase()));
    await expect(copying).rejects.toMatchObject({ reason: 'damaged' });
  });

  it('to the service’s own role, which cannot write with times of its choice', async () => {
    const database = await aDatabase();
    const target = await postgres(database, database.serviceUrl);
    await expect(copyStore(await postgres(source), target)).rejects.toMatchObject({ code: '42501' });
  });
});
