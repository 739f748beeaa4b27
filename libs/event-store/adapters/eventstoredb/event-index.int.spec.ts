import { randomUUID } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { FakeLog } from '../../../../test/eventstoredb/fake-log.js';
import { FakeEventStoreDB } from '../../../../test/eventstoredb/fake-server.js';
import { anEvent, aStream, idsOf, someEvents } from '../../contract/support.fixture.js';
import { StoreUnavailable } from '../../errors.js';
import type { EventStore, EventToAppend } from '../../port.js';
import type { EventStoreDBEventStore } from './eventstoredb-event-store.js';
import { START } from './kind.js';
import { Opened } from './opened.fixture.js';

/** The index is brought up to date at once, or not within the time of a test. */
const AT_ONCE = { indexEvery: 10 };
const NEVER = { indexEvery: 600_000 };

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

interface Given {
  readonly commandId: string;
  readonly events: readonly EventToAppend[];
}

/** Commands of two events each, each to a stream of its own. */
async function someCommands(store: EventStore, count: number): Promise<Given[]> {
  const given = Array.from({ length: count }, () => {
    const commandId = randomUUID();
    return { commandId, events: [anEvent({ commandId }), anEvent()] };
  });
  for (const { events } of given) await store.append(aStream(), events, 'noStream');
  return given;
}

async function expectFound(store: EventStore, given: readonly Given[]): Promise<void> {
  const found = await Promise.all(given.map(({ commandId }) => store.readCommand(commandId)));
  expect(found.map(idsOf)).toEqual(given.map(({ events }) => idsOf(events)));
}

/** Until the index holds everything that the store does. */
async function untilIndexed(store: EventStoreDBEventStore): Promise<void> {
  const head = await store.head();
  await store.countAfter(null);
  for (;;) if ((await opened.index.standing(store.storeId)).position === head) return;
}

describe('a command', () => {
  it('is found as soon as it is acknowledged, also by another process', async () => {
    const one = await opened.open(server.url, NEVER);
    const other = await opened.open(server.url, NEVER);
    for (let turn = 0; turn < 30; turn += 1) {
      const given = await someCommands(turn % 2 === 0 ? one : other, 1);
      await expectFound(turn % 2 === 0 ? other : one, given);
    }
  });

  it('is found when it is in the index and in no memory any more', async () => {
    const one = await opened.open(server.url, AT_ONCE);
    const given = await someCommands(one, 10);
    await untilIndexed(one);
    const other = await opened.open(server.url, NEVER);

    await expectFound(other, given);
    await expectFound(one, given);
    expect(await one.readCommand(randomUUID())).toEqual([]);
  });

  it('is found whole when the index got it in two pieces', async () => {
    const store = await opened.open(server.url, AT_ONCE);
    const commandId = randomUUID();
    const [stream, others] = [aStream(), aStream()];
    const first = [anEvent({ commandId }), anEvent()];
    await store.append(stream, first, 'noStream');
    await untilIndexed(store);
    const second = [anEvent({ commandId }), anEvent({ commandId: randomUUID() })];
    await store.append(stream, second, 1);
    const third = [anEvent({ commandId })];
    await store.append(others, third, 'any');

    const wanted = idsOf([...first, ...second.slice(0, 1), ...third]);
    expect(idsOf(await store.readCommand(commandId))).toEqual(wanted);
    await untilIndexed(store);
    expect(idsOf(await store.readCommand(commandId))).toEqual(wanted);
  });
});

describe('an index', () => {
  it('that was emptied makes itself anew from the store', async () => {
    const one = await opened.open(server.url, AT_ONCE);
    const given = await someCommands(one, 30);
    await untilIndexed(one);
    await one.close();
    await opened.index.clear(one.storeId);
    const other = await opened.open(server.url, AT_ONCE);

    await expectFound(other, given);
    await untilIndexed(other);
    expect((await opened.index.standing(other.storeId)).events).toBe(60);
  });

  it('that is emptied under those who use it makes itself anew, and no command is lost', async () => {
    const one = await opened.open(server.url, AT_ONCE);
    const other = await opened.open(server.url, NEVER);
    const given = await someCommands(one, 10);
    await untilIndexed(one);
    await expectFound(other, given);
    await opened.index.clear(one.storeId);

    await expectFound(other, given);
    await expectFound(one, [...given, ...(await someCommands(one, 5))]);
    await untilIndexed(one);
    expect(await one.countAfter(null)).toBe(30);
  });

  it('is made further where it was left, by whoever comes next', async () => {
    const one = await opened.open(server.url, AT_ONCE);
    const before = await someCommands(one, 5);
    await untilIndexed(one);
    await one.close();
    const writer = await opened.open(server.url, NEVER);
    const after = await someCommands(writer, 5);
    const other = await opened.open(server.url, AT_ONCE);

    await expectFound(other, [...before, ...after]);
    await untilIndexed(other);
    expect(await other.countAfter(null)).toBe(20);
  });

  it('of another store is worth nothing', async () => {
    const one = await opened.open(server.url, AT_ONCE);
    await someCommands(one, 5);
    await untilIndexed(one);
    const elsewhere = await FakeEventStoreDB.start();
    const other = await opened.open(elsewhere.url, AT_ONCE);
    const given = await someCommands(other, 2);

    await expectFound(other, given);
    expect(await other.countAfter(null)).toBe(4);
    await elsewhere.down();
  });

  it('of a life of the store that a restored backup has ended is made anew', async () => {
    const one = await opened.open(server.url, AT_ONCE);
    const kept = await someCommands(one, 3);
    const backup = [...server.log.records];
    const lost = await someCommands(one, 3);
    await untilIndexed(one);
    await one.close();
    const restored = await FakeEventStoreDB.start(new FakeLog(backup));
    const other = await opened.open(restored.url, AT_ONCE);
    expect(other.storeId).toBe(one.storeId);
    const since = await someCommands(other, 3);

    await expectFound(other, [...kept, ...since]);
    for (const { commandId } of lost) expect(await other.readCommand(commandId)).toEqual([]);
    expect(await other.countAfter(null)).toBe(12);
    await restored.down();
  });

  it('that is away keeps nobody from appending, and commands from being looked for', async () => {
    const store = await opened.open(server.url, AT_ONCE);
    const [given] = await someCommands(store, 1);
    await expectFound(store, given === undefined ? [] : [given]);
    await opened.superuser('alter schema event_index rename to gone');
    try {
      await store.append(aStream(), someEvents(1), 'noStream');
      await expect(store.readCommand(randomUUID())).rejects.toThrow(StoreUnavailable);
    } finally {
      await opened.superuser('alter schema gone rename to event_index');
    }
    await expectFound(store, given === undefined ? [] : [given]);
  });
});

describe('countAfter', () => {
  it('tells the number from any position, near the end and far behind it', async () => {
    const one = await opened.open(server.url, AT_ONCE);
    for (let turn = 0; turn < 13; turn += 1) await one.append(aStream(), someEvents(100), 'noStream');
    await untilIndexed(one);
    const other = await opened.open(server.url, NEVER);
    await other.append(aStream(), someEvents(20), 'noStream');
    const { events } = await other.readAll(null, 2_000);

    expect(events).toHaveLength(1_320);
    for (const store of [one, other]) {
      expect(await store.countAfter(START)).toBe(1_320);
      for (const index of [0, 1, 499, 500, 501, 998, 999, 1_000, 1_298, 1_299, 1_300, 1_318, 1_319]) {
        expect(await store.countAfter(events[index]?.position ?? null)).toBe(1_320 - index - 1);
      }
    }
  });
});
