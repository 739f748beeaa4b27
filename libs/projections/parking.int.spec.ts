import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { defineProjection, increment } from './definition.js';
import type { Projection } from './definition.js';
import { Engine } from './engine.fixture.js';
import { readFailures } from './failures/failures.js';
import { retryParked, skipParked } from './failures/retry.js';
import { parkedAmong } from './failures/touched.js';
import { listProjections } from './freshness.js';
import { sqlOver } from './sql.js';
import { counters } from './testing.fixture.js';

const idOf = (streamId: string) => streamId.slice('counter-'.length);
const ONE = '0b0e7e6a-0000-4000-8000-0000000000a1';
const OTHER = '0b0e7e6a-0000-4000-8000-0000000000a2';

/** Counts by stream and part; what `broken` names cannot be taken, `Struck` takes the first event of its stream away. */
const counting = (broken: (of: string) => boolean = () => false, version = 1): Projection =>
  defineProjection({
    name: 'counting',
    version,
    tables: [counters],
    streams: ['counter-'],
    project: ({ streamId, data }) => {
      const part = data['of'] as string;
      if (broken(part)) throw new RangeError(`cannot take ${part}`);
      return [increment(counters, { id: idOf(streamId), part }, { count: 1 })];
    },
    restating: {
      on: ['Struck'],
      column: 'id',
      keyOf: idOf,
      restate: (events) => (events.some(({ type }) => type === 'Struck') ? events.slice(1) : events),
    },
  });
const poison = (part: string) => part.startsWith('poison');

