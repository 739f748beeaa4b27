import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { Client } from 'pg';
import { migrateDatabases } from '#forlop/platform';
import { ALL_MIGRATIONS, schemaDigest } from './migrations.js';

/** Two fresh, migrated databases on the test server and the four ways in; `drop` removes both. */
export interface TestDatabase {
  readonly ownerUrl: string;
  readonly serviceUrl: string;
  readonly projectorUrl: string;
  readonly keystoreUrl: string;
  drop(): Promise<void>;
}

const ROLES = {
  owner: 'forlop_test_owner',
  service: 'forlop_test_service',
  projector: 'forlop_test_projector',
  keystore: 'forlop_test_keystore',
} as const;
const PASSWORD = 'only-for-tests';
/** SQLSTATE of a database that somebody is connected to. */
const OBJECT_IN_USE = '55006';
const TEMPLATE_LOCK = '7305808869232480302';

let template: Promise<string> | undefined;

/** The superuser's URL of the server that the tests run on (set by the global setup when not given). */
export function testServerUrl(): string {
  const url = process.env['FORLOP_TEST_SERVER'];
  if (url === undefined)
    throw new Error('FORLOP_TEST_SERVER is not set: run the tests through jest.config.mjs');
  return url;
}

/** A unique pair of databases, copied from a template that is migrated once per server and schema. */
export async function createTestDatabase(): Promise<TestDatabase> {
  template ??= prepareTemplate();
  const source = await template;
  const name = `forlop_test_${process.pid}_${randomBytes(5).toString('hex')}`;
  await asSuperuser('postgres', async (connection) => {
    await connection.query(`create database ${name} template ${source} owner ${ROLES.owner}`);
    await connection.query(`create database ${name}_keys template ${source}_keys owner ${ROLES.keystore}`);
  });
  return {
    ownerUrl: urlOf(ROLES.owner, name),
    serviceUrl: urlOf(ROLES.service, name),
    projectorUrl: urlOf(ROLES.projector, name),
    keystoreUrl: urlOf(ROLES.keystore, `${name}_keys`),
    drop: () =>
      asSuperuser('postgres', async (connection) => {
        await drop(connection, name);
        await drop(connection, `${name}_keys`);
      }),
  };
}

/**
 * PostgreSQL waits up to five seconds for connections that are on their way out: one that is ended by force tells its client,
 * which has closed it already and no longer listens. Whoever stays longer, a killed process's connection, is thrown out.
 */
async function drop(connection: Client, name: string): Promise<void> {
  await connection.query(`drop database if exists ${name}`).catch(async (error: unknown) => {
    if ((error as { code?: unknown }).code !== OBJECT_IN_USE) throw error;
    await connection.query(`drop database if exists ${name} with (force)`);
  });
}

/**
 * The jest workers and other runs on the same server make roles and template once: the first holds an advisory lock,
 * the others wait and find the finished template. A template left half made by a killed run is made anew.
 */
async function prepareTemplate(): Promise<string> {
  const name = `forlop_template_${await schemaDigest(resolve('.'))}`;
  await asSuperuser('postgres', async (connection) => {
    await connection.query('select pg_advisory_lock($1)', [TEMPLATE_LOCK]);
    for (const role of Object.values(ROLES)) await createRole(connection, role);
    const { rows } = await connection.query<{ finished: boolean }>(
      'select datistemplate as finished from pg_database where datname = $1',
      [name],
    );
    if (rows[0]?.finished === true) return;
    await createTemplate(connection, name);
  });
  return name;
}

async function createTemplate(connection: Client, name: string): Promise<void> {
  await connection.query(`drop database if exists ${name} with (force)`);
  await connection.query(`drop database if exists ${name}_keys with (force)`);
  await connection.query(`create database ${name} owner ${ROLES.owner}`);
  await connection.query(`create database ${name}_keys owner ${ROLES.keystore}`);
  await migrateDatabases(
    {
      ownerUrl: urlOf(ROLES.owner, name),
      keystoreUrl: urlOf(ROLES.keystore, `${name}_keys`),
      serviceRole: ROLES.service,
      projectorRole: ROLES.projector,
    },
    ALL_MIGRATIONS,
  );
  await connection.query(`alter database ${name}_keys is_template true`);
  await connection.query(`alter database ${name} is_template true`);
}

async function createRole(connection: Client, role: string): Promise<void> {
  const { rowCount } = await connection.query('select 1 from pg_roles where rolname = $1', [role]);
  if (rowCount === 0) await connection.query(`create role ${role} login password '${PASSWORD}'`);
}

function urlOf(role: string, database: string): string {
  const url = new URL(testServerUrl());
  url.username = role;
  url.password = PASSWORD;
  url.pathname = `/${database}`;
  return url.href;
}

async function asSuperuser<T>(database: string, work: (connection: Client) => Promise<T>): Promise<T> {
  const url = new URL(testServerUrl());
  url.pathname = `/${database}`;
  const connection = new Client({ connectionString: url.href, application_name: 'forlop-test' });
  await connection.connect();
  try {
    return await work(connection);
  } finally {
    await connection.end();
  }
}
