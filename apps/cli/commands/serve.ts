import type { Command } from 'commander';
import { EXIT, loadConfig } from '#forlop/platform';
import type { Part } from '../serve/serve.js';

const PARTS: Readonly<Record<Part, string>> = {
  serve: 'start the database, the API and the projector in one process',
  api: 'start an API beside others, on a database that runs',
  projector:
    'start a projector beside others, on a database that runs: each read model is led by one of them',
};

export function addServe(program: Command): void {
  for (const [part, description] of Object.entries(PARTS) as [Part, string][])
    program
      .command(part)
      .description(description)
      .action(() => run(part));
}

async function run(part: Part): Promise<void> {
  const config = loadConfig(process.env);
  const { serve } = await import('../serve/serve.js');
  const code = await serve(config, part);
  process.exitCode = code;
  // A request that was cut off keeps its connection, and with it the process.
  if (code !== EXIT.ok) process.exit();
}
