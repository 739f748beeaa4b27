import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { applyBatch } from './apply.js';
import { defineProjection } from './definition.js';
import { Engine, counting } from './engine.fixture.js';
import { listProjections } from './freshness.js';
import { sqlOver } from './sql.js';
import { appendSome } from './testing.fixture.js';

describe('the projection engine', () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await Engine.open();
  });
  beforeEach(() => engine.begin());
  afterEach(() => engine.end());
  afterAll(() => engine.close());

  it('catches up with what was stored and then follows what comes', async () => {
    const before = await appendSome(engine.store, 95);
    const runner = engine.run(counting());
    expect(await engine.reached(before)).toBe(true);
    expect(await engine.counts()).toEqual({ a: 95 });
    const after = await appendSome(engine.store, 5, 'Counted', 'b');
    expect(await engine.reached(after)).toBe(true);
    expect(await engine.counts()).toEqual({ a: 95, b: 5 });
    expect(runner.health()).toEqual({ projection: 'counting', status: 'running', position: after });
  });

  it('goes on from its checkpoint in the next process', async () => {
    const first = engine.run(counting());
    expect(await engine.reached(await appendSome(engine.store, 25))).toBe(true);
    await first.stop();
    const last = await appendSome(engine.store, 3);
    engine.run(counting());
    expect(await engine.reached(last)).toBe(true);
    expect(await engine.counts()).toEqual({ a: 28 });
  });

  it('passes over streams that it does not look at, and its checkpoint with them', async () => {
    engine.run(counting());
    const { position } = await engine.store.append(
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
    expect(await engine.reached(position)).toBe(true);
    expect(await engine.counts()).toEqual({});
  });

  it('writes the rows and the checkpoint together: killed between the two, neither stands', async () => {
    await engine.owner.query(`
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
    const position = await appendSome(engine.store, 30);
    const runner = engine.run(counting(), 100);
    const { error } = await engine.becomes(runner, 'retrying');
    expect(error).toMatch(/57P01|Connection/);
    expect(await engine.counts()).toEqual({});
    expect(runner.health().position).toBeNull();
    await engine.owner.query('update read.test_kill set armed = false');
    expect(await engine.reached(position)).toBe(true);
    expect(await engine.counts()).toEqual({ a: 30 });
    await engine.owner.query(
      'drop trigger test_kill on read.projection_checkpoint; drop function read.test_kill; drop table read.test_kill',
    );
  });

  it('outlives the loss of its connection', async () => {
    engine.run(counting());
    expect(await engine.reached(await appendSome(engine.store, 1))).toBe(true);
    await endConnectionsOf(engine.database.projectorUrl);
    expect(await engine.reached(await appendSome(engine.store, 1))).toBe(true);
    expect(await engine.counts()).toEqual({ a: 2 });
  });

  it('stops at a fault of the installation, which is no event’s, having applied all before it, and says where and why', async () => {
    const { project, ...rest } = counting();
    const projection = defineProjection({
      ...rest,
      project: (event) => {
        if (event.data['of'] === 'first') throw Object.assign(new Error('named'), { code: '42P01' });
        return project(event);
      },
    });
    const fine = await appendSome(engine.store, 7, 'Counted', 'fine');
    const runner = engine.run(projection, 7);
    expect(await engine.reached(fine)).toBe(true);
    const last = await appendSome(engine.store, 8, 'Counted', 'first');
    const health = await engine.becomes(runner, 'failed');
    expect(health).toMatchObject({ error: 'Error 42P01', errorPosition: fine });
    expect(health.advice).toContain('forlop projections rebuild counting');
    expect(await engine.reached(last)).toBe(false);
    const [listing] = await listProjections(sqlOver(engine.pool), engine.store, [counting()]);
    expect(listing).toMatchObject({ status: 'failed', error: 'Error 42P01', parked: 0, lagEvents: 8 });
    expect(engine.lines.join()).toContain('"projection stopped"');
    expect(engine.lines.join()).not.toContain('named');
    expect(await engine.counts()).toEqual({ fine: 7 });
  });

  it('does not hold up the other projections when one stops', async () => {
    const broken = engine.run(
      defineProjection({
        ...counting({ name: 'broken' }),
        project: () => {
          throw Object.assign(new Error('no such table'), { code: '42P01' });
        },
      }),
    );
    engine.run(counting());
    const position = await appendSome(engine.store, 5);
    expect(await engine.reached(position)).toBe(true);
    await engine.becomes(broken, 'failed');
    expect(await engine.counts()).toEqual({ a: 5 });
  });

  it('lets one of two processes work, and the other take over when it ends', async () => {
    const first = engine.run(counting());
    await engine.becomes(first, 'running');
    const second = engine.run(counting());
    await engine.becomes(second, 'standby');
    expect(await engine.reached(await appendSome(engine.store, 20))).toBe(true);
    expect(second.health().status).toBe('standby');
    await first.stop();
    await engine.becomes(second, 'running');
    expect(await engine.reached(await appendSome(engine.store, 20))).toBe(true);
    expect(await engine.counts()).toEqual({ a: 40 });
  });

  it('keeps a process that no longer leads from writing: the checkpoint is not where its batch was read after', async () => {
    const runner = engine.run(counting());
    expect(await engine.reached(await appendSome(engine.store, 5))).toBe(true);
    const late = await engine.store.readAll(null, 5);
    const client = await engine.pool.connect();
    await expect(applyBatch(client, counting(), null, late, engine.store)).rejects.toMatchObject({
      name: 'CheckpointMoved',
    });
    client.release();
    expect(await engine.counts()).toEqual({ a: 5 });
    expect(runner.health().status).toBe('running');
  });

  it('finishes the running batch when it is stopped, and takes no other', async () => {
    let seen = 0;
    const stopping: Promise<void>[] = [];
    const { project, ...rest } = counting();
    const runner = engine.run(
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
    await engine.becomes(runner, 'running');
    await appendSome(engine.store, 500);
    await engine.becomes(runner, 'stopped');
    await Promise.all(stopping);
    expect(await engine.counts()).toEqual({ a: 300 });
    expect(await listProjections(sqlOver(engine.pool), engine.store, [counting()])).toMatchObject([
      { lagEvents: 200 },
    ]);
  });

  it('has reached the position before the first event without having applied any', async () => {
    expect(await engine.waiter.waitForPosition(['counting'], `mem:${'0'.repeat(20)}`, 0)).toBe(true);
  });

  it('waits no longer than it is told to', async () => {
    engine.run(counting());
    const position = await appendSome(engine.store, 1);
    expect(await engine.reached(position)).toBe(true);
    expect(await engine.waiter.waitForPosition(['counting'], 'mem:00000000000000000009', 40)).toBe(false);
    expect(await engine.waiter.waitForPosition(['counting', 'never-led'], position, 40)).toBe(false);
    await expect(
      engine.waiter.waitForPosition(['counting'], 'pg:00000000000000000001', 40),
    ).rejects.toMatchObject({
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
