import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Pool, type Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { eventStoreContract } from '../../contract/event-store.contract.js';
import { connected } from '../../contract/postgres.fixture.js';
import { anEvent, aStream, idsOf, someEvents } from '../../contract/support.fixture.js';
import type { EventStore } from '../../port.js';
import { openPostgresEventStore } from './postgres-event-store.js';

let shared: TestDatabase | undefined;

beforeAll(async () => {
  shared = await createTestDatabase();
});

afterAll(async () => {
  await shared?.drop();
});

function database(): TestDatabase {
  if (shared === undefined) throw new Error('the database is made before all tests');
  return shared;
}

eventStoreContract('PostgreSQL', () => openPostgresEventStore({ connectionString: database().serviceUrl }));

describe('the PostgreSQL store', () => {
  let store: EventStore;
  let owner: Client;

  beforeAll(async () => {
    store = await openPostgresEventStore({ connectionString: database().serviceUrl });
    owner = await connected(database().ownerUrl);
  });

  afterAll(async () => {
    await store.close();
    await owner.end();
  });

  it('has the id of its database, whichever process opens it', async () => {
    const other = await openPostgresEventStore({ connectionString: database().projectorUrl });

    expect(other.storeId).toBe(store.storeId);
    await other.close();
  });

  it('has no head, and a page of nothing at the very start, when empty', async () => {
    const empty = await createTestDatabase();
    const other = await openPostgresEventStore({ connectionString: empty.serviceUrl });

    expect(await other.head()).toBeNull();
    expect(await other.countAfter(null)).toBe(0);
    const nothing = { events: [], position: 'pg:00000000000000000000' };
    expect(await other.readAll(null, 10)).toEqual(nothing);
    expect(await other.readAll(null, 10, { types: ['NeverHappened'] })).toEqual(nothing);
    await other.close();
    await empty.drop();
  });

  it('leaves a pool that it was given to its owner', async () => {
    const pool = new Pool({ connectionString: database().serviceUrl });
    const other = await openPostgresEventStore(pool);
    await other.append(aStream(), someEvents(1), 'noStream');
    await other.close();

    expect((await pool.query('select 1 as one')).rows).toEqual([{ one: 1 }]);
    await pool.end();
  });

  it('commits what waits together, in one transaction', async () => {
    const streams = Array.from({ length: 30 }, () => aStream());
    await Promise.all(streams.map((stream) => store.append(stream, someEvents(2), 'noStream')));
    const { rows } = await owner.query<{ count: number }>(
      'select count(distinct tx)::integer as count from events.events where stream = any($1)',
      [streams],
    );

    expect(rows[0]?.count).toBeLessThanOrEqual(2);
  });

  it('counts only what it accepted, so that positions have no gaps', async () => {
    const taken = aStream();
    await store.append(taken, someEvents(1), 'noStream');
    const start = await store.head();
    await Promise.allSettled(
      Array.from({ length: 30 }, (_, index) =>
        store.append(index % 3 === 0 ? taken : aStream(), someEvents(2), 'noStream'),
      ),
    );

    expect(await store.countAfter(start)).toBe(40);
    expect((await store.readAll(start, 100)).events).toHaveLength(40);
  });

  it('takes batches of thousands of events in order', async () => {
    const prefix = aStream('large');
    const start = await store.head();
    const appends = Array.from({ length: 40 }, () => someEvents(100));
    await Promise.all(appends.map((events, i) => store.append(`${prefix}-${i}`, events, 'noStream')));
    const { events } = await store.readAll(start, 5_000, { streamPrefixes: [prefix] });

    expect(events).toHaveLength(4_000);
    for (const [index, append] of appends.entries()) {
      const own = events.filter(({ streamId }) => streamId === `${prefix}-${index}`);
      expect(idsOf(own)).toEqual(idsOf(append));
    }
  });

  it('does not let an append that the database refuses fail the others of its batch', async () => {
    await owner.query(`alter table events.events add constraint no_poison check (type <> 'Poison')`);
    const results = await Promise.allSettled(
      Array.from({ length: 20 }, (_, index) =>
        store.append(aStream(), [anEvent({ type: index === 7 ? 'Poison' : 'Food' })], 'noStream'),
      ),
    );
    await owner.query('alter table events.events drop constraint no_poison');

    expect(results.map(({ status }) => status === 'fulfilled')).toEqual(results.map((_, i) => i !== 7));
  });

  it('reads on past windows in which nothing matches', async () => {
    const start = await store.head();
    const filler = Array.from({ length: 42 }, () => someEvents(500));
    await Promise.all(filler.map((events) => store.append(aStream(), events, 'noStream')));
    const rare = anEvent({ type: `Rare-${randomUUID()}` });
    const { position } = await store.append(aStream(), [rare], 'noStream');

    const page = await store.readAll(start, 10, { types: [rare.type] });
    expect(page).toMatchObject({ events: [{ eventId: rare.eventId }], position });
    expect(await store.readAll(position, 10, { types: [rare.type] })).toEqual({ events: [], position });
  });

  it('gives recordedAt in UTC whatever time zone the session has', async () => {
    const stream = aStream();
    await store.append(stream, someEvents(1), 'noStream');
    const options = '-c timezone=America/New_York -c datestyle=german';
    const elsewhere = await openPostgresEventStore({ connectionString: database().serviceUrl, options });

    expect(await elsewhere.readStream(stream)).toEqual(await store.readStream(stream));
    await elsewhere.close();
  });
});
