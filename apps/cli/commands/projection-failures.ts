import { type Command, InvalidArgumentError } from 'commander';

interface Json {
  readonly json?: boolean;
}

/** What could not be applied, and what an operator does about it. */
export function addFailures(projections: Command): void {
  projections
    .command('failures')
    .description('streams that wait at an event which could not be applied, and events that were skipped')
    .option('--json', 'one JSON document')
    .action(async ({ json }: Json) => {
      const { listFailures } = await import('../projection-failures.js');
      await listFailures(json === true);
    });
  projections
    .command('retry')
    .argument('<name>', 'a projection, or `all`')
    .description('apply what waits in its parked streams, now that the cause is mended; the service may run')
    .option('--stream <id>', 'this stream alone', streamOption)
    .option('--json', 'one JSON document')
    .action(async (name: string, { stream, json }: Json & { stream?: string }) => {
      const { retry } = await import('../projection-failures.js');
      process.exitCode = await retry(name, stream, json === true);
    });
  projections
    .command('skip')
    .argument('<name>', 'a projection')
    .description('pass over the event that a stream waits at, for good, and apply what waits behind it')
    .requiredOption('--stream <id>', 'the stream', streamOption)
    .requiredOption('--reason <ref>', 'where the decision is written down, e.g. 2026/1234-5', reasonOption)
    .option('--json', 'one JSON document')
    .action(async (name: string, { stream, reason, json }: Json & { stream: string; reason: string }) => {
      const { skip } = await import('../projection-failures.js');
      process.exitCode = await skip(name, { stream, reason }, json === true);
    });
}

function streamOption(text: string): string {
  if (/^[a-z]+-[A-Za-z0-9._-]{1,150}$/.test(text)) return text;
  throw new InvalidArgumentError('It must be the name of a stream, as `failures` prints it.');
}

/** It is stored in clear on the access log for good, so it is a reference and no prose. */
function reasonOption(text: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9./_-]{0,63}$/.test(text)) return text;
  throw new InvalidArgumentError('It must be a case reference without spaces. Example: 2026/1234-5');
}
