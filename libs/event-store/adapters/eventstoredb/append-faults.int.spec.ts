import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { FakeEventStoreDB } from '../../../../test/eventstoredb/fake-server.js';
import { aStream, idsOf, someEvents } from '../../contract/support.fixture.js';
import { StoreUnavailable, WrongExpectedRevision } from '../../errors.js';
import type { EventStoreDBEventStore } from './eventstoredb-event-store.js';
import { Opened } from './opened.fixture.js';

const TIMEOUT = 1_000;

let server: FakeEventStoreDB;
let opened: Opened;
let store: EventStoreDBEventStore;

beforeAll(async () => {
  server = await FakeEventStoreDB.start();
  opened = await Opened.begin();
  store = await opened.open(server.url, { timeout: TIMEOUT });
});

afterEach(() => {
  Object.assign(server.faults, { answersAfter: 0, answers: 1, deafReads: 0 });
});

afterAll(async () => {
  await opened.close();
  await server.down();
});

describe('an append whose answer does not come', () => {
  it('is a success when it is found stored', async () => {
    const stream = aStream();
    const events = someEvents(3);
    server.faults.storesInSilence = 1;
    const appended = await store.append(stream, events, 'noStream');

    const stored = await store.readStream(stream);
    expect(idsOf(stored)).toEqual(idsOf(events));
    expect(appended.positions).toEqual(stored.map(({ position }) => position));
  });

  it('is found also where others have appended behind it', async () => {
    const stream = aStream();
    const events = someEvents(2);
    server.faults.storesInSilence = 1;
    const [appended] = await Promise.all([
      store.append(stream, events, 'any'),
      store.append(stream, someEvents(2), 'any'),
    ]);

    const stored = await store.readStream(stream);
    expect(idsOf(stored.slice(appended.revision - 1, appended.revision + 1))).toEqual(idsOf(events));
  });

  it('is not known to be stored when it is not found, and is stored once when it is repeated', async () => {
    const stream = aStream();
    const events = someEvents(2);
    server.faults.swallows = 1;
    await expect(store.append(stream, events, 'noStream')).rejects.toThrow(StoreUnavailable);

    await store.append(stream, events, 'noStream');
    expect(await store.readStream(stream)).toHaveLength(2);
  });

  it('is not known to be stored when reading it back is not answered either', async () => {
    server.faults.storesInSilence = 1;
    server.faults.deafReads = 1;
    await expect(store.append(aStream(), someEvents(1), 'noStream')).rejects.toThrow(StoreUnavailable);
  });

  it('holds nobody up', async () => {
    server.faults.swallows = 1;
    const lost = store.append(aStream(), someEvents(1), 'noStream').catch((error: unknown) => error);
    await expect(store.append(aStream(), someEvents(1), 'noStream')).resolves.toMatchObject({ revision: 0 });

    expect(await lost).toBeInstanceOf(StoreUnavailable);
  });

  it('was sent over a stream that is deaf: the next goes over another one', async () => {
    const other = await opened.open(server.url, { timeout: TIMEOUT });
    server.faults.deafAppendStreams = 1;
    await expect(other.append(aStream(), someEvents(1), 'noStream')).rejects.toThrow(StoreUnavailable);

    await expect(other.append(aStream(), someEvents(1), 'noStream')).resolves.toMatchObject({ revision: 0 });
  });

  it('may come when it was given up: a late answer is nobody’s', async () => {
    server.faults.answersAfter = TIMEOUT + 100;
    const stream = aStream();
    const events = someEvents(1);
    await store.append(stream, events, 'noStream');
    server.faults.answersAfter = 0;
    await Promise.all(Array.from({ length: 5 }, () => store.append(aStream(), someEvents(1), 'noStream')));

    expect(idsOf(await store.readStream(stream))).toEqual(idsOf(events));
  });
});

describe('a repeat', () => {
  it('of what stood there before the store was opened is known to be one', async () => {
    const stream = aStream();
    const events = someEvents(2);
    const first = await store.append(stream, events, 'noStream');
    const fresh = await opened.open(server.url);

    expect(await fresh.append(stream, events, 'noStream')).toEqual({ ...first, repeated: true });
  });
});

describe('an answer', () => {
  it('that comes twice is nobody’s the second time', async () => {
    server.faults.answers = 2;
    for (let turn = 0; turn < 5; turn += 1) {
      await expect(store.append(aStream(), someEvents(1), 'noStream')).resolves.toMatchObject({
        revision: 0,
      });
    }
  });
});

describe('a broken append stream', () => {
  it('is another’s problem: what was stored is found, what was not is sent again, and nothing is stored twice', async () => {
    server.faults.breaksAfterStoring = 1;
    const appends = Array.from({ length: 30 }, () => ({ stream: aStream(), events: someEvents(2) }));
    await Promise.all(appends.map(({ stream, events }) => store.append(stream, events, 'noStream')));

    for (const { stream, events } of appends) {
      expect(idsOf(await store.readStream(stream))).toEqual(idsOf(events));
    }
  });

  it('of another store in the process leaves the appends of this one alone', async () => {
    const other = await FakeEventStoreDB.start();
    const others = await opened.open(other.url);
    server.faults.answersAfter = 150;
    const waiting = Array.from({ length: 10 }, () => store.append(aStream(), someEvents(1), 'noStream'));
    other.faults.breaksAfterStoring = 1;
    await others.append(aStream(), someEvents(1), 'noStream');

    for (const appended of await Promise.all(waiting)) expect(appended).toMatchObject({ repeated: false });
    await other.down();
  });
});

describe('a refusal', () => {
  it('with an empty message says which stream, what was expected and where the stream is', async () => {
    const stream = aStream();
    await store.append(stream, someEvents(3), 'noStream');
    const error: unknown = await store.append(stream, someEvents(1), 0).catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(WrongExpectedRevision);
    expect(error).toMatchObject({ streamId: stream, expected: 0, actual: 2 });
    expect((error as Error).message).toBe(`Stream ${stream} is at 2, expected 0`);
  });

  it('of other bytes for the same event tells what is stored, and stores nothing', async () => {
    const stream = aStream();
    const [event] = someEvents(1);
    if (event === undefined) throw new Error('there is one');
    // Another process, which has seen nothing of the first.
    const other = await opened.open(server.url);
    const first = await store.append(stream, [event], 'noStream');
    const sealedAnew = { ...event, payload: '{"data":{"sealed":"otherwise"}}' };

    expect(await other.append(stream, [sealedAnew], 'noStream')).toEqual({ ...first, repeated: true });
    expect(await store.readStream(stream)).toMatchObject([{ payload: event.payload }]);
  });
});
