import type { DatabaseConfig } from '../config/config.js';
import { roleOf } from '../config/config.js';
import type { DatabaseUrls } from '../embedded-postgres/embedded-database.js';
import { configurationError } from '../startup-error.js';
import { assertServerVersion } from './connection.js';
import { migrateDatabases, missingMigrations, type MigrationSets } from './migrations.js';
import { assertServingRole } from './serving-role.js';

export type ExternalDatabase = Extract<DatabaseConfig, { kind: 'external' }>;

/** The URLs of an own PostgreSQL, after checking that its servers answer and are new enough. */
export async function openExternal(config: ExternalDatabase): Promise<DatabaseUrls> {
  await assertServerVersion(config.serviceUrl, 'DATABASE_URL');
  await assertServerVersion(config.projectorUrl, 'PROJECTOR_DATABASE_URL');
  await assertServerVersion(config.keystoreUrl, 'KEYSTORE_URL');
  if (config.ownerUrl !== undefined) await assertServerVersion(config.ownerUrl, 'DATABASE_OWNER_URL');
  const { ownerUrl, serviceUrl, projectorUrl, keystoreUrl } = config;
  return { ownerUrl, serviceUrl, projectorUrl, keystoreUrl };
}

/**
 * Migrates when an owner is given, else checks that nothing is missing.
 * @returns the names of the migrations that ran
 * @throws StartupError 78 when the schema is older than needed and no owner is given
 */
export async function bringUpToDate(urls: DatabaseUrls, sets: MigrationSets): Promise<string[]> {
  const { ownerUrl, keystoreUrl, serviceUrl, projectorUrl } = urls;
  if (ownerUrl !== undefined) {
    const serviceRole = roleOf(serviceUrl) ?? '';
    const projectorRole = roleOf(projectorUrl) ?? '';
    return migrateDatabases({ ownerUrl, keystoreUrl, serviceRole, projectorRole }, sets);
  }
  const missing = await missingMigrations(serviceUrl, keystoreUrl, sets);
  if (missing.length === 0) return [];
  throw configurationError(
    `DATABASE_OWNER_URL is not set, and the database lacks ${missing.length} migrations (${missing.join(', ')}): ` +
      'run `forlop migrate` with it. Example: DATABASE_OWNER_URL=postgres://forlop_owner:secret@db.example:5432/forlop',
  );
}

/** Refuses roles that pass the fences; see `assertServingRole`. */
export async function assertServingRoles(urls: DatabaseUrls): Promise<void> {
  await assertServingRole(urls.serviceUrl, 'DATABASE_URL');
  await assertServingRole(urls.projectorUrl, 'PROJECTOR_DATABASE_URL');
  await assertServingRole(urls.keystoreUrl, 'KEYSTORE_URL', true);
}
