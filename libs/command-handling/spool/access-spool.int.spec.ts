import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Pool } from 'pg';
import { MemoryEventStore, StoreUnavailable, type EventToAppend } from '#forlop/event-store';
import { createTestDatabase, type TestDatabase } from '../../../test/support/database.js';
import { AccessSpool, type SpoolSql } from './access-spool.js';

const STREAM = 'accesslog-3401-2026-03-02';

const anAccess = (): EventToAppend => ({
  eventId: randomUUID(),
  type: 'CaseHistoryAccessed',
  schemaVersion: 1,
  payload: '{"data":{}}',
  metadata: '{}',
});

/** A store that may be away, or store and say nothing. */
class Flaky extends MemoryEventStore {
  isAway = false;
  losesAnswers = 0;

  override async append(...given: Parameters<MemoryEventStore['append']>) {
    if (this.isAway) throw new StoreUnavailable('append');
    const appended = await super.append(...given);
    if (this.losesAnswers > 0) {
      this.losesAnswers -= 1;
      throw new StoreUnavailable('append');
    }
    return appended;
  }
}

describe('the spool of accesses', () => {
  let database: TestDatabase;
  let pool: Pool;
  beforeAll(async () => {
    database = await createTestDatabase();
    pool = new Pool({ connectionString: database.serviceUrl });
  });
  afterAll(async () => {
    await pool.end();
    await database.drop();
  });

  const sql: SpoolSql = async <Row>(text: string, values: readonly unknown[]) =>
    (await pool.query(text, [...values])).rows as Row[];
  const spool = (): AccessSpool =>
    new AccessSpool(sql, async (work) => {
      const client = await pool.connect();
      try {
        await client.query('begin');
        const done = await work(
          async <Row>(text: string, values: readonly unknown[]) =>
            (await client.query(text, [...values])).rows as Row[],
        );
        await client.query('commit');
        return done;
      } catch (error) {
        await client.query('rollback');
        throw error;
      } finally {
        client.release();
      }
    });
  const idsIn = async (store: MemoryEventStore): Promise<string[]> =>
    (await store.readStream(STREAM)).map(({ eventId }) => eventId);

  it('gives them to the store in their order, each once, also where an answer was lost', async () => {
    const store = new Flaky();
    const accesses = Array.from({ length: 5 }, anAccess);
    for (const access of accesses) await spool().put(STREAM, access);
    store.isAway = true;
    await expect(spool().drain(store)).rejects.toThrow(StoreUnavailable);
    store.isAway = false;
    store.losesAnswers = 2;
    await expect(spool().drain(store)).rejects.toThrow(StoreUnavailable);
    expect(await spool().drain(store)).toBe(5);
    expect(await spool().drain(store)).toBe(0);
    expect(await idsIn(store)).toEqual(accesses.map(({ eventId }) => eventId));
  });

  it('is emptied by one process at a time', async () => {
    const store = new Flaky();
    const accesses = Array.from({ length: 200 }, anAccess);
    for (const access of accesses) await spool().put(STREAM, access);
    const drains = await Promise.all(Array.from({ length: 6 }, () => spool().drain(store)));
    expect(drains.filter((count) => count > 0).length).toBeGreaterThan(0);
    while ((await spool().drain(store)) > 0);
    expect(await idsIn(store)).toEqual(accesses.map(({ eventId }) => eventId));
  });

  it('cannot be changed by the service, nor read by the projector', async () => {
    await expect(pool.query(`update access_spool.entry set payload = ''`)).rejects.toMatchObject({
      code: '42501',
    });
    const projector = new Pool({ connectionString: database.projectorUrl });
    await expect(projector.query('select from access_spool.entry')).rejects.toMatchObject({ code: '42501' });
    await projector.end();
  });
});
