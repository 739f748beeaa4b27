import { parseArgs } from 'node:util';

/** The benches, in the order in which all of them are run. */
export const BENCH_NAMES = [
  'append',
  'load-decide-append',
  'read-all',
  'project',
  'http',
  'history',
  'report',
  'start',
] as const;

export type BenchName = (typeof BENCH_NAMES)[number];

export interface Options {
  /** All, where none was named. */
  readonly names: readonly BenchName[];
  readonly json: boolean;
  readonly quick: boolean;
  readonly check: boolean;
  readonly writeDocs: boolean;
}

/** Wrong usage; the message says what is right. */
export class WrongUsage extends Error {}

const USAGE = `npm run bench -- [NAME] [--json] [--quick] [--check] [--write-docs]
NAME is one of: ${BENCH_NAMES.join(' ')}; without it, all are run.`;

/** @throws WrongUsage */
export function parseOptions(args: readonly string[]): Options {
  const { values, positionals } = parsed(args);
  if (positionals.length > 1) throw new WrongUsage(`error: one bench, or all of them\n${USAGE}`);
  return {
    names: positionals.length === 0 ? BENCH_NAMES : positionals.map(benchName),
    json: values.json === true,
    quick: values.quick === true,
    check: values.check === true,
    writeDocs: values['write-docs'] === true,
  };
}

function parsed(args: readonly string[]) {
  const flag = { type: 'boolean' } as const;
  const options = { json: flag, quick: flag, check: flag, 'write-docs': flag };
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true });
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new WrongUsage(`error: ${reason}\n${USAGE}`);
  }
}

function benchName(text: string): BenchName {
  const name = BENCH_NAMES.find((one) => one === text);
  if (name === undefined) throw new WrongUsage(`error: there is no bench ${text}\n${USAGE}`);
  return name;
}
