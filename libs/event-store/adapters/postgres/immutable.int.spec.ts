import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client } from 'pg';
import { createTestDatabase, testServerUrl, type TestDatabase } from '../../../../test/support/database.js';
import { appendDirectly, connected } from '../../contract/postgres.fixture.js';
import { aStream } from '../../contract/support.fixture.js';

const REFUSED = { code: '42501' };
const CHANGES = [
  `update events.events set payload = 'changed'`,
  'update events.events set position = position where false',
  'delete from events.events',
  'truncate events.events',
  'truncate events.events cascade',
  'delete from events.store',
  'truncate events.store',
];

describe('stored events', () => {
  let database: TestDatabase;
  let roles: Record<'owner' | 'service' | 'projector' | 'superuser', Client>;

  beforeAll(async () => {
    database = await createTestDatabase();
    const superuser = new URL(testServerUrl());
    superuser.pathname = new URL(database.ownerUrl).pathname;
    roles = {
      owner: await connected(database.ownerUrl),
      service: await connected(database.serviceUrl),
      projector: await connected(database.projectorUrl),
      superuser: await connected(superuser.href),
    };
    await appendDirectly(roles.service, aStream());
  });

  afterAll(async () => {
    for (const role of Object.values(roles)) await role.end();
    await database.drop();
  });

  for (const role of ['owner', 'service', 'projector', 'superuser'] as const) {
    it.each(CHANGES)(`are not changed by the ${role}: %s`, async (change) => {
      const before = await roles.owner.query('select * from events.events');
      await expect(roles[role].query(change)).rejects.toMatchObject(REFUSED);
      expect((await roles.owner.query('select * from events.events')).rows).toEqual(before.rows);
    });
  }

  it('are not changed by a session that calls itself a replica, for which other triggers do not fire', async () => {
    await roles.superuser.query('set session_replication_role = replica');
    for (const change of CHANGES) await expect(roles.superuser.query(change)).rejects.toMatchObject(REFUSED);
  });

  it.each([
    'insert into events.events default values',
    `update events.store set store_id = gen_random_uuid()`,
    'insert into events.store default values',
    'alter table events.events disable trigger all',
    'drop table events.events',
    'create table events.own (id int)',
    'select * from events.events for update',
    'do $$ begin lock table events.events in exclusive mode; end $$',
  ])('are out of reach of service and projector: %s', async (statement) => {
    for (const role of ['service', 'projector'] as const) {
      await expect(roles[role].query(statement)).rejects.toMatchObject(REFUSED);
    }
  });

  it('are appended by the service through the functions, and not by the projector', async () => {
    expect(await appendDirectly(roles.service, aStream())).toMatch(/^\d+$/);
    await expect(appendDirectly(roles.projector, aStream())).rejects.toMatchObject(REFUSED);
  });

  it('are read by service and projector', async () => {
    for (const role of ['service', 'projector'] as const) {
      expect((await roles[role].query('select count(*) from events.events')).rowCount).toBe(1);
    }
  });

  it('are appended by functions that look up no name in a schema of the caller', async () => {
    const { rows } = await roles.owner.query<{ settings: string[] }>(
      `select proconfig as settings from pg_proc where pronamespace = 'events'::regnamespace and prosecdef`,
    );

    expect(rows).toHaveLength(2);
    for (const { settings } of rows) expect(settings).toContain('search_path=pg_catalog, pg_temp');
  });
});
