import { existsSync } from 'node:fs';
import type { Command } from 'commander';

/** How the demonstration is asked for; without `url` it starts a service of its own and throws it away. */
export interface DemoOptions {
  readonly json?: boolean;
  readonly url?: string;
  /** Holds `<ROLE>-<municipality>.jwt`, `PART-<personId>.jwt` and, for supervisors, `<ROLE>.jwt`. */
  readonly tokenDir?: string;
}

interface Demo {
  /** @returns the exit code */
  readonly runDemo: (options: DemoOptions) => Promise<number>;
}

const DEMO = new URL('../demo/run.js', import.meta.url);

/** Not in every image: the command is there when the demonstration is. */
export function addDemo(program: Command): void {
  if (!existsSync(DEMO)) return;
  program
    .command('demo')
    .description('play whole cases against a running or a throw-away service')
    .option('--json', 'one JSON document')
    .option('--url <url>', 'a running service')
    .option('--token-dir <folder>', 'tokens for it')
    .action(async (options: DemoOptions) => {
      const { runDemo } = (await import(DEMO.href)) as Demo;
      process.exitCode = await runDemo(options);
    });
}
