import { type Command, InvalidArgumentError } from 'commander';
import { loadConfig } from '#forlop/platform';
import type { ShredOptions } from '../shred.js';

export function addShred(program: Command): void {
  program
    .command('shred')
    .description('destroy the key of a person: what is sealed with it can never be read again')
    .requiredOption('--subject <personId>', 'the person', personOption)
    .requiredOption('--ground <ground>', 'APENBART_GRUNNLOS or HENLAGT_10_AR')
    .requiredOption('--decision-ref <ref>', 'the decision that it rests on, e.g. 2026/1234-5', decisionOption)
    .option('--json', 'one JSON document')
    .action(async (options: ShredOptions) => {
      const { runShred } = await import('../shred.js');
      process.exitCode = await runShred(loadConfig(process.env), options);
    });
}

function personOption(text: string): string {
  if (/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return text.toLowerCase();
  throw new InvalidArgumentError('It must be a personId (UUID).');
}

function decisionOption(text: string): string {
  if (/^[A-Za-z0-9][A-Za-z0-9./_-]{0,63}$/.test(text)) return text;
  throw new InvalidArgumentError('It must be a case reference without spaces. Example: 2026/1234-5');
}
