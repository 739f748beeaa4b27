import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { status } from '@grpc/grpc-js';
import { FakeEventStoreDB } from '../../../../test/eventstoredb/fake-server.js';
import { serviceError } from '../../../../test/eventstoredb/fake-messages.js';
import { aStream, Collector, idsOf, someEvents } from '../../contract/support.fixture.js';
import { StoreUnavailable } from '../../errors.js';
import { Opened } from './opened.fixture.js';

const QUICK = { timeout: 1_000 };

let server: FakeEventStoreDB;
let opened: Opened;

beforeAll(async () => {
  opened = await Opened.begin();
});

afterAll(() => opened.close());

beforeEach(async () => {
  server = await FakeEventStoreDB.start();
});

afterEach(async () => {
  await opened.closeStores();
  await server.down();
});

describe('a cluster', () => {
  it('is followed to its new leader, by one that knows all nodes', async () => {
    const other = await FakeEventStoreDB.start(server.log);
    [server.peers, other.peers] = [[other], [server]];
    other.leader = server;
    const store = await opened.open(`esdb://${server.host},${other.host}?tls=false`);
    await store.append(aStream(), someEvents(1), 'noStream');
    [server.leader, other.leader] = [other, undefined];

    const stream = aStream();
    await store.append(stream, someEvents(2), 'noStream');
    expect(await store.readStream(stream)).toHaveLength(2);
    await other.down();
  });

  it('is followed to its new leader, by one that knows the old one only', async () => {
    const other = await FakeEventStoreDB.start(server.log);
    const store = await opened.open(server.url);
    await store.append(aStream(), someEvents(1), 'noStream');
    server.leader = other;

    await expect(store.append(aStream(), someEvents(1), 'any')).resolves.toMatchObject({ revision: 0 });
    await expect(store.append(aStream(), someEvents(1), 'noStream')).resolves.toMatchObject({ revision: 0 });
    await other.down();
  });

  it('without any node that answers is away, and no unheard rejection ends the process', async () => {
    const store = await opened.open(
      `esdb://${server.host},${server.host}?tls=false&maxDiscoverAttempts=1`,
      QUICK,
    );
    await server.down();
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) =>
        index % 2 === 0 ? store.append(aStream(), someEvents(1), 'noStream') : store.readStream(aStream()),
      ),
    );

    for (const result of results) {
      expect(result.status === 'rejected' && result.reason).toBeInstanceOf(StoreUnavailable);
    }
    await server.up();
  });
});

describe('a read', () => {
  it('of a server that is slow, but not silent, is waited for', async () => {
    const store = await opened.open(server.url, QUICK);
    const stream = aStream();
    await store.append(stream, someEvents(40), 'noStream');
    server.faults.slow = 10;

    expect(await store.readStream(stream)).toHaveLength(40);
  });

  it('that is not answered is given up', async () => {
    const store = await opened.open(server.url, { ...QUICK, scanTimeout: 1_000 });
    server.faults.deafReads = 1;
    await expect(store.readStream(aStream())).rejects.toThrow(StoreUnavailable);
    server.faults.deafReads = 1;
    await expect(store.head()).rejects.toThrow(StoreUnavailable);
  });
});

describe('a store that is away for a while', () => {
  it('answers so at once, and everything catches up by itself when it is back', async () => {
    const store = await opened.open(server.url, QUICK);
    const prefix = aStream('away');
    const stop = new AbortController();
    const collector = new Collector();
    const options = { filter: { streamPrefixes: [prefix] }, signal: stop.signal };
    const subscription = store.subscribe(null, collector.handle, options);
    const appends = Array.from({ length: 20 }, (_, index) => ({
      stream: `${prefix}-${index}`,
      events: someEvents(2),
    }));
    const append = ({ stream, events }: (typeof appends)[number]) => store.append(stream, events, 'noStream');
    for (const one of appends.slice(0, 10)) await append(one);
    await collector.until(20);

    await server.down();
    for (const one of appends.slice(10, 13)) await expect(append(one)).rejects.toThrow(StoreUnavailable);
    await expect(store.head()).rejects.toThrow(StoreUnavailable);
    await server.up();
    for (const one of appends.slice(10)) await untilBack(() => append(one));
    await collector.until(40);
    stop.abort();
    await subscription;

    expect(collector.ids).toEqual(appends.flatMap(({ events }) => idsOf(events)));
    expect(await store.countAfter(null)).toBe(40);
  });

  it('loses and doubles nothing that it acknowledged while its connections break', async () => {
    const store = await opened.open(server.url, QUICK);
    const prefix = aStream('cut');
    const acknowledged: string[] = [];
    const write = async (index: number): Promise<void> => {
      const [stream, events] = [`${prefix}-${index}`, someEvents(1)];
      await untilBack(() => store.append(stream, events, 'noStream'));
      acknowledged.push(...idsOf(events));
      if (index % 25 === 0) server.cut();
    };
    const numbers = Array.from({ length: 200 }, (_, index) => index).values();
    await Promise.all(
      Array.from({ length: 8 }, async () => {
        for (const index of numbers) await write(index);
      }),
    );
    const { events } = await store.readAll(null, 1_000, { streamPrefixes: [prefix] });

    expect(idsOf(events).sort()).toEqual(acknowledged.sort());
    expect(await store.countAfter(null)).toBe(200);
  });
});

describe('access', () => {
  it('that is denied is told by its kind', async () => {
    server.faults.refusal = serviceError(status.PERMISSION_DENIED, 'Access Denied', {
      exception: 'access-denied',
    });
    server.faults.refusals = 1;
    const error: unknown = await opened.open(server.url).catch((thrown: unknown) => thrown);

    expect(error).toMatchObject({ name: 'StoreUnavailable', cause: { kind: 'access-denied' } });
  });
});

/** Repeats what may be repeated until the store is back; the store's own pauses are between the tries. */
async function untilBack<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 0; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof StoreUnavailable) || tries > 50) throw error;
    }
  }
}
