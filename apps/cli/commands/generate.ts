import { type Command, InvalidArgumentError } from 'commander';
import { loadConfig } from '#forlop/platform';
import type { GenerateOptions } from '../generate.js';

export function addGenerate(program: Command): void {
  program
    .command('generate')
    .description('fill the store with lawful, made-up histories; the same seed gives the same events')
    .requiredOption('--cases <N>', 'cases: one for each child', whole('--cases 1000', 1, 10_000_000))
    .requiredOption(
      '--municipalities <M>',
      'municipalities that they lie in',
      whole('--municipalities 5', 1, 400),
    )
    .requiredOption('--years <Y>', 'years that the referrals came in', whole('--years 3', 1, 10))
    .requiredOption('--seed <S>', 'what the world is made from', seedOption)
    .option('--until <date>', 'the last day that anything happens on (default: 2026-06-30)', dateOption)
    .option(
      '--threads <N>',
      'threads that make it (default: by size and machine)',
      whole('--threads 2', 1, 4),
    )
    .option('--yes', 'also into a database on another machine')
    .option('--json', 'one JSON document')
    .action(async (options: GenerateOptions) => {
      const { runGenerate } = await import('../generate.js');
      await runGenerate(loadConfig(process.env), options);
    });
}

const whole =
  (example: string, from: number, to: number) =>
  (text: string): number => {
    const value = /^\d{1,8}$/.test(text) ? Number(text) : NaN;
    if (value >= from && value <= to) return value;
    throw new InvalidArgumentError(`It must be a whole number from ${from} to ${to}. Example: ${example}`);
  };

function seedOption(text: string): string {
  if (/^[A-Za-z0-9._-]{1,64}$/.test(text)) return text;
  throw new InvalidArgumentError('It must be a number or a word without spaces. Example: --seed 42');
}

function dateOption(text: string): string {
  const [year] = /^20(2\d|30)-\d{2}-\d{2}$/.exec(text) ?? [];
  const isReal = year !== undefined && new Date(`${text}T00:00:00Z`).toJSON().startsWith(text);
  if (isReal) return text;
  throw new InvalidArgumentError('It must be a day from 2020 to 2030. Example: --until 2026-06-30');
}
