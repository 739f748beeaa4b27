import { describe, expect, it } from '@jest/globals';
import { eventStoreContract } from '../../contract/event-store.contract.js';
import { aStream, someEvents } from '../../contract/support.fixture.js';
import { MemoryEventStore } from './memory-event-store.js';

eventStoreContract('memory', async () => new MemoryEventStore());

describe('the memory store', () => {
  it('has no head, and a page of nothing at the very start, when empty', async () => {
    const store = new MemoryEventStore();

    expect(await store.head()).toBeNull();
    expect(await store.countAfter(null)).toBe(0);
    expect(await store.readAll(null, 10)).toEqual({ events: [], position: 'mem:00000000000000000000' });
  });

  it('never lets recordedAt decrease when the clock is set back', async () => {
    const times = ['2026-01-05T10:00:00.000Z', '2026-01-05T09:00:00.000Z', '2026-01-05T10:00:00.001Z'];
    const clock = times.map((time) => new Date(time)).values();
    const store = new MemoryEventStore(() => clock.next().value ?? new Date(0));
    for (const _ of times) await store.append(aStream(), someEvents(1), 'noStream');

    const { events } = await store.readAll(null, 10);
    expect(events.map(({ recordedAt }) => recordedAt)).toEqual([
      '2026-01-05T10:00:00.000Z',
      '2026-01-05T10:00:00.000Z',
      '2026-01-05T10:00:00.001Z',
    ]);
  });
});
