import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { MemoryEventStore } from '#forlop/event-store';
import { column, defineProjection, defineTable, upsert } from '../definition.js';
import { Engine, counting } from '../engine.fixture.js';
import { listProjections } from '../freshness.js';
import { rebuildAll, rebuildProjection } from '../rebuild.js';
import { ProjectionRunner } from '../runner.js';
import { sqlOver } from '../sql.js';
import { appendSome, counters } from '../testing.fixture.js';
import { Builder } from './builder.js';
import { readBuilds } from './registry.js';

const quiet = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
};

describe('rows that a program cannot go on from', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await Engine.open();
    await engine.owner.query(`
      create table read.test_counters_v2 (part text primary key, id uuid, seen integer not null);
      create index test_counters_v2_seen on read.test_counters_v2 (seen) where seen > 0;
      grant select, insert, update, delete, truncate on read.test_counters_v2 to forlop_test_projector;
      grant select on read.test_counters to forlop_test_service`);
  });
  beforeEach(() => engine.begin());
  afterEach(() => engine.end());
  afterAll(() => engine.close());

  const live = async () =>
    (await readBuilds(sqlOver(engine.pool), ['counting'])).find(({ status }) => status === 'live');
  const rebuild = () => rebuildProjection({ projection: counting(), store: engine.store, pool: engine.pool });
  const listed = async () => (await listProjections(sqlOver(engine.pool), engine.store, [counting()]))[0];

  it('of an older version are built anew beside those, which are read and led until then', async () => {
    const old = engine.run(counting());
    const position = await appendSome(engine.store, 30);
    expect(await engine.reached(position)).toBe(true);
    await engine.owner.query('update read.test_counters set count = 1');
    const during: unknown[] = [];
    const signal = new AbortController().signal;
    const builder = new Builder({
      projections: [counting({ version: 2 })],
      store: engine.store,
      pool: engine.pool,
      signal,
      onProgress: ({ phase }) => {
        if (phase === 'indexing') during.push(engine.counts(), old.health().status);
      },
    });
    const { store, pool } = engine;
    const runner = new ProjectionRunner({
      projection: counting({ version: 2 }),
      store,
      pool,
      log: quiet,
      builder,
      askEveryMs: 20,
    });
    runner.start();
    await engine.becomes(runner, 'running');
    expect(await Promise.all(during)).toEqual([{ a: 1 }, 'running']);
    expect(await engine.counts()).toEqual({ a: 30 });
    expect(await live()).toMatchObject({ version: 2, build: 2, tables: ['test_counters_v2_b2'] });
    // The old process leads no more, and says why when it is asked to again.
    await old.stop();
    await runner.stop();
    expect(await engine.becomes(engine.run(counting()), 'refused')).toMatchObject({ error: 'newer-version' });
    expect(await engine.counts()).toEqual({ a: 30 });
  });

  it('may have other columns: the view follows, with its grants', async () => {
    const first = engine.run(counting());
    expect(await engine.reached(await appendSome(engine.store, 5))).toBe(true);
    await first.stop();
    const table = defineTable({
      name: 'read.test_counters_v2',
      columns: { part: column('text'), id: column('uuid'), seen: column('integer') },
      key: ['part'],
    });
    const second = defineProjection({
      ...counting({ version: 2 }),
      tables: [table],
      project: ({ data }) => [upsert(table, { part: data['of'], seen: 1 })],
    });
    const runner = engine.run(second);
    await engine.becomes(runner, 'running');
    const { rows } = await engine.owner.query('select * from read.test_counters');
    expect(rows).toEqual([{ part: 'a', id: null, seen: 1 }]);
    const { rows: granted } = await engine.owner.query(
      `select has_table_privilege('forlop_test_service', 'read.test_counters', 'select') as may`,
    );
    expect(granted).toEqual([{ may: true }]);
    const { rows: indexes } = await engine.owner.query<{ definition: string }>(
      `select indexdef as definition from pg_indexes where tablename = 'test_counters_v2_b2' order by 1`,
    );
    expect(indexes.map(({ definition }) => definition)).toEqual([
      'CREATE INDEX test_counters_v2_b2_seen ON read.test_counters_v2_b2 USING btree (seen) WHERE (seen > 0)',
      'CREATE UNIQUE INDEX test_counters_v2_b2_pkey ON read.test_counters_v2_b2 USING btree (part)',
    ]);
    await runner.stop();
    await engine.owner.query('drop view read.test_counters');
  });

  it('and that fail in the new version leave the old ones to be read', async () => {
    const first = engine.run(counting());
    await appendSome(engine.store, 5);
    const bad = await appendSome(engine.store, 1, 'Counted', 'bad');
    expect(await engine.reached(bad)).toBe(true);
    const runner = engine.run(counting({ version: 2, broken: (of) => of === 'bad' }));
    expect(await engine.becomes(runner, 'failed')).toMatchObject({ error: 'RangeError', errorPosition: bad });
    expect(await engine.reached(await appendSome(engine.store, 1))).toBe(true);
    // What the old program goes on with mends nothing: the store is not read over and over.
    for (let i = 0; i < 5; i += 1) {
      expect(await engine.reached(await appendSome(engine.store, 1))).toBe(true);
      await new Promise((resolve) => setTimeout(resolve, 60));
    }
    expect(engine.lines.filter((line) => line.includes('projection stopped'))).toHaveLength(1);
    expect(first.health().status).toBe('running');
    const [listed] = await listProjections(sqlOver(engine.pool), engine.store, [counting({ version: 2 })]);
    expect(listed).toMatchObject({
      status: 'failed',
      version: 1,
      advice: expect.stringContaining('grow old'),
    });
    expect(await engine.counts()).toEqual({ a: 11, bad: 1 });
    expect(await live()).toMatchObject({ version: 1, build: 1 });
  });

  it('because there are none yet are built in bulk when the store holds much', async () => {
    const position = await appendSome(engine.store, 60);
    const { store, pool } = engine;
    const projections = [counting()];
    const { signal } = new AbortController();
    const builder = new Builder({ projections, store, pool, signal, bulkFrom: 50 });
    const [projection] = projections;
    if (projection === undefined) throw new Error('none');
    const runner = new ProjectionRunner({ projection, store, pool, log: quiet, builder, askEveryMs: 20 });
    runner.start();
    expect(await engine.reached(position)).toBe(true);
    await engine.becomes(runner, 'running');
    expect(await live()).toMatchObject({ build: 2 });
    expect(await engine.reached(await appendSome(engine.store, 1))).toBe(true);
    expect(await engine.counts()).toEqual({ a: 61 });
    await runner.stop();
  });

  it('are built in one reading for several projections, of which one may fail', async () => {
    await appendSome(engine.store, 40);
    let reads = 0;
    const store = Object.assign(Object.create(engine.store) as MemoryEventStore, {
      readAll: (...of: Parameters<MemoryEventStore['readAll']>) => {
        reads += 1;
        return engine.store.readAll(...of);
      },
    });
    const broken = counting({ name: 'broken', broken: () => true });
    const { rebuilt, failed } = await rebuildAll({
      projections: [counting(), { ...broken, tables: [] }],
      store,
      pool: engine.pool,
      batchSize: 10,
    });
    expect(rebuilt).toMatchObject([{ projection: 'counting', events: 40 }]);
    expect([...failed.keys()]).toEqual(['broken']);
    expect(reads).toBe(5);
    expect(await engine.counts()).toEqual({ a: 40 });
  });

  it('of another event store are refused, and replaced by a rebuild', async () => {
    const first = engine.run(counting());
    expect(await engine.reached(await appendSome(engine.store, 12))).toBe(true);
    await first.stop();
    await engine.store.close();
    engine.store = new MemoryEventStore();
    await appendSome(engine.store, 9);
    const runner = engine.run(counting());
    const health = await engine.becomes(runner, 'refused');
    expect(health).toMatchObject({ error: 'other-store' });
    expect(health.advice).toContain('forlop projections rebuild counting');
    expect(await engine.counts()).toEqual({ a: 12 });
    expect(await listed()).toMatchObject({ status: 'refused' });
    await rebuild();
    await engine.becomes(runner, 'running');
    expect(await engine.counts()).toEqual({ a: 9 });
  });

  /** As if the events were restored from a backup: the store says it is the same one. */
  const restored = async (events: number) => {
    const { storeId } = engine.store;
    await engine.store.close();
    const store = new MemoryEventStore();
    engine.store = Object.defineProperty(store, 'storeId', { value: storeId });
    await appendSome(engine.store, events);
  };

  it('hold more than the store, after a backup was restored: they are refused until a rebuild', async () => {
    const first = engine.run(counting());
    expect(await engine.reached(await appendSome(engine.store, 20))).toBe(true);
    await first.stop();
    await restored(7);
    const runner = engine.run(counting());
    expect(await engine.becomes(runner, 'refused')).toMatchObject({ error: 'ahead-of-store' });
    expect(await engine.counts()).toEqual({ a: 20 });
    await rebuild();
    await engine.becomes(runner, 'running');
    expect(await engine.counts()).toEqual({ a: 7 });
  });

  it('hold another event where they stand, after a backup was restored and gone on from: refused too', async () => {
    const first = engine.run(counting());
    expect(await engine.reached(await appendSome(engine.store, 20))).toBe(true);
    await first.stop();
    await restored(25);
    const runner = engine.run(counting());
    const health = await engine.becomes(runner, 'refused');
    expect(health).toMatchObject({ error: 'other-event' });
    expect(health.advice).toContain('forlop projections rebuild counting');
    expect(await listed()).toMatchObject({ status: 'refused', error: 'other-event' });
    await rebuild();
    await engine.becomes(runner, 'running');
    expect(await engine.counts()).toEqual({ a: 25 });
  });

  it('are none of those that a program from before there were builds has left', async () => {
    await appendSome(engine.store, 6);
    await engine.pool.query(
      `begin; select set_config('forlop.municipalities', '*', true);
       insert into read.test_counters_v1 (id, part, count)
         values ('0b0e7e6a-0000-4000-8000-000000000001', 'a', 6);
       insert into read.projection_checkpoint (projection, version, store_id, position, status)
         values ('counting', 1, '${engine.store.storeId}', 'mem:00000000000000000006', 'running'); commit`,
    );
    engine.run(counting());
    expect(await engine.reached(await appendSome(engine.store, 2))).toBe(true);
    expect(await engine.counts()).toEqual({ a: 8 });
    expect(await live()).toMatchObject({ build: 1, tables: [counters.name.slice('read.'.length)] });
  });
});
