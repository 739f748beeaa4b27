import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from 'pg';
import { createTestDatabase, type TestDatabase } from '../../../../test/support/database.js';
import { WrongExpectedRevision } from '../../errors.js';
import { appendDirectly, connected, untilWaiting } from '../../contract/postgres.fixture.js';
import { aStream, someEvents } from '../../contract/support.fixture.js';
import type { EventStore } from '../../port.js';
import { openPostgresEventStore } from './postgres-event-store.js';

describe('the order of appends on several connections', () => {
  let database: TestDatabase;
  let store: EventStore;
  let slow: Client;
  let observer: Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    store = await openPostgresEventStore({ connectionString: database.serviceUrl });
    slow = await connected(database.serviceUrl);
    observer = await connected(database.ownerUrl);
  });

  afterAll(async () => {
    await slow.end();
    await observer.end();
    await store.close();
    await database.drop();
  });

  it('would lose an event to a reader if positions came from a sequence', async () => {
    await observer.query(
      'create table public.naive (position bigint generated always as identity, name text)',
    );
    const fast = await connected(database.ownerUrl);
    const late = await connected(database.ownerUrl);
    const read = async (after: number): Promise<number[]> =>
      (
        await observer.query<{ position: string }>('select position from public.naive where position > $1', [
          after,
        ])
      ).rows.map(({ position }) => Number(position));

    await late.query('begin');
    await late.query(`insert into public.naive (name) values ('late')`);
    await fast.query(`insert into public.naive (name) values ('fast')`);
    expect(await read(0)).toEqual([2]);
    await late.query('commit');
    expect(await read(2)).toEqual([]);
    await fast.end();
    await late.end();
  });

  it('never shows a position before a lower one, however late that commits', async () => {
    const start = await store.head();
    const [first, second] = [aStream(), aStream()];
    await slow.query('begin');
    await appendDirectly(slow, first);
    const append = store.append(second, someEvents(1), 'noStream');
    await untilWaiting(observer, 1);

    expect(await store.readAll(start, 10)).toMatchObject({ events: [] });
    await slow.query('commit');
    await append;
    const { events } = await store.readAll(start, 10);
    expect(events.map(({ streamId }) => streamId)).toEqual([first, second]);
  });

  it('judges an append by what was committed while it waited', async () => {
    const stream = aStream();
    await slow.query('begin');
    await appendDirectly(slow, stream);
    const append = store.append(stream, someEvents(1), 'noStream').catch((error: unknown) => error);
    await untilWaiting(observer, 1);
    await slow.query('commit');

    const error = await append;
    expect(error).toBeInstanceOf(WrongExpectedRevision);
    expect(error).toMatchObject({ actual: 0 });
  });

  it('gives the position of an append that was rolled back to the next one', async () => {
    await slow.query('begin');
    const lost = await appendDirectly(slow, aStream());
    await slow.query('rollback');
    const { position } = await store.append(aStream(), someEvents(1), 'noStream');

    expect(BigInt(position.slice('pg:'.length))).toBe(BigInt(lost));
  });

  it.each(['repeatable read', 'serializable'])(
    'refuses an append at %s, which would judge by an old snapshot',
    async (level) => {
      await slow.query(`begin isolation level ${level}`);
      await expect(appendDirectly(slow, aStream())).rejects.toMatchObject({ code: '25001' });
      await slow.query('rollback');
    },
  );

  it('keeps recordedAt from decreasing when the clock is behind the last event’s', async () => {
    const ahead = '2099-01-01T00:00:00.123Z';
    await observer.query(
      `insert into events.events (position, stream_key, event_id, recorded_at, revision, schema_version, stream, type,
                                  hash, payload, metadata)
       select max(position) + 1, gen_random_uuid(), gen_random_uuid(), $1, 0, 1, 'ahead', 'ThingHappened', '', '', ''
       from events.events`,
      [ahead],
    );
    const [one, many] = [aStream(), aStream()];
    await store.append(one, someEvents(1), 'noStream');
    await store.append(many, someEvents(2), 'noStream');

    const stored = [...(await store.readStream(one)), ...(await store.readStream(many))];
    expect(stored.map(({ recordedAt }) => recordedAt)).toEqual([ahead, ahead, ahead]);
  });
});
