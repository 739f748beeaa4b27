import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type EventFilter,
  type EventStore,
  openEventStoreDB,
  PostgresEventIndex,
  type Position,
  type StoredEvent,
} from '#forlop/event-store';
import { eagerReader, type Reader, Sight, subscriber } from '../stress/readers.js';
import { type Acknowledged, write } from '../stress/writers.js';
import { createTestDatabase, type TestDatabase } from '../support/database.js';

const isLong = process.env['FORLOP_STRESS'] === 'long';
const TURNS = isLong ? 5_000 : 150;
const PATIENCE = isLong ? 1_800_000 : 240_000;
/** Stores that share nothing but the server, as processes do. */
const STORES = 4;
const WRITERS_PER_STORE = 4;
const LOG: EventFilter = { streamPrefixes: ['accesslog-'] };

describe('with many writers on many connections and readers that never pause', () => {
  let database: TestDatabase;
  const stores: EventStore[] = [];
  let store: EventStore;
  /** What others wrote before is none of ours. */
  let before: number;
  let start: Position | null;
  let unfiltered: Reader[];
  let filtered: Reader[];
  const acknowledged: Acknowledged = new Map();

  async function* everything(filter?: EventFilter): AsyncGenerator<StoredEvent> {
    for (let page = await store.readAll(null, 2_000, filter); page.events.length > 0;) {
      yield* page.events;
      page = await store.readAll(page.position, 2_000, filter);
    }
  }

  const sightOf = async (filter?: EventFilter): Promise<Sight> => {
    const sight = new Sight();
    for await (const event of everything(filter)) sight.see(event);
    return sight;
  };

  beforeAll(async () => {
    const url = process.env['EVENTSTORE_URL'] ?? '';
    database = await createTestDatabase();
    const open = async (): Promise<EventStore> => {
      const opened = await openEventStoreDB(
        { url },
        new PostgresEventIndex({ connectionString: database.serviceUrl }),
      );
      stores.push(opened);
      return opened;
    };
    const writing = await Promise.all(Array.from({ length: STORES }, open));
    store = await open();
    const readFrom = await open();
    start = await store.head();
    before = await store.countAfter(null);
    unfiltered = [
      eagerReader(readFrom, 1_000),
      eagerReader(store, 7),
      subscriber(store),
      subscriber(readFrom),
    ];
    filtered = [eagerReader(store, 50, LOG), subscriber(readFrom, LOG)];
    await Promise.all(
      writing.flatMap((own) =>
        Array.from({ length: WRITERS_PER_STORE }, () => write(own, TURNS, acknowledged)),
      ),
    );
    const head = await store.head();
    if (head === null) throw new Error('nothing was written');
    await Promise.all([...unfiltered, ...filtered].map((reader) => reader.finish(head)));
  }, PATIENCE);

  afterAll(async () => {
    await Promise.all(stores.map((own) => own.close()));
    await database.drop();
  });

  it('no reader misses an event, gets one twice or gets one out of order', async () => {
    const all = (await sightOf()).summary;
    const log = (await sightOf(LOG)).summary;

    expect(all.count).toBeGreaterThan(before + 1_000);
    expect(log.count).toBeGreaterThan(100);
    for (const { sight } of unfiltered) expect(sight.summary).toEqual({ ...all, outOfOrder: 0 });
    for (const { sight } of filtered) expect(sight.summary).toEqual({ ...log, outOfOrder: 0 });
  });

  it('everything acknowledged is stored where it was said to be, and nothing else', async () => {
    const missing = new Map(acknowledged);
    let others = 0;
    for await (const { position, eventId } of everything()) {
      if (missing.get(position) === eventId) missing.delete(position);
      else if (start === null || position > start) others += 1;
    }

    expect({ missing: missing.size, others }).toEqual({ missing: 0, others: 0 });
  });

  it('revisions are contiguous in every stream, and recordedAt never decreases', async () => {
    const next = new Map<string, number>();
    let [gaps, backwards, last] = [0, 0, ''];
    for await (const { streamId, revision, recordedAt } of everything()) {
      if (revision !== (next.get(streamId) ?? 0)) gaps += 1;
      if (recordedAt < last) backwards += 1;
      next.set(streamId, revision + 1);
      last = recordedAt;
    }

    expect({ gaps, backwards }).toEqual({ gaps: 0, backwards: 0 });
  });

  it('counts what is there, from wherever it is asked', async () => {
    const positions: Position[] = [];
    for await (const { position } of everything()) positions.push(position);

    expect(await store.countAfter(null)).toBe(positions.length);
    const step = Math.ceil(positions.length / 20);
    for (let index = 0; index < positions.length; index += step) {
      expect(await store.countAfter(positions[index] ?? null)).toBe(positions.length - index - 1);
    }
  });
});
