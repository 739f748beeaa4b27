import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MemoryEventStore } from '#forlop/event-store';
import { Engine, counting } from './engine.fixture.js';
import { listProjections } from './freshness.js';
import { rebuildProjection } from './rebuild.js';
import { sqlOver } from './sql.js';
import { appendSome } from './testing.fixture.js';

describe('the projection engine, when rows are to be built anew or are not its own', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await Engine.open();
  });
  beforeEach(() => engine.begin());
  afterEach(() => engine.end());
  afterAll(() => engine.close());

  it('rebuilds while the service runs: takes over, gives the same rows, hands back', async () => {
    const runner = engine.run(counting());
    const position = await appendSome(engine.store, 120);
    expect(await engine.reached(position)).toBe(true);
    const before = await engine.counts();
    await engine.owner.query(`update read.test_counters set count = 0`);
    const rebuilt = await rebuildProjection({
      projection: counting(),
      store: engine.store,
      pool: engine.pool,
      batchSize: 7,
    });
    expect(rebuilt).toEqual({ projection: 'counting', events: 120, position });
    expect(await engine.counts()).toEqual(before);
    await engine.becomes(runner, 'running');
    expect(await engine.reached(await appendSome(engine.store, 1, 'Counted', 'new'))).toBe(true);
    expect(await engine.counts()).toEqual({ ...before, new: 1 });
  });

  it('runs again after a rebuild with the cause mended, without a new start', async () => {
    let mended = false;
    const runner = engine.run(counting({ broken: () => !mended }));
    const position = await appendSome(engine.store, 3);
    await engine.becomes(runner, 'failed');
    await expect(
      rebuildProjection({
        projection: counting({ broken: () => !mended }),
        store: engine.store,
        pool: engine.pool,
      }),
    ).rejects.toThrow(/RangeError/);
    await engine.becomes(runner, 'failed');
    mended = true;
    await rebuildProjection({ projection: counting(), store: engine.store, pool: engine.pool });
    await engine.becomes(runner, 'running');
    expect(await engine.reached(position)).toBe(true);
    expect(await engine.counts()).toEqual({ a: 3 });
  });

  it('notices a rebuild that was over before it got to look', async () => {
    let open: () => void = () => undefined;
    const rebuilt = new Promise<void>((resolve) => (open = resolve));
    const query = async (text: string, values: unknown[]) => {
      if (text.includes('projection_checkpoint')) await rebuilt;
      return engine.pool.query(text, values);
    };
    const slow = new Proxy(engine.pool, {
      get: (target, name) => (name === 'query' ? query : (Reflect.get(target, name, target) as unknown)),
    });
    const runner = engine.run(counting({ broken: () => engine.lines.length < 2 }), 10, slow);
    await appendSome(engine.store, 3);
    await engine.becomes(runner, 'failed');
    await rebuildProjection({ projection: counting(), store: engine.store, pool: engine.pool });
    open();
    await engine.becomes(runner, 'running');
    expect(await engine.reached(await appendSome(engine.store, 1))).toBe(true);
    expect(await engine.counts()).toEqual({ a: 4 });
  });

  it('gives up a rebuild that nobody hands over to, and changes nothing', async () => {
    const other = await engine.pool.connect();
    await other.query(`select pg_advisory_lock(x'464f524c'::int, hashtext('counting'))`);
    await expect(
      rebuildProjection({ projection: counting(), store: engine.store, pool: engine.pool, handoverMs: 50 }),
    ).rejects.toMatchObject({
      name: 'HandoverTimedOut',
    });
    other.release(true);
    expect(await listProjections(sqlOver(engine.pool), engine.store, [counting()])).toMatchObject([
      { status: 'new' },
    ]);
  });

  it('refuses rows of another event store, and says what to do', async () => {
    const first = engine.run(counting());
    expect(await engine.reached(await appendSome(engine.store, 2))).toBe(true);
    await first.stop();
    await engine.store.close();
    engine.store = new MemoryEventStore();
    await appendSome(engine.store, 9);
    const runner = engine.run(counting());
    const health = await engine.becomes(runner, 'refused');
    expect(health).toMatchObject({ error: 'other-store' });
    expect(health.advice).toContain('forlop projections rebuild counting');
    expect(await engine.counts()).toEqual({ a: 2 });
    expect(await listProjections(sqlOver(engine.pool), engine.store, [counting()])).toMatchObject([
      { status: 'refused' },
    ]);
    await rebuildProjection({ projection: counting(), store: engine.store, pool: engine.pool });
    await engine.becomes(runner, 'running');
    expect(await engine.counts()).toEqual({ a: 9 });
  });

  it('refuses a checkpoint ahead of the store', async () => {
    const first = engine.run(counting());
    expect(await engine.reached(await appendSome(engine.store, 2))).toBe(true);
    await first.stop();
    await engine.pool.query(
      `begin; select set_config('forlop.municipalities', '*', true);
       update read.projection_checkpoint set position = 'mem:00000000000000000099'; commit`,
    );
    expect(await engine.becomes(engine.run(counting()), 'refused')).toMatchObject({
      error: 'ahead-of-store',
    });
  });

  it('builds rows of an older version anew, and leaves those of a newer one alone', async () => {
    const first = engine.run(counting({ version: 2 }));
    const position = await appendSome(engine.store, 4);
    expect(await engine.reached(position)).toBe(true);
    await first.stop();
    expect(await engine.becomes(engine.run(counting({ version: 1 })), 'refused')).toMatchObject({
      error: 'newer-version',
    });
    await engine.owner.query('update read.test_counters set count = 0');
    await engine.becomes(engine.run(counting({ version: 3 })), 'running');
    expect(await engine.reached(position)).toBe(true);
    expect(await engine.counts()).toEqual({ a: 4 });
  });
});
