import { createHash, randomUUID } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { ForeignPosition } from '../errors.js';
import type { EventStore } from '../port.js';
import { comparePositions, isPosition } from '../positions.js';
import { anEvent, aStream, idsOf, readToEnd, someEvents } from './support.fixture.js';

const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/;
/** Spacing, key order, number form, escapes, two to four bytes a character: all that a careless store changes. */
const AWKWARD =
  ' {"b" : 1.0,"a":1e2, "t":"\\u0000 \\" \\\\ {NULL}, \'x\' $1 %s\u2028","å":"Æøå 漢 🧒", "a":null}\r\n\t';

export function readingContract(store: () => EventStore): void {
  describe('an event that is read', () => {
    it('is byte for byte what was appended, alone or among others', async () => {
      const alone = anEvent({
        payload: AWKWARD,
        metadata: AWKWARD,
        schemaVersion: 12,
        type: 'Tiltak «Æ», "x"',
      });
      const stream = aStream();
      const others = [anEvent({ payload: '', metadata: 'NULL' }), { ...alone, eventId: randomUUID() }];
      await store().append(stream, [alone], 'noStream');
      await store().append(stream, others, 0);

      expect(await store().readStream(stream)).toMatchObject([alone, ...others]);
    });

    it('carries stream, revision, position, time and the hash of its bytes', async () => {
      const stream = aStream();
      const before = Date.now();
      const { positions } = await store().append(
        stream,
        [anEvent({ payload: AWKWARD }), anEvent()],
        'noStream',
      );
      const stored = await store().readStream(stream);

      for (const [revision, event] of stored.entries()) {
        expect(event).toMatchObject({ streamId: stream, revision, position: positions[revision] });
        expect(event.recordedAt).toMatch(INSTANT);
        expect(Math.abs(Date.parse(event.recordedAt) - before)).toBeLessThan(60_000);
        const hash = createHash('sha256').update(`${event.metadata}\n${event.payload}`, 'utf8').digest('hex');
        expect(event.hash).toBe(hash);
      }
    });
  });

  describe('readStream', () => {
    it('gives nothing for a stream never written', async () => {
      expect(await store().readStream(aStream())).toEqual([]);
    });

    it('reads forwards and backwards from a revision, inclusive, as far as the limit', async () => {
      const stream = aStream();
      await store().append(stream, someEvents(6), 'noStream');
      const revisions = async (options: Parameters<EventStore['readStream']>[1]): Promise<number[]> =>
        (await store().readStream(stream, options)).map(({ revision }) => revision);

      expect(await revisions({})).toEqual([0, 1, 2, 3, 4, 5]);
      expect(await revisions({ from: 4 })).toEqual([4, 5]);
      expect(await revisions({ from: 1, limit: 2 })).toEqual([1, 2]);
      expect(await revisions({ from: 9 })).toEqual([]);
      expect(await revisions({ direction: 'backwards' })).toEqual([5, 4, 3, 2, 1, 0]);
      expect(await revisions({ direction: 'backwards', limit: 1 })).toEqual([5]);
      expect(await revisions({ direction: 'backwards', from: 2, limit: 2 })).toEqual([2, 1]);
      expect(await revisions({ direction: 'backwards', from: 0 })).toEqual([0]);
    });
  });

  describe('readFirst', () => {
    it('gives the first event of each stream that exists', async () => {
      const [one, two, none] = [aStream(), aStream(), aStream()];
      const events = someEvents(2);
      await store().append(one, events, 'noStream');
      await store().append(two, someEvents(1), 'noStream');

      const firsts = await store().readFirst([two, none, one]);
      expect([...firsts.keys()].sort()).toEqual([one, two].sort());
      expect(firsts.get(one)).toMatchObject({ streamId: one, revision: 0, eventId: events[0]?.eventId });
      expect(await store().readFirst([])).toEqual(new Map());
    });
  });

  describe('readCommand', () => {
    it('gives all events of a command over its streams, in order, and no others', async () => {
      const commandId = randomUUID();
      const [one, two] = [aStream(), aStream()];
      const first = [anEvent({ commandId }), ...someEvents(2)];
      const second = [anEvent({ commandId })];
      await store().append(one, [anEvent({ commandId: randomUUID() })], 'noStream');
      await store().append(one, first, 0);
      await store().append(one, someEvents(1), 3);
      await store().append(two, second, 'any');
      await store().append(two, someEvents(1), 'any');

      expect(idsOf(await store().readCommand(commandId))).toEqual(idsOf([...first, ...second]));
      expect(await store().readCommand(randomUUID())).toEqual([]);
    });

    it('tells commands apart that share an append', async () => {
      const [a, b] = [randomUUID(), randomUUID()];
      const events = [anEvent(), anEvent({ commandId: a }), anEvent(), anEvent({ commandId: b }), anEvent()];
      await store().append(aStream(), events, 'noStream');

      expect(idsOf(await store().readCommand(a))).toEqual(idsOf(events.slice(1, 3)));
      expect(idsOf(await store().readCommand(b))).toEqual(idsOf(events.slice(3)));
    });

    it('finds the events of a repeated append once', async () => {
      const commandId = randomUUID();
      const stream = aStream();
      const events = [anEvent({ commandId }), anEvent()];
      await store().append(stream, events, 'noStream');
      await store().append(stream, events, 'noStream');

      expect(idsOf(await store().readCommand(commandId))).toEqual(idsOf(events));
    });

    it('finds each of many commands that were appended at the same time', async () => {
      const stream = aStream();
      const appends = Array.from({ length: 30 }, () => [anEvent({ commandId: randomUUID() }), anEvent()]);
      await Promise.all(appends.map((events) => store().append(stream, events, 'any')));

      for (const events of appends) {
        expect(idsOf(await store().readCommand(events[0]?.commandId ?? ''))).toEqual(idsOf(events));
      }
    });
  });

  describe('readAll', () => {
    it('pages through everything once, in order of position', async () => {
      const prefix = `${aStream('paged')}-`;
      const start = await store().head();
      const streams = Array.from({ length: 10 }, (_, index) => `${prefix}${index}`);
      await Promise.all(streams.map((stream) => store().append(stream, someEvents(5), 'noStream')));

      const pages = await readToEnd(store(), start, 7, prefix);
      const positions = pages.flatMap(({ events }) => events.map(({ position }) => position));
      expect(positions).toHaveLength(50);
      expect(positions).toEqual([...positions].sort(comparePositions));
      expect(new Set(positions).size).toBe(50);
      expect(pages.every(({ events }) => events.length <= 7)).toBe(true);
    });

    it('gives events without a filter, as many as the limit, and the last one’s position', async () => {
      const start = await store().head();
      const events = someEvents(4);
      const { positions } = await store().append(aStream(), events, 'noStream');

      const page = await store().readAll(start, 3);
      expect(idsOf(page.events)).toEqual(idsOf(events.slice(0, 3)));
      expect(page.position).toBe(positions[2]);
      expect(idsOf((await store().readAll(page.position, 3)).events)).toEqual(idsOf(events.slice(3)));
    });

    it('lets through only what both parts of the filter allow', async () => {
      const prefix = aStream('100%_');
      const start = await store().head();
      const wanted = anEvent({ type: 'Wanted' });
      await store().append(`${prefix}-a`, [anEvent(), wanted, anEvent()], 'noStream');
      await store().append(aStream('100xy'), [anEvent({ type: 'Wanted' })], 'noStream');
      const ids = async (filter: Parameters<EventStore['readAll']>[2]): Promise<string[]> =>
        idsOf((await store().readAll(start, 100, filter)).events);

      expect(await ids({ streamPrefixes: [prefix, 'other-'], types: ['Wanted', 'Other'] })).toEqual([
        wanted.eventId,
      ]);
      expect(await ids({ streamPrefixes: [prefix] })).toHaveLength(3);
      expect(await ids({ types: ['Wanted'] })).toHaveLength(2);
      expect(await ids({ streamPrefixes: [] })).toEqual([]);
      expect(await ids({ types: [] })).toEqual([]);
      expect(await ids({})).toHaveLength(4);
    });

    it('moves the position past what the filter left out', async () => {
      const start = await store().head();
      const { position } = await store().append(aStream(), someEvents(3), 'noStream');
      const page = await store().readAll(start, 10, { types: ['NeverHappened'] });

      expect(page.events).toEqual([]);
      expect(comparePositions(page.position, position)).toBeGreaterThanOrEqual(0);
    });

    it('does not move the position past matching events that the limit left out', async () => {
      const prefix = aStream();
      const start = await store().head();
      await store().append(`${prefix}-x`, someEvents(3), 'noStream');
      const filter = { streamPrefixes: [prefix] };
      const first = await store().readAll(start, 2, filter);

      expect((await store().readAll(first.position, 2, filter)).events).toHaveLength(1);
    });

    it('stays where it is at the end', async () => {
      await store().append(aStream(), someEvents(1), 'noStream');
      const head = await store().head();

      expect(await store().readAll(head, 10)).toEqual({ events: [], position: head });
      expect(await store().readAll(head, 10, { types: ['NeverHappened'] })).toEqual({
        events: [],
        position: head,
      });
    });
  });

  describe('readAt', () => {
    it('gives the event that stands at the position, and nothing before the first', async () => {
      const stream = aStream();
      const { positions } = await store().append(stream, someEvents(3), 'noStream');
      const stored = await store().readStream(stream);

      for (const [index, position] of positions.entries()) {
        expect(await store().readAt(position)).toEqual(stored[index]);
      }
      expect(await store().readAt(store().start)).toBeUndefined();
    });

    it('knows of no other place for what was appended here', async () => {
      const stream = aStream();
      await store().append(stream, someEvents(2), 'noStream');
      expect((await store().originsOf(await store().readStream(stream))).size).toBe(0);
      expect((await store().originsOf([])).size).toBe(0);
    });
  });

  describe('positions', () => {
    it('begin at the store’s own start, which stands before every event', async () => {
      const { position } = await store().append(aStream(), someEvents(1), 'noStream');
      const { start } = store();

      expect(isPosition(start)).toBe(true);
      expect(start).toMatch(/^[a-z]+(:0{20})+$/);
      expect(comparePositions(start, position)).toBeLessThan(0);
      expect(await store().countAfter(start)).toBe(await store().countAfter(null));
      expect((await store().readAll(start, 1)).events).toEqual((await store().readAll(null, 1)).events);
    });

    it('ascend over all streams, and plain string order is their order', async () => {
      const one = await store().append(aStream(), someEvents(2), 'noStream');
      const two = await store().append(aStream(), someEvents(1), 'noStream');
      const all = [...one.positions, ...two.positions];

      expect([...all].sort()).toEqual(all);
      expect([...all].sort(comparePositions)).toEqual(all);
      expect(all.every(isPosition)).toBe(true);
      expect(new Set(all.map(({ length }) => length)).size).toBe(1);
    });

    it('of the head are those of the last event, and countAfter counts from there', async () => {
      const before = (await store().append(aStream(), someEvents(1), 'noStream')).position;
      const total = await store().countAfter(null);
      const { position, positions } = await store().append(aStream(), someEvents(5), 'noStream');

      expect(await store().head()).toBe(position);
      expect(await store().countAfter(before)).toBe(5);
      expect(await store().countAfter(positions[3] ?? '')).toBe(1);
      expect(await store().countAfter(position)).toBe(0);
      expect(await store().countAfter(null)).toBe(total + 5);
    });

    it('far ahead of the last event find nothing there', async () => {
      const ahead = store().start.replaceAll('0', '9');

      expect(await store().readAll(ahead, 5)).toEqual({ events: [], position: ahead });
      expect(await store().readAll(ahead, 5, { types: ['ThingHappened'] })).toEqual({
        events: [],
        position: ahead,
      });
      expect(await store().countAfter(ahead)).toBe(0);
      expect(await store().readAt(ahead)).toBeUndefined();
    });

    it('of another kind of store, or none at all, are refused', async () => {
      for (const position of ['elsewhere:00000000000000000001', 'nonsense', '']) {
        await expect(store().readAll(position, 1)).rejects.toThrow(ForeignPosition);
        await expect(store().countAfter(position)).rejects.toThrow(ForeignPosition);
        await expect(store().readAt(position)).rejects.toThrow(ForeignPosition);
      }
    });
  });

  it('recordedAt never decreases with the position', async () => {
    const prefix = aStream('times');
    const start = await store().head();
    await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        store().append(`${prefix}-${index}`, someEvents(1), 'noStream'),
      ),
    );
    const [page] = await readToEnd(store(), start, 50, prefix);
    const times = page?.events.map(({ recordedAt }) => recordedAt) ?? [];

    expect(times).toHaveLength(50);
    expect(times).toEqual([...times].sort());
  });
}
