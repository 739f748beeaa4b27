import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Pool, type Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { connected } from '../../contract/postgres.fixture.js';
import { anEvent, aStream, idsOf, someEvents } from '../../contract/support.fixture.js';
import type { EventStore } from '../../port.js';
import { openPostgresEventStore } from './postgres-event-store.js';

describe('the grouped reads of the PostgreSQL store', () => {
  let database: TestDatabase;
  let store: EventStore;
  let owner: Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    store = await openPostgresEventStore({ connectionString: database.serviceUrl });
    owner = await connected(database.ownerUrl);
  });

  afterAll(async () => {
    await store.close();
    await owner.end();
    await database.drop();
  });

  it('give many callers each their own stretch, in order and as far as their limit', async () => {
    const streams = Array.from({ length: 40 }, () => aStream());
    await Promise.all(
      streams.map((stream, index) => store.append(stream, someEvents(index + 1), 'noStream')),
    );
    const asked = streams.map((stream, index) => ({ stream, from: index % 3, limit: 1 + (index % 7) }));
    const found = await Promise.all(asked.map(({ stream, ...options }) => store.readStream(stream, options)));

    for (const [index, { stream, from, limit }] of asked.entries()) {
      const whole = await store.readStream(stream);
      expect(whole).toHaveLength(index + 1);
      expect(found[index]).toEqual(whole.slice(from, from + limit));
    }
  });

  it('read a stream that is longer than several pages', async () => {
    const stream = aStream();
    const events = someEvents(2_500);
    for (let from = 0; from < events.length; from += 500) {
      await store.append(stream, events.slice(from, from + 500), from === 0 ? 'noStream' : from - 1);
    }

    expect(idsOf(await store.readStream(stream))).toEqual(idsOf(events));
    expect(idsOf(await store.readStream(stream, { from: 100, limit: 1_500 }))).toEqual(
      idsOf(events.slice(100, 1_600)),
    );
    expect(idsOf(await store.readStream(stream, { from: 0, limit: 128 }))).toEqual(
      idsOf(events.slice(0, 128)),
    );
    expect(await store.readStream(stream, { limit: 0 })).toEqual([]);
    expect(await store.readStream(stream, { from: 2_500 })).toEqual([]);
  });

  it('read what the separator of their columns stands in', async () => {
    const stream = aStream();
    const odd = [anEvent({ payload: '"\x1f"' }), anEvent({ metadata: '\x1f\x1f' }), anEvent()];
    await store.append(stream, odd, 'noStream');
    const other = aStream();
    await store.append(other, someEvents(1), 'noStream');

    const [found, beside] = await Promise.all([store.readStream(stream), store.readStream(other)]);
    expect(found).toMatchObject(odd);
    expect(beside).toHaveLength(1);
  });

  it('see all that was acknowledged before they were asked, however many are under way', async () => {
    const stream = aStream();
    let revision = -1;
    const readers = Array.from({ length: 32 }, async () => {
      for (let turn = 0; turn < 20; turn += 1) {
        const acknowledged = revision;
        const [events, head] = await Promise.all([store.readStream(stream), store.head()]);
        expect(events.length).toBeGreaterThan(acknowledged);
        expect(head === null ? 0 : Number(head.slice(3))).toBeGreaterThan(acknowledged);
      }
    });
    const writer = async (): Promise<void> => {
      for (let turn = 0; turn < 40; turn += 1) {
        revision = (await store.append(stream, someEvents(2), 'any')).revision;
      }
    };
    await Promise.all([writer(), ...readers]);
  });

  it('find each command and each first event among many', async () => {
    const commands = Array.from({ length: 30 }, () => ({ commandId: randomUUID(), stream: aStream() }));
    await Promise.all(
      commands.map(({ commandId, stream }) =>
        store.append(stream, [anEvent({ commandId }), anEvent()], 'noStream'),
      ),
    );
    const [first] = commands;
    const asked = [...commands, ...commands.slice(0, 3)];
    const [events, firsts, none, nothing] = await Promise.all([
      Promise.all(asked.map(({ commandId }) => store.readCommand(commandId))),
      Promise.all(asked.map(({ stream }) => store.readFirst([stream, first?.stream ?? '']))),
      store.readCommand(randomUUID()),
      store.readCommand('no-uuid'),
    ]);

    for (const [index, { stream }] of asked.entries()) {
      expect(events[index]).toEqual(await store.readStream(stream));
      expect([...(firsts[index]?.keys() ?? [])].sort()).toEqual([...new Set([stream, first?.stream])].sort());
    }
    expect([none, nothing]).toEqual([[], []]);
  });

  it('cost a few statements, however many ask', async () => {
    const pool = new Pool({ connectionString: database.serviceUrl });
    const counted = await openPostgresEventStore(pool);
    const stream = aStream();
    await store.append(stream, someEvents(1), 'noStream');
    let statements = 0;
    pool.on('acquire', () => (statements += 1));
    await Promise.all(Array.from({ length: 192 }, () => counted.readStream(stream)));
    await Promise.all(Array.from({ length: 200 }, () => counted.head()));

    expect(statements).toBe(3 + 1);
    await counted.close();
    await pool.end();
  });
});
