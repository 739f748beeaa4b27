import type { Client } from 'pg';
import type { MigrationInterface } from 'typeorm';
import { withConnection } from './connection.js';

/** A TypeORM migration class; its name ends with a 13-digit timestamp. */
export type MigrationClass = new () => MigrationInterface;

/** The migrations of the libs that own tables, each list in the order it is run. */
export interface MigrationSets {
  readonly eventStore: readonly MigrationClass[];
  readonly readModels: readonly MigrationClass[];
  readonly snapshots: readonly MigrationClass[];
  readonly keyStore: readonly MigrationClass[];
}

/** Where the migrations run, and the roles they grant to (names of existing database roles). */
export interface MigrationTargets {
  readonly ownerUrl: string;
  readonly keystoreUrl: string;
  readonly serviceRole: string;
  readonly projectorRole: string;
}

interface MigrationRun {
  readonly url: string;
  readonly table: string;
  readonly migrations: readonly MigrationClass[];
  readonly options: string;
}

/** TypeORM prints to stdout, which belongs to a command's answer; what went wrong comes as the error. */
const SILENT = {
  logQuery: () => undefined,
  logQueryError: () => undefined,
  logQuerySlow: () => undefined,
  logSchemaBuild: () => undefined,
  logMigration: () => undefined,
  log: () => undefined,
};

/** One lock for all who migrate a database; the number only has to be ours. */
const MIGRATION_LOCK = '7305808869232480301';

/**
 * Brings both databases to the newest schema: event store, read models, snapshots, then key store.
 * Each set has its own table of what has run, so that the order of the sets does not hang on their timestamps.
 * @returns the names of the migrations that ran now
 */
export async function migrateDatabases(targets: MigrationTargets, sets: MigrationSets): Promise<string[]> {
  const options = `-c forlop.service_role=${optionValue(targets.serviceRole)} -c forlop.projector_role=${optionValue(targets.projectorRole)}`;
  const owner = await withMigrationLock(targets.ownerUrl, 'DATABASE_OWNER_URL', async (connection) => {
    const events = await runMigrations({
      url: targets.ownerUrl,
      table: 'event_store',
      migrations: sets.eventStore,
      options,
    });
    const reads = await runMigrations({
      url: targets.ownerUrl,
      table: 'read_models',
      migrations: sets.readModels,
      options,
    });
    const snapshots = await runMigrations({
      url: targets.ownerUrl,
      table: 'snapshots',
      migrations: sets.snapshots,
      options,
    });
    await grantMigrationRecord(connection, [targets.serviceRole, targets.projectorRole]);
    return [...events, ...reads, ...snapshots];
  });
  const keys = await withMigrationLock(targets.keystoreUrl, 'KEYSTORE_URL', () =>
    runMigrations({
      url: targets.keystoreUrl,
      table: 'key_store',
      migrations: sets.keyStore,
      options: '',
    }),
  );
  return [...owner, ...keys];
}

/**
 * The migrations that a database still lacks, as the given role sees them.
 * @param databaseUrl the service's URL; @param keystoreUrl the key store's
 */
export async function missingMigrations(
  databaseUrl: string,
  keystoreUrl: string,
  sets: MigrationSets,
): Promise<string[]> {
  const lacking = await lackingIn(databaseUrl, 'DATABASE_URL', [
    { table: 'event_store', migrations: sets.eventStore },
    { table: 'read_models', migrations: sets.readModels },
    { table: 'snapshots', migrations: sets.snapshots },
  ]);
  return [
    ...lacking,
    ...(await lackingIn(keystoreUrl, 'KEYSTORE_URL', [{ table: 'key_store', migrations: sets.keyStore }])),
  ];
}

async function lackingIn(
  url: string,
  variable: string,
  runs: readonly Pick<MigrationRun, 'table' | 'migrations'>[],
) {
  return withConnection(url, variable, async (connection) => {
    const lacking: string[] = [];
    for (const { table, migrations } of runs) {
      const known = await connection.query<{ present: boolean }>(
        'select to_regclass($1) is not null as present',
        [`migration.${table}`],
      );
      const rows = known.rows[0]?.present
        ? (await connection.query<{ name: string }>(`select name from migration.${table}`)).rows
        : [];
      const ran = new Set(rows.map((row) => row.name));
      lacking.push(...migrations.map((migration) => migration.name).filter((name) => !ran.has(name)));
    }
    return lacking;
  });
}

async function runMigrations(run: MigrationRun): Promise<string[]> {
  // Loaded when needed: it takes longer than everything else that a command like `token` loads.
  const { DataSource } = await import('typeorm');
  const dataSource = new DataSource({
    type: 'postgres',
    url: run.url,
    schema: 'migration',
    migrationsTableName: run.table,
    migrations: [...run.migrations],
    installExtensions: false,
    applicationName: 'forlop-migrate',
    extra: { max: 2, ...(run.options === '' ? {} : { options: run.options }) },
    logger: SILENT,
  });
  await dataSource.initialize();
  try {
    const done = await dataSource.runMigrations({ transaction: 'each' });
    return done.map((migration) => migration.name);
  } finally {
    await dataSource.destroy();
  }
}

/** Two processes that start at once must not both create the same tables: the second waits, then finds nothing to do. */
async function withMigrationLock<T>(
  url: string,
  variable: string,
  work: (connection: Client) => Promise<T>,
): Promise<T> {
  return withConnection(url, variable, async (connection) => {
    await connection.query('select pg_advisory_lock($1)', [MIGRATION_LOCK]);
    await connection.query('create schema if not exists migration');
    return work(connection);
  });
}

/** The service reads what has run, to refuse to serve on an older schema. */
async function grantMigrationRecord(connection: Client, roles: readonly string[]): Promise<void> {
  for (const role of roles) {
    const name = connection.escapeIdentifier(role);
    await connection.query(`grant usage on schema migration to ${name}`);
    await connection.query(`grant select on all tables in schema migration to ${name}`);
  }
}

/** A value inside the `options` of a connection: spaces and backslashes are escaped with a backslash. */
function optionValue(value: string): string {
  return value.replace(/[\\ ]/g, '\\$&');
}
