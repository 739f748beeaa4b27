import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Client, Pool } from 'pg';
import { MemoryEventStore } from '#forlop/event-store';
import type { EventStore } from '#forlop/event-store';
import type { TestDatabase } from '../../test/support/database.js';
import { createTestDatabase } from '../../test/support/database.js';
import { defineProjection, increment } from './definition.js';
import type { Projection } from './definition.js';
import { listProjections } from './freshness.js';
import { rebuildProjection } from './rebuild.js';
import type { ProjectionHealth } from './runner.js';
import { ProjectionRunner } from './runner.js';
import { sqlOver } from './sql.js';
import { CREATE_COUNTERS, appendSome, counters } from './testing.fixture.js';
import { PositionWaiter } from './wait.js';

const ID = '0b0e7e6a-0000-4000-8000-000000000001';

/** Counts the events of the test streams; `broken` decides which it cannot take. */
function counting(
  options: { name?: string; version?: number; broken?: (of: string) => boolean } = {},
): Projection {
  const { name = 'counting', version = 1, broken = () => false } = options;
  return defineProjection({
    name,
    version,
    tables: [counters],
    streams: ['counter-'],
    project: (event) => {
      const of = event.data['of'] as string;
      if (broken(of)) throw new RangeError(`cannot take ${of}`);
      return [increment(counters, { id: ID, part: of }, { count: 1 })];
    },
  });
}

const lines: string[] = [];
const log = {
  info: (fields: object, message: string) => void lines.push(JSON.stringify({ message, ...fields })),
  warn: (fields: object, message: string) => void lines.push(JSON.stringify({ message, ...fields })),
  error: (fields: object, message: string) => void lines.push(JSON.stringify({ message, ...fields })),
};

