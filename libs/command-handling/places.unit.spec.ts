import { describe, expect, it } from '@jest/globals';
import type { Origin, StoredEvent } from '#forlop/event-store';
import { placesOf, upTo } from './places.js';

const at = (kind: string, sequence: number): string => `${kind}:${String(sequence).padStart(20, '0')}`;
const HERE = '00000000-0000-4000-8000-000000000001';
const BEFORE = '00000000-0000-4000-8000-000000000002';

/** A stream at the positions 10, 20 …, of which the first were brought from a store where they stood at 1, 2 … */
function storeWith(events: number, brought: number, kind = 'pg') {
  const stream = Array.from({ length: events }, (_, revision): StoredEvent => ({
    eventId: `event-${revision}`,
    streamId: 'childcase-1',
    revision,
    position: at('mem', (revision + 1) * 10),
    type: 'ThingHappened',
    schemaVersion: 1,
    payload: '{}',
    metadata: '{}',
    hash: '',
    recordedAt: '2026-03-02T10:00:00.000Z',
  }));
  const origins = stream
    .slice(0, brought)
    .map(({ position, revision }): [string, Origin] => [
      position,
      { storeId: BEFORE, position: at(kind, revision + 1) },
    ]);
  const store = {
    storeId: HERE,
    start: at('mem', 0),
    originsOf: async () => new Map(origins),
    readAt: async (position: string) => stream.find((event) => event.position === position),
  };
  return { store, stream };
}

async function countUpTo(made: ReturnType<typeof storeWith>, until: string): Promise<number> {
  return (await upTo(made.store, made.stream, until)).length;
}

describe('a stream up to a position', () => {
  it('of this store is what stands at or before it', async () => {
    const made = storeWith(4, 2);
    const counts = await Promise.all([0, 5, 10, 25, 40, 99].map((n) => countUpTo(made, at('mem', n))));
    expect(counts).toEqual([0, 0, 1, 2, 4, 4]);
  });

  it('of the store before is what stood at or before it there, and nothing that was appended here', async () => {
    const made = storeWith(4, 2);
    const counts = await Promise.all([0, 1, 2, 9].map((n) => countUpTo(made, at('pg', n))));
    expect(counts).toEqual([0, 1, 2, 2]);
  });

  it('of a store that nothing came from is nothing', async () => {
    expect(await countUpTo(storeWith(4, 0), at('pg', 3))).toBe(0);
  });

  it('that two stores of a kind have is this one’s where an event stands there, and the other’s where none does', async () => {
    const made = storeWith(4, 3, 'mem');
    expect(await countUpTo(made, at('mem', 2))).toBe(2);
    expect(await countUpTo(made, at('mem', 10))).toBe(1);
  });
});

describe('the place of an event', () => {
  it('is where it was first stored', async () => {
    const { store, stream } = storeWith(2, 1);
    const placeOf = await placesOf(store, stream);
    expect(stream.map(({ position }) => placeOf(position))).toEqual([
      { storeId: BEFORE, position: at('pg', 1) },
      { storeId: HERE, position: at('mem', 20) },
    ]);
  });
});
