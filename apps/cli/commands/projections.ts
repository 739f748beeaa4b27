import type { Command } from 'commander';
import { addFailures } from './projection-failures.js';

interface Json {
  readonly json?: boolean;
}

export function addProjections(program: Command): void {
  const projections = program
    .command('projections')
    .description('the read models that are built from the events');
  projections
    .command('list')
    .description('name, version, state, position, lag and builds of each')
    .option('--json', 'one JSON document')
    .action(async ({ json }: Json) => {
      const { listAll } = await import('../projections.js');
      await listAll(json === true);
    });
  projections
    .command('rebuild')
    .argument('<name>', 'a projection, or `all`')
    .description('build it anew beside the rows that are read, then switch; the service may run')
    .option('--json', 'one JSON document')
    .action(async (name: string, { json }: Json) => {
      const { rebuild } = await import('../projection-builds.js');
      await rebuild(name, json === true);
    });
  projections
    .command('prune')
    .argument('[name]', 'a projection, or `all`', 'all')
    .description('drop the builds that nobody reads any more')
    .option('--json', 'one JSON document')
    .action(async (name: string, { json }: Json) => {
      const { prune } = await import('../projection-builds.js');
      await prune(name, json === true);
    });
  addFailures(projections);
}
