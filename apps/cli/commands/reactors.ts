import type { Command } from 'commander';

interface Options {
  readonly json?: boolean;
  readonly from: string;
}

export function addReactors(program: Command): void {
  const reactors = program
    .command('reactors')
    .description('what follows from the events besides the read models: the deadline watch');
  reactors
    .command('list')
    .description('name, state, position and lag of each, and the streams that wait')
    .option('--json', 'one JSON document')
    .action(async ({ json }: Options) => {
      const { listAll } = await import('../reactors.js');
      await listAll(json === true);
    });
  reactors
    .command('start')
    .argument('<name>', 'a reactor')
    .description('start it anew after a position of the event store; the service may run')
    .requiredOption('--from <where>', '`start` (the first event), `now`, or a position')
    .option('--json', 'one JSON document')
    .action(async (name: string, { from, json }: Options) => {
      const { start } = await import('../reactors.js');
      await start(name, from, json === true);
    });
}
