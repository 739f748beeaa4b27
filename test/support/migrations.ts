import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { snapshotMigrations } from '#forlop/command-handling';
import { eventStoreMigrations } from '#forlop/event-store';
import type { MigrationSets } from '#forlop/platform';
import { keyStoreMigrations } from '#forlop/privacy';
import { reactorMigrations } from '#forlop/reactors';
import { readModelMigrations } from '#forlop/read-models';

/** The migrations of every lib, as the service runs them. */
export const ALL_MIGRATIONS: MigrationSets = {
  eventStore: eventStoreMigrations,
  readModels: [...readModelMigrations, ...reactorMigrations],
  snapshots: snapshotMigrations,
  keyStore: keyStoreMigrations,
};

/** A digest of all that decides the schema, so that a changed migration gets a new template database. */
export async function schemaDigest(root: string): Promise<string> {
  const hash = createHash('sha256');
  const entries = await readdir(join(root, 'libs'), { recursive: true, withFileTypes: true });
  const paths = entries
    .filter(
      (entry) =>
        entry.isFile() && (/\.sql$/.test(entry.name) || /migration/.test(join(entry.parentPath, entry.name))),
    )
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
  for (const path of paths) hash.update(path.slice(root.length)).update(await readFile(path));
  return hash.digest('hex').slice(0, 12);
}
