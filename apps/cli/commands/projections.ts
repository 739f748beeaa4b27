import type { Command } from 'commander';

interface Json {
  readonly json?: boolean;
}

export function addProjections(program: Command): void {
  const projections = program
    .command('projections')
    .description('the read models that are built from the events');
  projections
    .command('list')
    .description('name, version, state, position and lag of each')
    .option('--json', 'one JSON document')
    .action(async ({ json }: Json) => {
      const { listAll } = await import('../projections.js');
      await listAll(json === true);
    });
  projections
    .command('rebuild')
    .argument('<name>', 'a projection, or `all`')
    .description('empty its tables and build them anew from the first event; the service may run')
    .option('--json', 'one JSON document')
    .action(async (name: string, { json }: Json) => {
      const { rebuild } = await import('../projections.js');
      await rebuild(name, json === true);
    });
}
