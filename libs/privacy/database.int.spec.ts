import { randomUUID } from 'node:crypto';
import { Socket } from 'node:net';
import { afterAll, afterEach, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { ask, keyStorePool, onConnection, statement } from './database.js';
import { KeyStoreUnavailable } from './errors.js';
import {
  createKeyStoreDatabase,
  type KeyStoreDatabase,
  type KeyStoreProcess,
} from './key-store-database.fixture.js';

let database: KeyStoreDatabase;
let here: KeyStoreProcess;
beforeAll(async () => {
  database = await createKeyStoreDatabase();
  here = database.process();
});
afterEach(() => void jest.useRealTimers());
afterAll(() => database.drop());

describe('A key store that says nothing', () => {
  it('is waited for ten seconds, and those who asked after that are answered', async () => {
    const holder = await database.process().pool.connect();
    await holder.query('begin; lock table keys.subject_key in access exclusive mode');
    jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'] });
    const answer = here.keys.ensureKeys([randomUUID()]).catch((error: unknown) => error);
    await someoneWaitsForALock();
    const next = here.keys.ensureKeys([randomUUID()]);

    jest.advanceTimersByTime(9_999);
    expect(await Promise.race([answer, turn()])).toBe('nothing yet');
    jest.advanceTimersByTime(1);
    expect(await answer).toBeInstanceOf(KeyStoreUnavailable);

    await holder.query('commit');
    holder.release();
    expect((await next).size).toBe(1);
  });

  it('is found out when it is gone: connections send probes', async () => {
    const probes = jest.spyOn(Socket.prototype, 'setKeepAlive');
    const pool = keyStorePool(database.url, () => undefined);
    await pool.query('select 1');
    expect(probes).toHaveBeenCalledWith(true, 10_000);
    probes.mockRestore();
    await pool.end();
  });

  const turn = () => new Promise((resolve) => setImmediate(() => resolve('nothing yet')));

  async function someoneWaitsForALock(): Promise<void> {
    const waiting = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    while ((await database.asSuperuser(waiting)).length === 0);
  }
});

describe('A connection of the key store that is lost between two statements', () => {
  it('fails the next one and not the process, and is not used again', async () => {
    const { pool } = database.process();
    const lost = onConnection(pool, async (client) => {
      const gone = new Promise<void>((resolve) => void client.once('end', resolve));
      const { rows } = await client.query<{ pid: number }>('select pg_backend_pid() as pid');
      await database.asSuperuser('select pg_terminate_backend($1)', [rows[0]?.pid]);
      await gone;
      await client.query('select 1');
    });
    await expect(lost).rejects.toThrow(KeyStoreUnavailable);
    expect(pool.totalCount).toBe(0);
  });
});

describe('The key store is out of reach', () => {
  const raise = (code: string) => statement(`raise-${code}`, `do $$ begin raise sqlstate '${code}'; end $$`);

  it.each(['08006', '53100', '57014', '57P01', '58030', '25006', '55P03'])('on %s', async (code) => {
    await expect(ask(here.pool, raise(code), [])).rejects.toThrow(KeyStoreUnavailable);
  });

  it('but not on a fault of the statement', async () => {
    await expect(ask(here.pool, raise('23514'), [])).rejects.toMatchObject({ code: '23514' });
  });

  it.each([
    new TypeError('x is no function'),
    new RangeError('x'),
    new ReferenceError('x'),
    new SyntaxError('x'),
  ])('but not on our own %s', async (fault) => {
    await expect(onConnection(here.pool, () => Promise.reject(fault))).rejects.toBe(fault);
  });
});
