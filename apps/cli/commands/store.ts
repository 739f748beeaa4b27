import type { Command } from 'commander';

interface CopyOptions {
  readonly from: string;
  readonly to: string;
  readonly json?: boolean;
}

const END = '`postgres` or `eventstoredb` as configured, or a URL of either';

/** Work on the store as a whole. */
export function addStore(program: Command): void {
  program
    .command('store')
    .description('the event store as a whole')
    .command('copy')
    .description(
      'copy all events to another store, or go on with a copy; nothing may serve on either meanwhile',
    )
    .requiredOption('--from <store>', END)
    .requiredOption('--to <store>', `${END}; in PostgreSQL its owner’s`)
    .option('--json', 'one JSON document')
    .action(async ({ from, to, json }: CopyOptions) => {
      const { runStoreCopy } = await import('../store-copy/store-copy.js');
      process.exitCode = await runStoreCopy(from, to, json === true);
    });
}
