import type { Command } from 'commander';
import { EXIT, loadConfig } from '#forlop/platform';

export function addServe(program: Command): void {
  program
    .command('serve')
    .description('start the database, the API and the projector in one process')
    .action(async () => {
      const config = loadConfig(process.env);
      const { serve } = await import('../serve/serve.js');
      const code = await serve(config);
      process.exitCode = code;
      // A request that was cut off keeps its connection, and with it the process.
      if (code !== EXIT.ok) process.exit();
    });
}
