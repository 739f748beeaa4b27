import { describe, expect, it } from '@jest/globals';
import { ForeignPosition, StoreUnavailable } from '../errors.js';
import type { EventStore } from '../port.js';
import { comparePositions } from '../positions.js';
import { aStream, Collector, idsOf, someEvents } from './support.fixture.js';

export function subscribeContract(store: () => EventStore, makeStore: () => Promise<EventStore>): void {
  describe('subscribe', () => {
    it('catches up, then goes on with what is appended, missing nothing and repeating nothing', async () => {
      const prefix = aStream('live');
      const start = await store().head();
      const past = someEvents(25);
      await store().append(`${prefix}-1`, past, 'noStream');
      const stop = new AbortController();
      const collector = new Collector();
      const options = { filter: { streamPrefixes: [prefix] }, batchSize: 10, signal: stop.signal };
      const subscription = store().subscribe(start, collector.handle, options);

      await collector.until(25);
      const live = someEvents(15);
      for (const event of live) await store().append(`${prefix}-2`, [event], 'any');
      await collector.until(40);
      stop.abort();
      await subscription;

      expect(collector.ids).toEqual(idsOf([...past, ...live]));
      expect(collector.batches.every(({ events }) => events.length <= 10)).toBe(true);
    });

    it('gives positions that a later subscription can go on from', async () => {
      const prefix = aStream('resumed');
      const start = await store().head();
      const events = someEvents(30);
      await store().append(prefix, events, 'noStream');
      const filter = { streamPrefixes: [prefix] };
      const seen: string[] = [];
      let checkpoint = start;
      while (seen.length < 30) {
        const stop = new AbortController();
        const one = async ({
          events: batch,
          position,
        }: {
          events: readonly { eventId: string }[];
          position: string;
        }) => {
          seen.push(...idsOf(batch));
          checkpoint = position;
          stop.abort();
        };
        await store().subscribe(checkpoint, one, { filter, batchSize: 7, signal: stop.signal });
      }

      expect(seen).toEqual(idsOf(events));
    });

    it('tells how far it has come also when the filter lets nothing through', async () => {
      const start = await store().head();
      const { position } = await store().append(aStream(), someEvents(5), 'noStream');
      const stop = new AbortController();
      const checkpoints: string[] = [];
      const note = async (batch: { position: string }): Promise<void> => {
        checkpoints.push(batch.position);
        if (comparePositions(batch.position, position) >= 0) stop.abort();
      };
      await store().subscribe(start, note, { filter: { types: ['NeverHappened'] }, signal: stop.signal });

      expect(checkpoints).toEqual([...checkpoints].sort());
      expect(comparePositions(checkpoints.at(-1) ?? '', position)).toBeGreaterThanOrEqual(0);
    });

    it('hands over one batch at a time', async () => {
      const prefix = aStream('slow');
      const start = await store().head();
      await store().append(prefix, someEvents(6), 'noStream');
      const stop = new AbortController();
      let [running, most, count] = [0, 0, 0];
      const handler = async ({ events }: { events: readonly unknown[] }): Promise<void> => {
        running += 1;
        most = Math.max(most, running);
        await new Promise((resolve) => setImmediate(resolve));
        running -= 1;
        count += events.length;
        if (count === 6) stop.abort();
      };
      await store().subscribe(start, handler, {
        filter: { streamPrefixes: [prefix] },
        batchSize: 1,
        signal: stop.signal,
      });

      expect(most).toBe(1);
      expect(running).toBe(0);
    });

    it('rejects with what the handler throws', async () => {
      const start = await store().head();
      await store().append(aStream(), someEvents(1), 'noStream');
      const failure = new Error('the handler cannot');
      const handler = (): Promise<void> => Promise.reject(failure);

      await expect(store().subscribe(start, handler, { signal: new AbortController().signal })).rejects.toBe(
        failure,
      );
    });

    it('resolves when it is aborted, before or while it waits', async () => {
      const head = await store().head();
      const stop = new AbortController();
      const waiting = store().subscribe(head, () => Promise.resolve(), { signal: stop.signal });
      stop.abort();

      await expect(waiting).resolves.toBeUndefined();
      await expect(
        store().subscribe(head, () => Promise.resolve(), { signal: AbortSignal.abort() }),
      ).resolves.toBeUndefined();
    });

    it('refuses a position of another store', async () => {
      const { signal } = new AbortController();

      await expect(store().subscribe('nonsense', () => Promise.resolve(), { signal })).rejects.toThrow(
        ForeignPosition,
      );
    });
  });

  describe('close', () => {
    it('finishes what was taken, ends subscriptions and takes nothing more', async () => {
      const other = await makeStore();
      const subscription = other.subscribe(null, () => Promise.resolve(), {
        signal: new AbortController().signal,
      });
      const appends = Array.from({ length: 20 }, () => other.append(aStream(), someEvents(1), 'noStream'));
      // The checks before the queue are synchronous, so all twenty are taken when close begins.
      await other.close();

      expect(await Promise.all(appends)).toHaveLength(20);
      await expect(subscription).resolves.toBeUndefined();
      await expect(other.append(aStream(), someEvents(1), 'any')).rejects.toThrow(StoreUnavailable);
      await expect(other.readAll(null, 1)).rejects.toThrow(StoreUnavailable);
      await expect(other.head()).rejects.toThrow(StoreUnavailable);
      await expect(other.close()).resolves.toBeUndefined();
    });
  });
}
