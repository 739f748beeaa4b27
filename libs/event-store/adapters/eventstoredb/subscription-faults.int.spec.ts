import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { FakeEventStoreDB } from '../../../../test/eventstoredb/fake-server.js';
import { anEvent, aStream, Collector, idsOf, someEvents } from '../../contract/support.fixture.js';
import { UnreadableEvent } from '../../errors.js';
import type { EventPage, EventStore } from '../../port.js';
import { Opened } from './opened.fixture.js';

/** Nothing is polled within the time of a test: what comes, comes over the subscription. */
const NO_POLL = { pollEvery: 60_000 };

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

interface Subscribed {
  readonly collector: Collector;
  readonly stop: () => Promise<void>;
}

function subscribed(store: EventStore, prefix: string): Subscribed {
  const ended = new AbortController();
  const collector = new Collector();
  const options = { filter: { streamPrefixes: [prefix] }, signal: ended.signal };
  const subscription = store.subscribe(null, collector.handle, options);
  const stop = async (): Promise<void> => {
    ended.abort();
    await subscription;
  };
  return { collector, stop };
}

describe('a subscription', () => {
  it.each([
    ['breaks', () => server.cutReads()],
    ['ends in good order', () => server.endReads()],
  ])('that %s is opened again and goes on where it was', async (_, fault) => {
    const store = await opened.open(server.url, NO_POLL);
    const prefix = aStream('again');
    const { collector, stop } = subscribed(store, prefix);
    const events = someEvents(40);
    for (const [index, event] of events.entries()) {
      await store.append(`${prefix}-${index % 3}`, [event], 'any');
      if (index % 10 === 9) {
        await collector.until(index + 1);
        fault();
      }
    }
    await collector.until(40);
    await stop();

    expect(collector.ids).toEqual(idsOf(events));
  });

  it('that is open and deaf is found out and opened again', async () => {
    server.faults.deafSubscriptions = 1;
    const store = await opened.open(server.url, NO_POLL);
    const commandId = randomUUID();
    await store.append(aStream(), [anEvent({ commandId })], 'noStream');

    expect(await store.readCommand(commandId)).toHaveLength(1);
  });

  it('that gets each event three times hands it over once', async () => {
    server.faults.deliveries = 3;
    const store = await opened.open(server.url, NO_POLL);
    const prefix = aStream('thrice');
    const { collector, stop } = subscribed(store, prefix);
    const events = someEvents(10);
    for (const event of events) await store.append(prefix, [event], 'any');
    await collector.until(10);
    await stop();

    expect(collector.ids).toEqual(idsOf(events));
    expect(await store.countAfter(null)).toBe(10);
  });

  it('never goes back, whatever checkpoints it is sent', async () => {
    server.faults.repeatsOldCheckpoint = true;
    // Nothing but the subscription itself may put it right.
    const store = await opened.open(server.url, { ...NO_POLL, indexEvery: 600_000 });
    const prefix = aStream('back');
    const { collector, stop } = subscribed(store, prefix);
    for (const event of someEvents(10)) await store.append(prefix, [event], 'any');
    await collector.until(10);
    server.cutReads();
    await store.append(prefix, someEvents(1), 'any');
    await collector.until(11);
    await stop();

    expect(new Set(collector.ids).size).toBe(11);
    expect(await store.countAfter(null)).toBe(11);
    const positions = collector.batches.map(({ position }) => position);
    expect(positions).toEqual([...positions].sort());
  });

  it('tells no position before the events in front of it are handled, however slow the handler', async () => {
    const store = await opened.open(server.url);
    const prefix = aStream('slow');
    const wanted: { eventId: string; position: string }[] = [];
    for (const [index, event] of someEvents(10).entries()) {
      const { position } = await store.append(`${prefix}-${index}`, [event], 'noStream');
      wanted.push({ eventId: event.eventId, position });
      await store.append(aStream('noise'), someEvents(40), 'noStream');
    }
    const handled = new Set<string>();
    const stop = new AbortController();
    const slowly = async ({ events, position }: EventPage): Promise<void> => {
      // Meanwhile more comes in; as long as the handler is not done, nothing may say that these are behind us.
      await store.head();
      for (const { eventId } of events) handled.add(eventId);
      for (const one of wanted) if (one.position <= position) expect(handled).toContain(one.eventId);
      if (handled.size === wanted.length) stop.abort();
    };
    await store.subscribe(null, slowly, {
      filter: { streamPrefixes: [prefix] },
      batchSize: 2,
      signal: stop.signal,
    });

    expect(handled.size).toBe(10);
  });

  it('whose handler throws ends alone', async () => {
    const store = await opened.open(server.url, NO_POLL);
    const prefix = aStream('throws');
    const { collector, stop } = subscribed(store, prefix);
    const { signal } = new AbortController();
    const failing = store.subscribe(null, () => Promise.reject(new Error('cannot')), { signal });
    await store.append(prefix, someEvents(1), 'any');
    await expect(failing).rejects.toThrow('cannot');
    await store.append(prefix, someEvents(1), 'any');
    await collector.until(2);
    await stop();
  });
});

describe('an event that nobody of ours wrote', () => {
  const header = (fields: object): string => `{"forlop":${JSON.stringify(fields)},"metadata":{}}`;
  const whole = { eventId: randomUUID(), schemaVersion: 1, hash: 'a'.repeat(64) };

  it.each<[string, string | Uint8Array, string | Uint8Array]>([
    ['no metadata', '{}', ''],
    ['metadata that is no JSON', '{}', '{"forlop":{"eventId"'],
    ['metadata of another kind', '{}', '{"$correlationId":"1"}'],
    ['a header that is no JSON', '{}', '{"forlop":{nonsense},"metadata":{}}'],
    ['no schema version', '{}', header({ ...whole, schemaVersion: undefined })],
    ['a hash that is none', '{}', header({ ...whole, hash: 'x' })],
    ['a command id that is none', '{}', header({ ...whole, commandId: 'x' })],
    ['a payload that is no text', Uint8Array.of(0xff, 0xfe), header(whole)],
    ['a payload that is not compressed as it says', 'plain', header({ ...whole, deflated: true })],
  ])('with %s is refused by its place, and by nothing that it holds', async (_, data, metadata) => {
    const store = await opened.open(server.url);
    const stream = aStream('foreign');
    const event = { id: randomUUID(), type: 'Foreign', contentType: 'application/json' };
    server.log.write(stream, [{ ...event, data: bytesOf(data), metadata: bytesOf(metadata) }]);
    const error: unknown = await store.readStream(stream).catch((thrown: unknown) => thrown);

    expect(error).toBeInstanceOf(UnreadableEvent);
    expect(error).toMatchObject({ streamId: stream, revision: 0 });
    await expect(store.readAll(null, 10)).rejects.toThrow(UnreadableEvent);
    const { signal } = new AbortController();
    await expect(store.subscribe(null, () => Promise.resolve(), { signal })).rejects.toThrow(UnreadableEvent);
  });

  it('does not keep commands from being found', async () => {
    const store = await opened.open(server.url);
    const event = { id: randomUUID(), type: 'Foreign', contentType: 'application/json' };
    server.log.write(aStream(), [{ ...event, data: bytesOf('{'), metadata: bytesOf('[') }]);
    const commandId = randomUUID();
    await store.append(aStream(), [anEvent({ commandId })], 'noStream');

    expect(await store.readCommand(commandId)).toHaveLength(1);
  });
});

const bytesOf = (content: string | Uint8Array): Uint8Array =>
  typeof content === 'string' ? new TextEncoder().encode(content) : content;