describe('an event that a projection cannot apply', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await Engine.open();
  });
  beforeEach(() => engine.begin());
  afterEach(() => engine.end());
  afterAll(() => engine.close());

  let made = 0;
  const append = async (id: string, parts: readonly string[], more: { type?: string; mun?: string } = {}) => {
    const { type = 'Counted', mun = '3401' } = more;
    const events = parts.map((of) => ({
      eventId: `00000000-0000-4000-b000-${String((made += 1)).padStart(12, '0')}`,
      type,
      schemaVersion: 1,
      payload: JSON.stringify({ data: { of }, sealed: [] }),
      metadata: JSON.stringify({ municipalityNumber: mun }),
    }));
    return (await engine.store.append(`counter-${id}`, events, 'any')).position;
  };
  const rows = async () => {
    const { rows: found } = await engine.owner.query<{ id: string; part: string; count: number }>(
      'select id, part, count from read.test_counters order by id, part',
    );
    return found.map(({ id, part, count }) => `${id === ONE ? 'one' : 'other'} ${part} ${count}`);
  };
  const failures = () => readFailures(sqlOver(engine.pool), ['counting']);
  const on = (projection: Projection) => ({ projection, store: engine.store, pool: engine.pool });

  it.each([1, 2, 7, 100])('parks its stream alone, in batches of %i', async (batchSize) => {
    await append(ONE, ['a']);
    const bad = await append(ONE, ['poison-of-a-named-person']);
    await append(OTHER, ['a', 'b']);
    await append(ONE, ['b', 'b']);
    const last = await append(OTHER, ['c']);
    const runner = engine.run(counting(poison), batchSize);
    expect(await engine.reached(last)).toBe(true);
    expect(await rows()).toEqual(['one a 1', 'other a 1', 'other b 1', 'other c 1']);
    expect(runner.health()).toMatchObject({ status: 'running', position: last, parked: 1 });
    expect(await failures()).toMatchObject([
      {
        streamId: `counter-${ONE}`,
        position: bad,
        error: 'RangeError',
        attempts: 1,
        municipality: '3401',
        status: 'parked',
      },
    ]);
    expect(engine.lines.join()).toContain('"stream parked"');
    expect(engine.lines.join() + JSON.stringify(await failures())).not.toContain('named-person');
    expect(await listProjections(sqlOver(engine.pool), engine.store, [counting()])).toMatchObject([
      { status: 'running', lagEvents: 0, parked: 1, advice: expect.stringContaining('failures') },
    ]);
  });

  it('lets what comes later in its stream wait, also in the next process', async () => {
    await append(ONE, ['poison']);
    const first = engine.run(counting(poison));
    expect(await engine.reached(await append(ONE, ['a']))).toBe(true);
    await first.stop();
    engine.run(counting());
    expect(await engine.reached(await append(ONE, ['b']))).toBe(true);
    expect(await rows()).toEqual([]);
    expect(await failures()).toMatchObject([{ attempts: 1 }]);
  });

  it('is tried again: the waiting events are applied in order, once, and the stream goes on', async () => {
    await append(ONE, ['a', 'poison', 'b']);
    const runner = engine.run(counting(poison));
    expect(await engine.reached(await append(ONE, ['b']))).toBe(true);
    expect(await retryParked(on(counting(poison)))).toMatchObject([
      { applied: 0, parked: { error: 'RangeError' } },
    ]);
    expect(await failures()).toMatchObject([{ attempts: 2 }]);
    await runner.stop();
    engine.run(counting());
    expect(await retryParked(on(counting()))).toEqual([
      { projection: 'counting', streamId: `counter-${ONE}`, applied: 3 },
    ]);
    expect(await failures()).toEqual([]);
    expect(await engine.reached(await append(ONE, ['c']))).toBe(true);
    expect(await rows()).toEqual(['one a 1', 'one b 2', 'one c 1', 'one poison 1']);
  });

  it('may be followed by another one: what is between the two then stands, and the stream waits there', async () => {
    await append(ONE, ['poison-1', 'a']);
    const second = await append(ONE, ['poison-2']);
    engine.run(counting(poison));
    expect(await engine.reached(await append(ONE, ['b']))).toBe(true);
    expect(await retryParked(on(counting((part) => part === 'poison-2')))).toMatchObject([
      { applied: 2, parked: { position: second } },
    ]);
    expect(await rows()).toEqual(['one a 1', 'one poison-1 1']);
    expect(await failures()).toMatchObject([{ position: second, attempts: 1 }]);
  });

  it('is passed over by an operator, for good, and what waited behind it is applied', async () => {
    await append(ONE, ['a', 'poison', 'b']);
    const runner = engine.run(counting(poison));
    expect(await engine.reached(await append(ONE, ['c']))).toBe(true);
    const skipped = await skipParked({ ...on(counting(poison)), streamId: `counter-${ONE}` });
    expect(skipped).toMatchObject([{ applied: 2 }]);
    expect(await rows()).toEqual(['one a 1', 'one b 1', 'one c 1']);
    expect(await failures()).toMatchObject([{ status: 'skipped' }]);
    await engine.becomes(runner, 'running');
    expect(runner.health().parked).toBeUndefined();
    // A correction makes the rows of the stream anew: the event is no part of them.
    expect(await engine.reached(await append(ONE, ['d'], { type: 'Struck' }))).toBe(true);
    expect(await rows()).toEqual(['one b 1', 'one c 1', 'one d 1']);
    expect(await engine.reached(await append(ONE, ['e']))).toBe(true);
    expect(await rows()).toEqual(['one b 1', 'one c 1', 'one d 1', 'one e 1']);
  });

  it('keeps a correction of its stream waiting, which then makes the rows anew', async () => {
    await append(ONE, ['a', 'poison']);
    engine.run(counting(poison));
    await append(ONE, ['d'], { type: 'Struck' });
    expect(await engine.reached(await append(OTHER, ['d'], { type: 'Struck' }))).toBe(true);
    expect(await rows()).toEqual(['one a 1']);
    expect(await retryParked(on(counting()))).toMatchObject([{ applied: 2 }]);
    expect(await rows()).toEqual(['one d 1', 'one poison 1']);
  });

  it('may be the correction itself', async () => {
    await append(ONE, ['a', 'b']);
    await append(ONE, ['poison'], { type: 'Struck' });
    engine.run(counting(poison), 2);
    expect(await engine.reached(await append(ONE, ['c']))).toBe(true);
    expect(await rows()).toEqual(['one a 1', 'one b 1']);
    await skipParked({ ...on(counting(poison)), streamId: `counter-${ONE}` });
    expect(await rows()).toEqual(['one a 1', 'one b 1', 'one c 1']);
  });

  it('parks by what the database says of a value, and stops the projection by what it says of a table', async () => {
    await engine.owner.query(
      `alter table read.test_counters_v1 add constraint few check (part <> 'refused')`,
    );
    await append(ONE, ['refused']);
    const runner = engine.run(counting());
    expect(await engine.reached(await append(OTHER, ['a']))).toBe(true);
    expect(await failures()).toMatchObject([{ error: expect.stringContaining('23514') }]);
    await engine.owner.query('alter table read.test_counters_v1 drop constraint few');
    await engine.owner.query('revoke insert on read.test_counters_v1 from forlop_test_projector');
    await append(OTHER, ['b']);
    expect(await engine.becomes(runner, 'failed')).toMatchObject({
      error: expect.stringContaining('42501'),
    });
    expect(await failures()).toHaveLength(1);
    await engine.owner.query('grant insert on read.test_counters_v1 to forlop_test_projector');
  });

  it('is counted for whoever an answer is about, once however many projections park it', async () => {
    const bad = await append(ONE, ['poison']);
    await append(OTHER, ['poison'], { mun: '3403' });
    engine.run(counting(poison));
    expect(await engine.reached(await append(ONE, ['a']))).toBe(true);
    const sql = sqlOver(engine.pool);
    const projections = ['counting', 'other'];
    const in3401 = { municipalities: ['3401'], prefix: '' };
    expect(await parkedAmong(sql, { projections, among: in3401 })).toEqual({ streams: 1, from: null });
    expect(await parkedAmong(sql, { projections, streamId: `counter-${ONE}` })).toEqual({
      streams: 1,
      from: bad,
    });
    expect(await parkedAmong(sql, { projections: ['other'], among: in3401 })).toEqual({
      streams: 0,
      from: null,
    });
    expect(
      await parkedAmong(sql, { projections, among: { municipalities: ['3401'], prefix: 'accesslog-' } }),
    ).toEqual({ streams: 0, from: null });
  });
});
