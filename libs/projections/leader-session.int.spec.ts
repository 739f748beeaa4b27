import { once } from 'node:events';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Pool } from 'pg';
import { createTestDatabase } from '../../test/support/database.js';
import type { TestDatabase } from '../../test/support/database.js';
import { LeaderSession } from './leader-session.js';
import { tryLock } from './lock.js';

describe('the connection of a leader', () => {
  let database: TestDatabase;
  let pool: Pool;
  beforeAll(async () => {
    database = await createTestDatabase();
    pool = new Pool({ connectionString: database.projectorUrl });
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  it('is ended by the server when it says nothing, in a transaction too, and its lock is free; one that speaks is left alone', async () => {
    const [silent, waiting, speaking] = [
      await LeaderSession.open(pool),
      await LeaderSession.open(pool),
      await LeaderSession.open(pool),
    ];
    speaking.watch();
    for (const [name, { client }] of Object.entries({ silent, waiting, speaking }))
      expect(await tryLock(client, name)).toBe(true);
    await waiting.client.query('begin');
    const began = performance.now();
    await Promise.all([once(silent.lost, 'abort'), once(waiting.lost, 'abort')]);
    expect(performance.now() - began).toBeGreaterThan(2_000);

    await expect(silent.client.query('select 1')).rejects.toThrow();
    expect(speaking.lost.aborted).toBe(false);
    const next = await LeaderSession.open(pool);
    expect(await tryLock(next.client, 'silent')).toBe(true);
    expect(await tryLock(next.client, 'waiting')).toBe(true);
    expect(await tryLock(next.client, 'speaking')).toBe(false);
    await Promise.all([silent, waiting, speaking, next].map((session) => session.end()));
  });

  it('runs one statement at a time, in the order in which they were asked for', async () => {
    const session = await LeaderSession.open(pool);
    const answers: number[] = [];
    const ask = async (number: number) => {
      await session.client.query('select $1::int as number', [number]);
      answers.push(number);
    };
    await Promise.all([ask(1), session.client.query('select 1/0').catch(() => undefined), ask(2), ask(3)]);
    expect(answers).toEqual([1, 2, 3]);
    await session.end();
  });
});
