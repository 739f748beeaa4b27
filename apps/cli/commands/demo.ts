import type { Command } from 'commander';
import type { DemoOptions } from '../demo/run.js';

export function addDemo(program: Command): void {
  program
    .command('demo')
    .description('play whole cases against a running or a throw-away service')
    .option('--json', 'one JSON document')
    .option('--url <url>', 'a running service')
    .option('--token-dir <folder>', 'tokens for it')
    .action(async (options: DemoOptions) => {
      const { runDemo } = await import('../demo/run.js');
      process.exitCode = await runDemo(options);
    });
}
