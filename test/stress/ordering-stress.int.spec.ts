import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  openPostgresEventStore,
  type EventFilter,
  type EventStore,
  type StoredEvent,
} from '#forlop/event-store';
import { createTestDatabase, type TestDatabase } from '../support/database.js';
import { eagerReader, Sight, subscriber, type Reader } from './readers.js';
import { write, writeSlowly, type Acknowledged } from './writers.js';

const isLong = process.env['FORLOP_STRESS'] === 'long';
/** Turns of each writer: a count and not a time, so that a slow machine tests as much as a fast one. */
const TURNS = isLong ? 20_000 : 150;
const PATIENCE = isLong ? 1_800_000 : 240_000;
/** Stores that share nothing but the database, as processes do. */
const STORES = 4;
const WRITERS_PER_STORE = 4;
const SLOW_WRITERS = 2;
const LOG: EventFilter = { streamPrefixes: ['accesslog-'] };

/** Reads all that is stored, in order, in the calm after the storm. */
async function* everything(store: EventStore, filter?: EventFilter): AsyncGenerator<StoredEvent> {
  for (let page = await store.readAll(null, 2_000, filter); page.events.length > 0;) {
    yield* page.events;
    page = await store.readAll(page.position, 2_000, filter);
  }
}

async function sightOf(store: EventStore, filter?: EventFilter): Promise<Sight> {
  const sight = new Sight();
  for await (const event of everything(store, filter)) sight.see(event);
  return sight;
}

describe('with many writers on many connections and readers that never pause', () => {
  let database: TestDatabase;
  let stores: EventStore[];
  let store: EventStore;
  let unfiltered: Reader[];
  let filtered: Reader[];
  const acknowledged: Acknowledged = new Map();

  beforeAll(async () => {
    database = await createTestDatabase();
    const open = (): Promise<EventStore> => openPostgresEventStore({ connectionString: database.serviceUrl });
    stores = await Promise.all(Array.from({ length: STORES }, open));
    store = await open();
    const readFrom = await open();
    stores.push(store, readFrom);
    unfiltered = [
      eagerReader(readFrom, 1_000),
      eagerReader(store, 7),
      subscriber(store),
      subscriber(readFrom),
    ];
    filtered = [eagerReader(store, 50, LOG), subscriber(readFrom, LOG)];

    let writing = true;
    const slow = Array.from({ length: SLOW_WRITERS }, () => writeSlowly(database.serviceUrl, () => writing));
    await Promise.all(
      stores
        .slice(0, STORES)
        .flatMap((own) => Array.from({ length: WRITERS_PER_STORE }, () => write(own, TURNS, acknowledged))),
    );
    writing = false;
    await Promise.all(slow);
    const head = await store.head();
    if (head === null) throw new Error('nothing was written');
    await Promise.all([...unfiltered, ...filtered].map((reader) => reader.finish(head)));
  }, PATIENCE);

  afterAll(async () => {
    await Promise.all(stores.map((own) => own.close()));
    await database.drop();
  });

  it('no reader misses an event, gets one twice or gets one out of order', async () => {
    const all = (await sightOf(store)).summary;
    const log = (await sightOf(store, LOG)).summary;

    expect(all.count).toBeGreaterThan(1_000);
    expect(log.count).toBeGreaterThan(100);
    for (const { sight } of unfiltered) expect(sight.summary).toEqual({ ...all, outOfOrder: 0 });
    for (const { sight } of filtered) expect(sight.summary).toEqual({ ...log, outOfOrder: 0 });
  });

  it('everything acknowledged is stored where it was said to be', async () => {
    const missing = new Map(acknowledged);
    for await (const { position, eventId } of everything(store)) {
      if (missing.get(position) === eventId) missing.delete(position);
    }

    expect(missing.size).toBe(0);
  });

  it('revisions are contiguous in every stream, and recordedAt never decreases', async () => {
    const next = new Map<string, number>();
    let [gaps, backwards, last] = [0, 0, ''];
    for await (const { streamId, revision, recordedAt } of everything(store)) {
      if (revision !== (next.get(streamId) ?? 0)) gaps += 1;
      if (recordedAt < last) backwards += 1;
      next.set(streamId, revision + 1);
      last = recordedAt;
    }

    expect({ gaps, backwards }).toEqual({ gaps: 0, backwards: 0 });
  });

  it('positions have no gaps, although appends were refused and rolled back', async () => {
    expect(await store.countAfter(null)).toBe((await sightOf(store)).count);
  });
});
