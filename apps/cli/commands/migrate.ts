import type { Command } from 'commander';
import { bringUpToDate, configurationError, loadConfig } from '#forlop/platform';
import { answer } from '../output.js';

export function addMigrate(program: Command): void {
  program
    .command('migrate')
    .description(
      'bring the databases to the newest schema (as DATABASE_OWNER_URL, or in the embedded database)',
    )
    .option('--json', 'one JSON document')
    .action(async ({ json }: { json?: boolean }) => {
      const { MIGRATIONS, withDatabases } = await import('../databases.js');
      const config = loadConfig(process.env);
      if (config.database.kind === 'external' && config.database.ownerUrl === undefined) {
        throw configurationError(
          'DATABASE_OWNER_URL is not set: only the owner migrates. ' +
            'Example: DATABASE_OWNER_URL=postgres://forlop_owner:secret@db.example:5432/forlop',
        );
      }
      const migrated = await withDatabases(config, 'command', ({ urls }) => bringUpToDate(urls, MIGRATIONS));
      answer(json === true, { migrated }, () =>
        migrated.length === 0
          ? ['Nothing to do: the schema is current']
          : migrated.map((name) => `Ran ${name}`),
      );
    });
}
