import { Client } from 'pg';
import { EMBEDDED_ROLES, type Passwords } from './cluster.js';
import { embeddedUrl } from './postmaster.js';

export const EMBEDDED_DATABASES = { forlop: 'forlop', keys: 'forlop_keys' } as const;

const SETUP_LOCK = '7305808869232480303';

/**
 * Makes the roles and the two databases where they are missing. Under a lock, so that two commands that start at once
 * do not both make them. Each database belongs to one role and is closed to the rest: PUBLIC may not even connect.
 */
export async function ensureDatabases(passwords: Passwords, port: number): Promise<void> {
  const connection = new Client({ connectionString: embeddedUrl('superuser', passwords, port, 'postgres') });
  await connection.connect();
  try {
    await connection.query('select pg_advisory_lock($1)', [SETUP_LOCK]);
    for (const role of ['owner', 'service', 'projector', 'keystore'] as const) {
      await ensureRole(connection, EMBEDDED_ROLES[role], passwords[role]);
    }
    await ensureDatabase(connection, EMBEDDED_DATABASES.forlop, EMBEDDED_ROLES.owner, [
      EMBEDDED_ROLES.service,
      EMBEDDED_ROLES.projector,
    ]);
    await ensureDatabase(connection, EMBEDDED_DATABASES.keys, EMBEDDED_ROLES.keystore, []);
  } finally {
    await connection.end();
  }
}

async function ensureRole(connection: Client, role: string, password: string): Promise<void> {
  const { rowCount } = await connection.query('select from pg_roles where rolname = $1', [role]);
  if (rowCount !== 0) return;
  await connection.query(
    `create role ${connection.escapeIdentifier(role)} login password ${connection.escapeLiteral(password)}`,
  );
}

async function ensureDatabase(connection: Client, name: string, owner: string, guests: readonly string[]) {
  const { rowCount } = await connection.query('select from pg_database where datname = $1', [name]);
  const database = connection.escapeIdentifier(name);
  if (rowCount === 0) {
    await connection.query(`create database ${database} owner ${connection.escapeIdentifier(owner)}`);
  }
  await connection.query(`revoke all on database ${database} from public`);
  for (const guest of guests) {
    await connection.query(`grant connect on database ${database} to ${connection.escapeIdentifier(guest)}`);
  }
}
