import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import type { TestDatabase } from '../../test/support/database.js';
import { createTestDatabase } from '../../test/support/database.js';
import { uuid } from './testing.fixture.js';

const ROW = {
  case_id: uuid(1),
  position: 'pg:00000000000000000001',
  revision: 0,
  changed_at: '2026-01-01T00:00:00Z',
};

interface Settings {
  readonly municipalities?: string;
  readonly district?: string;
}

describe('the row-level security of the read models', () => {
  let database: TestDatabase;
  let owner: Client;
  let service: Client;
  let projector: Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    [owner, service, projector] = (await Promise.all(
      [database.ownerUrl, database.serviceUrl, database.projectorUrl].map(connected),
    )) as [Client, Client, Client];
    await write({ municipalities: '*' }, { case_id: uuid(1), municipality: '3411', district: null });
    await write({ municipalities: '*' }, { case_id: uuid(2), municipality: '0301', district: '05' });
    await write({ municipalities: '*' }, { case_id: uuid(3), municipality: '0301', district: '06' });
  });

  afterAll(async () => {
    await Promise.all([owner.end(), service.end(), projector.end()]);
    await database.drop();
  });

  async function as<T>(
    client: Client,
    { municipalities, district }: Settings,
    work: () => Promise<T>,
  ): Promise<T> {
    await client.query('begin');
    try {
      if (municipalities !== undefined)
        await client.query(`select set_config('forlop.municipalities', $1, true)`, [municipalities]);
      if (district !== undefined)
        await client.query(`select set_config('forlop.district', $1, true)`, [district]);
      const result = await work();
      await client.query('commit');
      return result;
    } catch (error) {
      await client.query('rollback');
      throw error;
    }
  }

  const write = (settings: Settings, row: object, client = projector) =>
    as(client, settings, async () => {
      const values = { ...ROW, ...row };
      const columns = Object.keys(values);
      await client.query(
        `insert into read.case_overview_v1 (${columns.join()}) values (${columns.map((_, i) => `$${i + 1}`).join()})`,
        Object.values(values),
      );
    });

  const visible = (client: Client, settings: Settings, relation = 'read.case_overview_v1') =>
    as(client, settings, async () => {
      const { rows } = await client.query<{ case_id: string }>(`select case_id from ${relation} order by 1`);
      return rows.map(({ case_id: id }) => id);
    });

  it('is forced on every table', async () => {
    const { rows } = await owner.query<{ relname: string; on: boolean; forced: boolean }>(
      `select relname, relrowsecurity as on, relforcerowsecurity as forced from pg_class
        where relnamespace = 'read'::regnamespace and relkind in ('r', 'p')`,
    );
    expect(rows.length).toBeGreaterThanOrEqual(6);
    expect(rows.filter(({ on, forced }) => !on || !forced)).toEqual([]);
  });

  it('holds behind every view, which runs with the rights of its reader', async () => {
    const { rows } = await owner.query<{ relname: string; options: string[] | null }>(
      `select relname, reloptions as options from pg_class where relnamespace = 'read'::regnamespace and relkind = 'v'`,
    );
    expect(rows.length).toBeGreaterThanOrEqual(5);
    expect(rows.filter(({ options }) => options?.includes('security_invoker=true') !== true)).toEqual([]);
    expect(await visible(service, { municipalities: '3411' }, 'read.case_overview')).toEqual([uuid(1)]);
    expect(await visible(service, { municipalities: '3401' }, 'read.case_overview')).toEqual([]);
  });

  it.each<[string, Settings, number[]]>([
    ['nothing without a municipality', {}, []],
    ['nothing with an empty one', { municipalities: '' }, []],
    ['nothing of another', { municipalities: '3401' }, []],
    ['nothing for the sign of the projector', { municipalities: '*' }, []],
    ['its own', { municipalities: '3411' }, [1]],
    ['all of several', { municipalities: '3411,0301' }, [1, 2, 3]],
    ['its own district', { municipalities: '0301', district: '05' }, [2]],
    ['nothing of another district', { municipalities: '0301', district: '07' }, []],
    ['what belongs to no district', { municipalities: '3411', district: '05' }, [1]],
  ])('shows the service %s', async (_, settings, expected) => {
    expect(await visible(service, settings)).toEqual(expected.map(uuid));
  });

  it('shows the projector all in a transaction that says so, and nothing in any other', async () => {
    expect(await visible(projector, { municipalities: '*' })).toEqual([uuid(1), uuid(2), uuid(3)]);
    for (const municipalities of [undefined, '', '3411', '3401'])
      expect(await visible(projector, municipalities === undefined ? {} : { municipalities })).toEqual([]);
  });

  it('lets the projector write in no other transaction', async () => {
    for (const municipalities of ['3411', '3401', ''])
      await expect(
        write({ municipalities }, { case_id: uuid(9), municipality: '3411' }),
      ).rejects.toMatchObject({
        code: '42501',
      });
    const changed = await as(projector, { municipalities: '3411' }, () =>
      projector.query('update read.case_overview_v1 set revision = 99'),
    );
    expect(changed.rowCount).toBe(0);
    const gone = await as(projector, { municipalities: '3411' }, () =>
      projector.query('delete from read.case_overview_v1'),
    );
    expect(gone.rowCount).toBe(0);
  });

  it('is not even needed to keep the service from writing', async () => {
    const statements = [
      'insert into read.case_overview_v1 (case_id) values (gen_random_uuid())',
      'update read.case_overview_v1 set revision = 99',
      'delete from read.case_overview_v1',
      'truncate read.case_overview_v1',
      'update read.projection_checkpoint set position = null',
      'delete from read.case_overview',
      `select read.publish('case_overview_v1', 'mine')`,
    ];
    for (const statement of statements)
      for (const municipalities of ['3411', '*'])
        await expect(as(service, { municipalities }, () => service.query(statement))).rejects.toMatchObject({
          code: '42501',
        });
  });

  it('binds the owner too', async () => {
    expect(await visible(owner, { municipalities: '3411' })).toEqual([]);
    expect(await visible(owner, { municipalities: '*' })).toEqual([]);
  });
});

async function connected(url: string): Promise<Client> {
  const client = new Client({ connectionString: url });
  await client.connect();
  return client;
}
