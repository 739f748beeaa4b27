import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { MemoryEventStore } from '#forlop/event-store';
import { pruneBuilds } from './builds/begin.js';
import { readBuilds } from './builds/registry.js';
import { defineProjection, merge, upsert } from './definition.js';
import type { Projection, Row } from './definition.js';
import { Engine, counting } from './engine.fixture.js';
import { rebuildProjection } from './rebuild.js';
import type { RebuildOptions } from './rebuild.js';
import { sqlOver } from './sql.js';
import { anyOperation, appendSome, counters, interpret, keyText } from './testing.fixture.js';

describe('a rebuild', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await Engine.open();
  });
  beforeEach(() => engine.begin());
  afterEach(() => engine.end());
  afterAll(() => engine.close());

  const rebuild = (projection: Projection, options: Partial<RebuildOptions> = {}) =>
    rebuildProjection({ projection, store: engine.store, pool: engine.pool, ...options });
  const builds = async () =>
    (await readBuilds(sqlOver(engine.pool), ['counting'])).map(({ build, status }) => [build, status]);
  const tables = async () =>
    (
      await engine.owner.query<{ name: string }>(
        `select relname as name from pg_class where relname ~ '^test_counters' and relkind = 'r' order by 1`,
      )
    ).rows.map(({ name }) => name);

  it('gives the same rows while the service runs, which goes on with the new ones', async () => {
    const runner = engine.run(counting());
    const position = await appendSome(engine.store, 120);
    expect(await engine.reached(position)).toBe(true);
    await engine.owner.query(`update read.test_counters set count = 0`);
    const rebuilt = await rebuild(counting(), { batchSize: 7 });
    expect(rebuilt).toEqual({ projection: 'counting', build: 2, events: 120, position });
    expect(await engine.counts()).toEqual({ a: 120 });
    await engine.becomes(runner, 'running');
    expect(await engine.reached(await appendSome(engine.store, 1, 'Counted', 'new'))).toBe(true);
    expect(await engine.counts()).toEqual({ a: 120, new: 1 });
  });

  it('keeps what was read before until it is pruned; the tables of the migrations stay, as the shape of others', async () => {
    engine.run(counting());
    expect(await engine.reached(await appendSome(engine.store, 5))).toBe(true);
    await rebuild(counting());
    await rebuild(counting());
    expect(await builds()).toEqual([
      [1, 'retired'],
      [2, 'retired'],
      [3, 'live'],
    ]);
    expect(await tables()).toEqual(['test_counters_v1', 'test_counters_v1_b2', 'test_counters_v1_b3']);
    const pruned = await pruneBuilds(engine.pool, 'counting');
    expect(pruned.map(({ build }) => build)).toEqual([1, 2]);
    expect(await tables()).toEqual(['test_counters_v1', 'test_counters_v1_b3']);
    expect((await engine.owner.query('select from read.test_counters_v1')).rowCount).toBe(0);
    expect(await engine.counts()).toEqual({ a: 5 });
    expect((await rebuild(counting())).build).toBe(4);
    expect(await engine.counts()).toEqual({ a: 5 });
  });

  it('never shows a query a missing row or an older position, however often it asks', async () => {
    engine.run(counting());
    let stored = 200;
    expect(await engine.reached(await appendSome(engine.store, stored))).toBe(true);
    const seen: { position: string; count: number }[] = [];
    let done = false;
    const asking = (async () => {
      while (!done) {
        const { rows } = await engine.owner.query<{ position: string; count: number }>(
          `select c.position, t.count from (values (1)) always
             left join read.projection_checkpoint c on c.projection = 'counting'
             left join read.test_counters t on t.part = 'a'`,
        );
        seen.push(...rows);
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
    })();
    const appending = (async () => {
      while (!done) {
        await appendSome(engine.store, 1);
        stored += 1;
        await new Promise((resolve) => setTimeout(resolve, 5));
      }
    })();
    for (let i = 0; i < 3; i += 1) await rebuild(counting(), { batchSize: 20 });
    done = true;
    await Promise.all([asking, appending]);
    expect(seen.length).toBeGreaterThan(10);
    // Each event counts one: the row must be exactly as old as the position says.
    expect(seen.filter(({ position, count }) => Number(position.slice('mem:'.length)) !== count)).toEqual([]);
    const positions = seen.map(({ position }) => position);
    expect(positions).toEqual(positions.toSorted());
  });

  it('waits for a query that runs no longer than a moment at a time, and switches when it is over', async () => {
    const runner = engine.run(counting());
    expect(await engine.reached(await appendSome(engine.store, 3))).toBe(true);
    await engine.owner.query('begin; select count(*) from read.test_counters');
    const rebuilding = rebuild(counting());
    await engine.becomes(runner, 'standby');
    // The switch is held up by the reader above; the leader is let on in between.
    await engine.becomes(runner, 'running');
    await engine.owner.query('commit');
    expect((await rebuilding).build).toBe(2);
    expect(await engine.counts()).toEqual({ a: 3 });
  });

  it('stops at an event that cannot be applied, says which, and leaves the rows that are read as they are', async () => {
    engine.run(counting());
    await appendSome(engine.store, 20);
    const bad = await appendSome(engine.store, 1, 'Counted', 'bad');
    const last = await appendSome(engine.store, 20);
    expect(await engine.reached(last)).toBe(true);
    await expect(rebuild(counting({ broken: (of) => of === 'bad' }))).rejects.toMatchObject({
      name: 'ProjectionFailed',
      position: bad,
      errorClass: 'RangeError',
    });
    expect(await builds()).toEqual([[1, 'live']]);
    expect(await tables()).toEqual(['test_counters_v1']);
    expect(await engine.reached(await appendSome(engine.store, 1))).toBe(true);
    expect(await engine.counts()).toEqual({ a: 41, bad: 1 });
  });

  it('says as exactly which event it was when the database refuses a row of many', async () => {
    const dated = defineProjection({
      ...counting(),
      project: ({ data, streamId }) => [
        upsert(counters, {
          id: streamId.slice('counter-'.length),
          part: 'a',
          on_date: data['of'] === 'bad' ? '2026-02-31' : '2026-02-28',
        }),
      ],
    });
    await appendSome(engine.store, 20);
    const bad = await appendSome(engine.store, 1, 'Counted', 'bad');
    await appendSome(engine.store, 20);
    await expect(rebuild(dated)).rejects.toMatchObject({ name: 'ProjectionFailed', position: bad });
    expect(await tables()).toEqual(['test_counters_v1']);
  });

  it('that was killed has changed nothing, and the next one begins anew', async () => {
    engine.run(counting());
    const position = await appendSome(engine.store, 50);
    expect(await engine.reached(position)).toBe(true);
    const killed = rebuild(counting(), {
      batchSize: 10,
      onProgress: ({ events }) => {
        if (events === 30) void killBuilder();
      },
    });
    const killBuilder = () =>
      engine.pool.query(
        `select pg_terminate_backend(pid) from pg_locks
          where locktype = 'advisory' and objid::bigint = hashtext('build of counting')::bigint & 4294967295`,
      );
    await expect(killed).rejects.toThrow();
    expect(await builds()).toEqual([
      [1, 'live'],
      [2, 'building'],
    ]);
    expect(await engine.counts()).toEqual({ a: 50 });
    expect((await rebuild(counting())).build).toBe(3);
    expect(await tables()).toEqual(['test_counters_v1', 'test_counters_v1_b3']);
    expect(await engine.counts()).toEqual({ a: 50 });
  });

  it('ends with its signal', async () => {
    await appendSome(engine.store, 50);
    const stopping = new AbortController();
    const stopped = rebuild(counting(), {
      batchSize: 10,
      signal: stopping.signal,
      onProgress: () => stopping.abort(),
    });
    await expect(stopped).rejects.toMatchObject({ name: 'AbortError' });
    expect(await engine.counts()).toEqual({});
  });

  it('is not begun beside another of the same projection', async () => {
    await appendSome(engine.store, 30);
    const second: Promise<unknown>[] = [];
    await rebuild(counting(), {
      batchSize: 10,
      onProgress: ({ events }) => {
        if (events === 10) second.push(rebuild(counting()).catch((error: unknown) => error));
      },
    });
    expect(await Promise.all(second)).toMatchObject([{ name: 'BuildRunning' }]);
    expect(await engine.counts()).toEqual({ a: 30 });
  });

  it('gives up when nobody hands over to it, and changes nothing', async () => {
    const other = await engine.pool.connect();
    await other.query(`select pg_advisory_lock(x'464f524c'::int, hashtext('counting'))`);
    await expect(rebuild(counting(), { handoverMs: 50 })).rejects.toMatchObject({ name: 'HandoverTimedOut' });
    other.release(true);
    expect(await builds()).toEqual([]);
  });

  it('passes over events that an operator has skipped, and forgets what was parked', async () => {
    await appendSome(engine.store, 3);
    await appendSome(engine.store, 1, 'Counted', 'bad');
    const broken = counting({ broken: (of) => of === 'bad' });
    const runner = engine.run(broken);
    expect(await engine.reached(await appendSome(engine.store, 2))).toBe(true);
    expect(runner.health().parked).toBe(1);
    await expect(rebuild(broken)).rejects.toMatchObject({ name: 'ProjectionFailed' });
    await engine.pool.query(
      `begin; select set_config('forlop.municipalities', '*', true);
       update read.projection_failures set status = 'skipped'; commit`,
    );
    await rebuild(broken);
    expect(await engine.counts()).toEqual({ a: 5 });
    await engine.becomes(runner, 'running');
    expect(runner.health().parked).toBeUndefined();
  });

  it('gives the rows that the operations give one by one, whatever is kept and written when', async () => {
    const anyBatch = (operation: typeof anyOperation) =>
      fc.array(fc.array(operation, { maxLength: 4 }), { minLength: 1, maxLength: 25 });
    // Rows of a table that no change comes to bit by bit are written at once.
    const whole = anyOperation.filter(({ op }) => op === 'upsert' || op === 'delete');
    const operations = fc.oneof(anyBatch(anyOperation), anyBatch(whole));
    const sizes = fc.record({
      batchSize: fc.integer({ min: 1, max: 6 }),
      keptRows: fc.integer({ min: 0, max: 4 }),
    });
    await fc.assert(
      fc.asyncProperty(operations, sizes, async (given, size) => {
        await engine.store.close();
        engine.store = new MemoryEventStore();
        await appendSome(engine.store, given.length);
        const projection = defineProjection({
          ...counting(),
          project: ({ position }) => given[Number(position.slice('mem:'.length)) - 1] ?? [],
        });
        await rebuild(projection, size);
        const { rows } = await engine.owner.query<Row>(
          'select id, part, label, on_date::text, count, document from read.test_counters',
        );
        const byKey = (a: Row, b: Row) => keyText(counters, a).localeCompare(keyText(counters, b));
        expect(rows.sort(byKey)).toEqual([...interpret(given.flat()).values()].sort(byKey));
        await pruneBuilds(engine.pool, 'counting');
      }),
      { numRuns: 40 },
    );
  });

  it('reads any text as it is, and as a text only', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), fc.boolean(), async (text, isWhole) => {
        await engine.store.close();
        engine.store = new MemoryEventStore();
        await appendSome(engine.store, 1);
        const id = '0b0e7e6a-0000-4000-8000-000000000001';
        const row = { id, part: 'text', label: text, document: { text } };
        const write = isWhole ? upsert : merge;
        await rebuild(defineProjection({ ...counting(), project: () => [write(counters, row)] }));
        const storable = text.replaceAll('\u0000', '\ufffd');
        const { rows } = await engine.owner.query('select label, document from read.test_counters');
        expect(rows).toEqual([{ label: storable, document: { text: storable } }]);
        await pruneBuilds(engine.pool, 'counting');
      }),
      {
        numRuns: 25,
        examples: ['a\tb\nc\rd\\e\\N', '\\u0000\\', ''].flatMap((text) =>
          [true, false].map((isWhole): [string, boolean] => [text, isWhole]),
        ),
      },
    );
  });
});