describe('the projection engine', () => {
  let database: TestDatabase;
  let owner: Client;
  let pool: Pool;
  let store: EventStore;
  let waiter: PositionWaiter;
  let runners: ProjectionRunner[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
    await owner.query(CREATE_COUNTERS);
    await owner.query(
      'grant select, insert, update, delete, truncate on read.test_counters to forlop_test_projector',
    );
    pool = new Pool({ connectionString: database.projectorUrl, max: 8 });
    pool.on('error', () => undefined);
    waiter = new PositionWaiter(sqlOver(pool));
  });

  beforeEach(() => {
    store = new MemoryEventStore();
    lines.length = 0;
  });

  afterEach(async () => {
    await Promise.all(runners.map((runner) => runner.stop()));
    runners = [];
    await store.close();
    await owner.query('truncate read.test_counters');
    await pool.query(
      `begin; select set_config('forlop.municipalities', '*', true); delete from read.projection_checkpoint; commit`,
    );
  });

  afterAll(async () => {
    await pool.end();
    await owner.end();
    await database.drop();
  });

  function run(projection: Projection, batchSize = 10, connections = pool): ProjectionRunner {
    const runner = new ProjectionRunner({
      projection,
      store,
      pool: connections,
      log,
      batchSize,
      askEveryMs: 20,
      retryMs: [10, 50],
    });
    runners.push(runner);
    runner.start();
    return runner;
  }

  const counts = async (): Promise<Record<string, number>> => {
    const { rows } = await owner.query<{ part: string; count: number }>(
      'select part, count from read.test_counters order by part',
    );
    return Object.fromEntries(rows.map(({ part, count }) => [part, count]));
  };

  const reached = (position: string, name = 'counting') => waiter.waitForPosition([name], position, 10_000);

  /** Until the runner says so; bounded by the time of the test. */
  async function becomes(
    runner: ProjectionRunner,
    status: ProjectionHealth['status'],
  ): Promise<ProjectionHealth> {
    while (runner.health().status !== status) await new Promise((resolve) => setImmediate(resolve));
    return runner.health();
  }

  it('catches up with what was stored and then follows what comes', async () => {
    const before = await appendSome(store, 95);
    const runner = run(counting());
    expect(await reached(before)).toBe(true);
    expect(await counts()).toEqual({ a: 95 });
    const after = await appendSome(store, 5, 'Counted', 'b');
    expect(await reached(after)).toBe(true);
    expect(await counts()).toEqual({ a: 95, b: 5 });
    expect(runner.health()).toEqual({ projection: 'counting', status: 'running', position: after });
  });

  it('goes on from its checkpoint in the next process', async () => {
    const first = run(counting());
    expect(await reached(await appendSome(store, 25))).toBe(true);
    await first.stop();
    const last = await appendSome(store, 3);
    run(counting());
    expect(await reached(last)).toBe(true);
    expect(await counts()).toEqual({ a: 28 });
  });

  it('passes over streams that it does not look at, and its checkpoint with them', async () => {
    run(counting());
    const { position } = await store.append(
      'other-1',
      [
        {
          eventId: '00000000-0000-4000-9000-000000000001',
          type: 'Other',
          schemaVersion: 1,
          payload: 'no JSON',
          metadata: 'none',
        },
      ],
      'noStream',
    );
    expect(await reached(position)).toBe(true);
    expect(await counts()).toEqual({});
  });

  it('writes the rows and the checkpoint together: killed between the two, neither stands', async () => {
    await owner.query(`
      create table read.test_kill (armed boolean);
      insert into read.test_kill values (true);
      grant select on read.test_kill to forlop_test_projector;
      create function read.test_kill() returns trigger language plpgsql as $$
      begin
        if (select armed from read.test_kill) and new.position is not null then
          perform pg_terminate_backend(pg_backend_pid());
        end if;
        return new;
      end $$;
      create trigger test_kill before update on read.projection_checkpoint
        for each row execute function read.test_kill();`);
    const position = await appendSome(store, 30);
    const runner = run(counting(), 100);
    const { error } = await becomes(runner, 'retrying');
    expect(error).toMatch(/57P01|Connection/);
    expect(await counts()).toEqual({});
    expect(runner.health().position).toBeNull();
    await owner.query('update read.test_kill set armed = false');
    expect(await reached(position)).toBe(true);
    expect(await counts()).toEqual({ a: 30 });
    await owner.query(
      'drop trigger test_kill on read.projection_checkpoint; drop function read.test_kill; drop table read.test_kill',
    );
  });

  it('outlives the loss of its connection', async () => {
    run(counting());
    expect(await reached(await appendSome(store, 1))).toBe(true);
    await endConnectionsOf(database.projectorUrl);
    expect(await reached(await appendSome(store, 1))).toBe(true);
    expect(await counts()).toEqual({ a: 2 });
  });

  it('stops at an event that it cannot apply, having applied all before it, and says where and why without its content', async () => {
    await appendSome(store, 7, 'Counted', 'fine');
    const bad = await appendSome(store, 1, 'Counted', 'poison-of-a-named-person');
    const last = await appendSome(store, 7, 'Counted', 'later');
    const runner = run(counting({ broken: (of) => of.startsWith('poison') }), 100);
    const health = await becomes(runner, 'failed');
    expect(health).toMatchObject({ error: 'RangeError', errorPosition: bad });
    expect(health.advice).toContain('forlop projections rebuild counting');
    expect(await counts()).toEqual({ fine: 7 });
    expect(await reached(last)).toBe(false);
    const [listing] = await listProjections(sqlOver(pool), store, [counting()]);
    expect(listing).toMatchObject({
      status: 'failed',
      error: 'RangeError',
      errorPosition: bad,
      lagEvents: 8,
    });
    expect(lines.join()).toContain('"projection stopped"');
    expect(lines.join()).not.toContain('named-person');
  });

  it('does not hold up the other projections when one stops', async () => {
    const broken = run(counting({ name: 'broken', broken: () => true }));
    run(counting());
    const position = await appendSome(store, 5);
    expect(await reached(position)).toBe(true);
    await becomes(broken, 'failed');
    expect(await counts()).toEqual({ a: 5 });
  });

  it('lets one of two processes work, and the other take over when it ends', async () => {
    const first = run(counting());
    await becomes(first, 'running');
    const second = run(counting());
    await becomes(second, 'standby');
    expect(await reached(await appendSome(store, 20))).toBe(true);
    expect(second.health().status).toBe('standby');
    await first.stop();
    await becomes(second, 'running');
    expect(await reached(await appendSome(store, 20))).toBe(true);
    expect(await counts()).toEqual({ a: 40 });
  });

  it('rebuilds while the service runs: takes over, gives the same rows, hands back', async () => {
    const runner = run(counting());
    const position = await appendSome(store, 120);
    expect(await reached(position)).toBe(true);
    const before = await counts();
    await owner.query(`update read.test_counters set count = 0`);
    const rebuilt = await rebuildProjection({ projection: counting(), store, pool, batchSize: 7 });
    expect(rebuilt).toEqual({ projection: 'counting', events: 120, position });
    expect(await counts()).toEqual(before);
    await becomes(runner, 'running');
    expect(await reached(await appendSome(store, 1, 'Counted', 'new'))).toBe(true);
    expect(await counts()).toEqual({ ...before, new: 1 });
  });

  it('runs again after a rebuild with the cause mended, without a new start', async () => {
    let mended = false;
    const runner = run(counting({ broken: () => !mended }));
    const position = await appendSome(store, 3);
    await becomes(runner, 'failed');
    await expect(
      rebuildProjection({ projection: counting({ broken: () => !mended }), store, pool }),
    ).rejects.toThrow(/RangeError/);
    await becomes(runner, 'failed');
    mended = true;
    await rebuildProjection({ projection: counting(), store, pool });
    await becomes(runner, 'running');
    expect(await reached(position)).toBe(true);
    expect(await counts()).toEqual({ a: 3 });
  });

  it('notices a rebuild that was over before it got to look', async () => {
    let open: () => void = () => undefined;
    const rebuilt = new Promise<void>((resolve) => (open = resolve));
    const query = async (text: string, values: unknown[]) => {
      if (text.includes('projection_checkpoint')) await rebuilt;
      return pool.query(text, values);
    };
    const slow = new Proxy(pool, {
      get: (target, name) => (name === 'query' ? query : (Reflect.get(target, name, target) as unknown)),
    });
    const runner = run(counting({ broken: () => lines.length < 2 }), 10, slow);
    await appendSome(store, 3);
    await becomes(runner, 'failed');
    await rebuildProjection({ projection: counting(), store, pool });
    open();
    await becomes(runner, 'running');
    expect(await reached(await appendSome(store, 1))).toBe(true);
    expect(await counts()).toEqual({ a: 4 });
  });

  it('gives up a rebuild that nobody hands over to, and changes nothing', async () => {
    const other = await pool.connect();
    await other.query(`select pg_advisory_lock(x'464f524c'::int, hashtext('counting'))`);
    await expect(
      rebuildProjection({ projection: counting(), store, pool, handoverMs: 50 }),
    ).rejects.toMatchObject({
      name: 'HandoverTimedOut',
    });
    other.release(true);
    expect(await listProjections(sqlOver(pool), store, [counting()])).toMatchObject([{ status: 'new' }]);
  });

  it('refuses rows of another event store, and says what to do', async () => {
    const first = run(counting());
    expect(await reached(await appendSome(store, 2))).toBe(true);
    await first.stop();
    await store.close();
    store = new MemoryEventStore();
    await appendSome(store, 9);
    const runner = run(counting());
    const health = await becomes(runner, 'refused');
    expect(health).toMatchObject({ error: 'other-store' });
    expect(health.advice).toContain('forlop projections rebuild counting');
    expect(await counts()).toEqual({ a: 2 });
    expect(await listProjections(sqlOver(pool), store, [counting()])).toMatchObject([{ status: 'refused' }]);
    await rebuildProjection({ projection: counting(), store, pool });
    await becomes(runner, 'running');
    expect(await counts()).toEqual({ a: 9 });
  });

  it('refuses a checkpoint ahead of the store', async () => {
    const first = run(counting());
    expect(await reached(await appendSome(store, 2))).toBe(true);
    await first.stop();
    await pool.query(
      `begin; select set_config('forlop.municipalities', '*', true);
       update read.projection_checkpoint set position = 'mem:00000000000000000099'; commit`,
    );
    expect(await becomes(run(counting()), 'refused')).toMatchObject({ error: 'ahead-of-store' });
  });

  it('builds rows of an older version anew, and leaves those of a newer one alone', async () => {
    const first = run(counting({ version: 2 }));
    const position = await appendSome(store, 4);
    expect(await reached(position)).toBe(true);
    await first.stop();
    expect(await becomes(run(counting({ version: 1 })), 'refused')).toMatchObject({ error: 'newer-version' });
    await owner.query('update read.test_counters set count = 0');
    run(counting({ version: 3 }));
    await becomes(runners.at(-1) ?? first, 'running');
    expect(await reached(position)).toBe(true);
    expect(await counts()).toEqual({ a: 4 });
  });

  it('finishes the running batch when it is stopped, and takes no other', async () => {
    let seen = 0;
    const stopping: Promise<void>[] = [];
    const { project, ...rest } = counting();
    const runner = run(
      defineProjection({
        ...rest,
        project: (event) => {
          seen += 1;
          if (seen === 250) stopping.push(runner.stop());
          return project(event);
        },
      }),
      300,
    );
    await becomes(runner, 'running');
    await appendSome(store, 500);
    await becomes(runner, 'stopped');
    await Promise.all(stopping);
    expect(await counts()).toEqual({ a: 300 });
    expect(await listProjections(sqlOver(pool), store, [counting()])).toMatchObject([{ lagEvents: 200 }]);
  });

  it('has reached the position before the first event without having applied any', async () => {
    expect(await waiter.waitForPosition(['counting'], `mem:${'0'.repeat(20)}`, 0)).toBe(true);
  });

  it('waits no longer than it is told to', async () => {
    run(counting());
    const position = await appendSome(store, 1);
    expect(await reached(position)).toBe(true);
    expect(await waiter.waitForPosition(['counting'], 'mem:00000000000000000009', 40)).toBe(false);
    expect(await waiter.waitForPosition(['counting', 'never-led'], position, 40)).toBe(false);
    await expect(waiter.waitForPosition(['counting'], 'pg:00000000000000000001', 40)).rejects.toMatchObject({
      name: 'ForeignPosition',
    });
  });
});

/** Ends the connections of the projector as a restart of the server would. */
async function endConnectionsOf(url: string): Promise<void> {
  const { username, pathname } = new URL(url);
  const server = new URL(process.env['FORLOP_TEST_SERVER'] ?? '');
  server.pathname = pathname;
  const connection = new Client({ connectionString: server.href });
  await connection.connect();
  await connection.query(
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and usename = $1',
    [username],
  );
  await connection.end();
}
