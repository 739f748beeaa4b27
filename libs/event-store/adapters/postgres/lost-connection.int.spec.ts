import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { StoreUnavailable } from '../../errors.js';
import { appendDirectly, connected, untilWaiting, Wire } from '../../contract/postgres.fixture.js';
import { aStream, Collector, idsOf, someEvents } from '../../contract/support.fixture.js';
import type { EventStore } from '../../port.js';
import { openPostgresEventStore } from './postgres-event-store.js';

const POLL_NEVER = 3_600_000;

describe('the PostgreSQL store when connections are lost', () => {
  let database: TestDatabase;
  let wire: Wire;
  let store: EventStore;
  let direct: Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    direct = await connected(database.serviceUrl);
  });

  afterAll(async () => {
    await direct.end();
    await database.drop();
  });

  beforeEach(async () => {
    wire = await Wire.to(database.serviceUrl);
    store = await openPostgresEventStore({ connectionString: wire.url });
  });

  afterEach(async () => {
    await store.close();
    await wire.close();
  });

  it.each(['noStream', 'any'] as const)(
    'learns that an append at %s is stored whose answer was lost',
    async (expected) => {
      const stream = aStream();
      const events = someEvents(3);
      wire.losesAnswerTo = 'append_batch';
      const appended = await store.append(stream, events, expected);

      const stored = await store.readStream(stream);
      expect(idsOf(stored)).toEqual(idsOf(events));
      expect(appended).toEqual({
        revision: 2,
        position: stored[2]?.position,
        positions: stored.map(({ position }) => position),
        repeated: true,
      });
    },
  );

  it('learns it of an append at a revision, for each append of the batch', async () => {
    const stream = aStream();
    await store.append(stream, someEvents(2), 'noStream');
    wire.losesAnswerTo = 'append_batch';
    const batch = [
      store.append(stream, someEvents(1), 1),
      store.append(aStream(), someEvents(2), 'noStream'),
    ];

    expect(await Promise.all(batch)).toMatchObject([{ revision: 2 }, { revision: 1 }]);
  });

  it('is unavailable while it cannot be reached, and itself again afterwards', async () => {
    const stream = aStream();
    await store.append(stream, someEvents(1), 'noStream');
    const port = Number(new URL(wire.url).port);
    await wire.close();

    await expect(store.append(stream, someEvents(1), 0)).rejects.toThrow(StoreUnavailable);
    await expect(store.readStream(stream)).rejects.toThrow(StoreUnavailable);
    await expect(store.head()).rejects.toThrow(StoreUnavailable);

    wire = await Wire.to(database.serviceUrl, port);
    expect(await store.append(stream, someEvents(1), 0)).toMatchObject({ revision: 1, repeated: false });
  });

  it('cannot be opened where no server is', async () => {
    const nowhere = { connectionString: 'postgres://nobody@127.0.0.1:1/nothing' };

    await expect(openPostgresEventStore(nowhere)).rejects.toThrow(StoreUnavailable);
  });

  it('gives up an append that must wait too long; repeating it stores it once', async () => {
    const hasty = await openPostgresEventStore({ connectionString: database.serviceUrl }, { timeout: 200 });
    const stream = aStream();
    const events = someEvents(2);
    await direct.query('begin');
    await appendDirectly(direct, aStream());
    await expect(hasty.append(stream, events, 'noStream')).rejects.toThrow(StoreUnavailable);
    const repeat = store.append(stream, events, 'noStream');
    await untilWaiting(direct, 2);
    await direct.query('commit');

    expect(await repeat).toMatchObject({ revision: 1, repeated: true });
    expect(await store.readStream(stream)).toHaveLength(2);
    await hasty.close();
  });

  it('does not let an append wait in the server for ever', async () => {
    const owner = await connected(database.ownerUrl);
    const set = (value: string): Promise<unknown> =>
      owner.query(
        `do $$ begin execute (select string_agg(format('alter function %s set lock_timeout = ''${value}''', oid::regprocedure), '; ')
                              from pg_proc where pronamespace = 'events'::regnamespace and prosecdef); end $$`,
      );
    const { rows } = await owner.query<{ settings: string[] }>(
      `select proconfig as settings from pg_proc where pronamespace = 'events'::regnamespace and prosecdef`,
    );
    expect(rows.every(({ settings }) => settings.includes('lock_timeout=5s'))).toBe(true);

    await set('50ms');
    await direct.query('begin');
    await appendDirectly(direct, aStream());
    await expect(store.append(aStream(), someEvents(1), 'noStream')).rejects.toThrow(StoreUnavailable);
    await expect(store.append(aStream(), someEvents(2), 'noStream')).rejects.toThrow(StoreUnavailable);
    await direct.query('rollback');
    await set('5s');
    await owner.end();
  });

  it('tells its subscriptions what was appended while their connections were lost', async () => {
    const prefix = aStream('deaf');
    const patient = await openPostgresEventStore({ connectionString: wire.url }, { pollEvery: POLL_NEVER });
    const stop = new AbortController();
    const collector = new Collector();
    const subscription = patient.subscribe(await store.head(), collector.handle, {
      filter: { streamPrefixes: [prefix] },
      signal: stop.signal,
    });
    await appendAndNotify(direct, `${prefix}-1`);
    await collector.until(1);
    wire.cut();
    await appendDirectly(direct, `${prefix}-2`);
    await collector.until(2);
    await appendAndNotify(direct, `${prefix}-3`);
    await collector.until(3);
    stop.abort();
    await subscription;
    await patient.close();
  });

  it('finds by polling what nobody told of', async () => {
    const prefix = aStream('untold');
    const poller = await openPostgresEventStore({ connectionString: wire.url }, { pollEvery: 20 });
    const stop = new AbortController();
    const collector = new Collector();
    const subscription = poller.subscribe(await store.head(), collector.handle, {
      filter: { streamPrefixes: [prefix] },
      signal: stop.signal,
    });
    await appendDirectly(direct, `${prefix}-1`);
    await collector.until(1);
    stop.abort();
    await subscription;
    await poller.close();
  });

  it('nudges the subscriptions of other processes', async () => {
    const prefix = aStream('nudged');
    const other = await openPostgresEventStore(
      { connectionString: database.projectorUrl },
      { pollEvery: POLL_NEVER },
    );
    const stop = new AbortController();
    const collector = new Collector();
    const subscription = other.subscribe(await store.head(), collector.handle, {
      filter: { streamPrefixes: [prefix] },
      signal: stop.signal,
    });
    for (let count = 1; count <= 5; count += 1) {
      await store.append(`${prefix}-${count}`, someEvents(1), 'noStream');
      await collector.until(count);
    }
    stop.abort();
    await subscription;
    await other.close();
  });
});

async function appendAndNotify(client: Client, stream: string): Promise<void> {
  await appendDirectly(client, stream);
  await client.query('notify forlop_events');
}
