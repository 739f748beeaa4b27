import { Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { Client } from 'pg';
import type { QueryRunner } from 'typeorm';
import { createTestDatabase, type TestDatabase, testServerUrl } from '../../../test/support/database.js';
import { EXIT } from '../startup-error.js';
import { isDatabaseAway } from './away.js';
import { assertServerVersion } from './connection.js';
import { assertServingRoles, bringUpToDate } from './external.js';
import { type MigrationSets, migrateDatabases, missingMigrations } from './migrations.js';
import { createPool, openReadDataSource } from './pools.js';
import { assertServingRole } from './serving-role.js';

class MakeTable1900000000000 {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create schema trial');
    await runner.query('create table trial.made (by text default current_setting($$forlop.service_role$$))');
    await runner.query('insert into trial.made default values');
  }
  async down(): Promise<void> {}
}
class MakeKeyTable1900000000000 {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create table made ()');
  }
  async down(): Promise<void> {}
}

const NEWER: MigrationSets = {
  eventStore: [],
  readModels: [MakeTable1900000000000],
  snapshots: [],
  keyStore: [MakeKeyTable1900000000000],
};
let database: TestDatabase;

beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

async function query(url: string, text: string): Promise<unknown[]> {
  const connection = new Client({ connectionString: url });
  await connection.connect();
  try {
    return (await connection.query<Record<string, unknown>>(text)).rows;
  } finally {
    await connection.end();
  }
}

const roleOf = (url: string) => new URL(url).username;

describe('a database older than the program', () => {
  it('is refused without its owner, and migrated with it, once, whoever starts at the same time', async () => {
    const { serviceUrl, keystoreUrl, projectorUrl, ownerUrl } = database;
    const withoutOwner = { serviceUrl, keystoreUrl, projectorUrl, ownerUrl: undefined };
    await expect(bringUpToDate(withoutOwner, NEWER)).rejects.toMatchObject({
      exitCode: EXIT.configuration,
      message: expect.stringMatching(/DATABASE_OWNER_URL.*MakeTable1900000000000/),
    });
    const runs = await Promise.all([bringUpToDate(database, NEWER), bringUpToDate(database, NEWER)]);
    expect(runs.map((names) => names.length).toSorted()).toEqual([0, 2]);
    await expect(missingMigrations(serviceUrl, keystoreUrl, NEWER)).resolves.toEqual([]);
    await expect(bringUpToDate(withoutOwner, NEWER)).resolves.toEqual([]);
    expect(await query(ownerUrl, 'select by from trial.made')).toEqual([{ by: roleOf(serviceUrl) }]);
  });

  it('stays as it was when a migration fails', async () => {
    class Breaks1900000000001 {
      async up(runner: QueryRunner): Promise<void> {
        await runner.query('create table half_made ()');
        await runner.query('select 1/0');
      }
      async down(): Promise<void> {}
    }
    const { ownerUrl, keystoreUrl, serviceUrl, projectorUrl } = database;
    const roles = { serviceRole: roleOf(serviceUrl), projectorRole: roleOf(projectorUrl) };
    const sets = { eventStore: [], readModels: [Breaks1900000000001], snapshots: [], keyStore: [] };
    await expect(migrateDatabases({ ownerUrl, keystoreUrl, ...roles }, sets)).rejects.toThrow(
      /division by zero/,
    );
    expect(await query(ownerUrl, `select to_regclass('half_made') as found`)).toEqual([{ found: null }]);
  });
});

describe('the role that serves', () => {
  it('is accepted when it is fenced in', async () => {
    await expect(assertServingRoles(database)).resolves.toBeUndefined();
  });

  it('is refused as superuser and as owner', async () => {
    const superuser = new URL(database.serviceUrl);
    const { username, password } = new URL(testServerUrl());
    Object.assign(superuser, { username, password });
    await expect(assertServingRole(superuser.href, 'DATABASE_URL')).rejects.toMatchObject({
      exitCode: EXIT.configuration,
      message: expect.stringMatching(/DATABASE_URL .* superuser/),
    });
    await expect(assertServingRole(database.ownerUrl, 'DATABASE_URL')).rejects.toThrow(/owns the database/);
  });

  it('is refused when it may bypass row-level security, by itself or through another role', async () => {
    const name = `forlop_test_bypass_${process.pid}`;
    const url = new URL(database.serviceUrl);
    Object.assign(url, { username: `${name}_member`, password: 'x' });
    await query(testServerUrl(), `create role ${name} bypassrls`);
    await query(testServerUrl(), `create role ${name}_member login password 'x' in role ${name}`);
    await expect(assertServingRole(url.href, 'DATABASE_URL')).rejects.toThrow(/bypass row-level security/);
    await query(testServerUrl(), `drop role ${name}_member, ${name}`);
  });
});

describe('a database that cannot be used', () => {
  it('is unavailable when nothing answers there', async () => {
    await expect(
      assertServerVersion('postgres://x:secret@127.0.0.1:1/forlop', 'DATABASE_URL'),
    ).rejects.toMatchObject({
      exitCode: EXIT.unavailable,
      message: 'DATABASE_URL: no database answers at 127.0.0.1:1 (ECONNREFUSED)',
    });
  });

  it('is a wrong configuration when it does not exist', async () => {
    const url = new URL(database.serviceUrl);
    url.pathname = '/there_is_none';
    await expect(assertServerVersion(url.href, 'DATABASE_URL')).rejects.toMatchObject({
      exitCode: EXIT.configuration,
      message: expect.stringMatching(/^DATABASE_URL names a database that does not exist/),
    });
  });
});

describe('a pool', () => {
  it('ends a statement that takes too long, and lives on when its connections are cut', async () => {
    const cut: Error[] = [];
    const pool = createPool({
      url: database.serviceUrl,
      application: 'forlop-trial',
      statementTimeout: 50,
      onError: (error) => cut.push(error),
    });
    await expect(pool.query('select pg_sleep(10)')).rejects.toMatchObject({ code: '57014' });
    await pool.query('select 1');
    const told = new Promise((resolve) => pool.once('error', resolve));
    await query(
      testServerUrl(),
      `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'forlop-trial'`,
    );
    await told;
    expect(cut).toHaveLength(1);
    await expect(pool.query('select 1')).resolves.toHaveProperty('rowCount', 1);
    await pool.end();
  });
});

describe('the read side', () => {
  it('does not wait for a server that is silent: the answer is given up, and dead connections are looked for', async () => {
    const probes = jest.spyOn(Socket.prototype, 'setKeepAlive');
    const source = await openReadDataSource({
      url: database.serviceUrl,
      application: 'forlop-trial-read',
      statementTimeout: 100,
    });
    expect(probes).toHaveBeenCalledWith(true, 10_000);
    probes.mockRestore();
    // The server would end it after 100 ms; one that has gone silent does not.
    const silent = source
      .query(`select set_config('statement_timeout', '0', false)`)
      .then(() => source.query('select pg_sleep(60)'));
    const error: unknown = await silent.catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({ message: 'Query read timeout' });
    expect(isDatabaseAway(error)).toBe(true);
    await source.destroy();
  });
});
