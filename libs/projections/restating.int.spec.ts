import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { defineProjection, increment } from './definition.js';
import type { Projection } from './definition.js';
import { Engine, counting } from './engine.fixture.js';
import { rebuildProjection } from './rebuild.js';
import { counters } from './testing.fixture.js';

describe('a projection of streams whose events change earlier ones', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await Engine.open();
  });
  beforeEach(() => engine.begin());
  afterEach(() => engine.end());
  afterAll(() => engine.close());

  /** Counts each event under its own part; one of type `Struck` takes the first event of its stream away. */
  const striking = (): Projection =>
    defineProjection({
      ...counting(),
      project: (event) => {
        const part = event.data['of'] as string;
        return [increment(counters, { id: event.streamId.slice('counter-'.length), part }, { count: 1 })];
      },
      restating: {
        on: ['Struck'],
        column: 'id',
        keyOf: (streamId) => streamId.slice('counter-'.length),
        restate: (events) => (events.some(({ type }) => type === 'Struck') ? events.slice(1) : events),
      },
    });

  const one = '0b0e7e6a-0000-4000-8000-0000000000a1';
  const other = '0b0e7e6a-0000-4000-8000-0000000000a2';
  let made = 0;
  const append = async (id: string, ...happened: readonly [type: string, of: string][]): Promise<string> => {
    const events = happened.map(([type, of]) => ({
      eventId: `00000000-0000-4000-a000-${String((made += 1)).padStart(12, '0')}`,
      type,
      schemaVersion: 1,
      payload: JSON.stringify({ data: { of }, sealed: [] }),
      metadata: JSON.stringify({ municipalityNumber: '3401' }),
    }));
    return (await engine.store.append(`counter-${id}`, events, 'any')).position;
  };
  const rows = async () =>
    (await engine.owner.query<object>('select id, part, count from read.test_counters order by id, part'))
      .rows;

  it.each([1, 2, 100])('makes their rows anew, and no others, in batches of %i', async (batchSize) => {
    await append(one, ['Counted', 'a'], ['Counted', 'b']);
    await append(other, ['Counted', 'a']);
    await append(one, ['Struck', 'c'], ['Counted', 'b']);
    const last = await append(other, ['Counted', 'a']);
    engine.run(striking(), batchSize);
    expect(await engine.reached(last)).toBe(true);
    const expected = [
      { id: one, part: 'b', count: 2 },
      { id: one, part: 'c', count: 1 },
      { id: other, part: 'a', count: 2 },
    ];
    expect(await rows()).toEqual(expected);

    await rebuildProjection({ projection: striking(), store: engine.store, pool: engine.pool, batchSize });
    expect(await rows()).toEqual(expected);
  });
});
