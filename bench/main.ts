/** Runs one bench or all of them: see `harness/options.ts` for how it is asked. Started by `scripts/bench.mjs`. */
import { BENCHES } from './benches/all.js';
import type { BenchRun } from './harness/bench.js';
import { clearAway } from './harness/clear-away.js';
import { Closing } from './harness/closing.js';
import { describeMachine } from './harness/machine.js';
import { parseOptions, WrongUsage, type Options } from './harness/options.js';
import type { BenchDocument, Row } from './harness/results.js';
import { Worlds } from './harness/worlds.js';
import { tableCells, textTable } from './page/table.js';
import { writePages } from './page/write-pages.js';

const EXIT = { done: 0, failed: 1, usage: 64, asked: 130 } as const;
const REPETITIONS = { quick: 1, full: 5 } as const;

const say = (line: string): void => void process.stderr.write(`${line}\n`);

const FOLDER = process.env['FORLOP_BENCH_FOLDER'] ?? '';
/** Events of the municipality whose report is asked for: the smallest world of the benches. */
const OWN_EVENTS = { quick: 1_000, full: 10_000 } as const;
let worlds: Worlds | undefined;
/** Of the bench that runs now. */
let open = new Closing();
let isStopping = false;

/** @returns the exit code */
async function main(): Promise<number> {
  const options = parseOptions(process.argv.slice(2));
  const document = await runAll(options);
  if (options.writeDocs) await writePages(document);
  await print(options.json ? JSON.stringify(document) : textTable(tableCells(document.results)));
  const missed = options.check && document.results.some(({ met }) => !met);
  return missed || document.failed !== undefined ? EXIT.failed : EXIT.done;
}

/** A bench that fails does not take the others with it. */
async function runAll(options: Options): Promise<BenchDocument> {
  const { names } = options;
  const shared = runOf(options);
  const results: Row[] = [];
  const failed: string[] = [];
  for (const name of names) {
    if (isStopping) break;
    open = new Closing();
    try {
      results.push(...(await BENCHES[name]({ ...shared, closing: open })));
    } catch (error) {
      if (!isStopping) say(`${name} failed: ${textOf(error)}`);
      failed.push(name);
    }
    await open.run().catch((error: unknown) => say(`${name} left something open: ${textOf(error)}`));
  }
  return {
    bench: names.length === 1 ? (names[0] ?? '') : 'all',
    machine: await describeMachine(),
    repetitions: shared.repetitions,
    results,
    ...(failed.length === 0 ? {} : { failed }),
  };
}

function runOf({ quick }: Options): Omit<BenchRun, 'closing'> {
  const size = quick ? 'quick' : 'full';
  const repetitions = REPETITIONS[size];
  worlds = new Worlds(FOLDER, OWN_EVENTS[size], say);
  return { quick, repetitions, folder: FOLDER, worlds, store: 'postgres', say };
}

const textOf = (error: unknown): string =>
  error instanceof Error ? (error.stack ?? error.message) : String(error);

/** Resolves when it is all written: a pipe may take its time. */
const print = (text: string): Promise<void> =>
  new Promise((resolve) => void process.stdout.write(`${text}\n`, () => resolve()));

/** Asked to stop, or whoever started us is gone: what is open is closed, and nothing is left behind. */
function stop(): void {
  if (isStopping) return;
  isStopping = true;
  void Promise.allSettled([open.run(), worlds?.close()])
    .then(() => clearAway(FOLDER))
    .catch(() => undefined)
    .finally(() => process.exit(EXIT.asked));
}

process.once('SIGTERM', stop);
process.once('SIGINT', stop);
process.once('disconnect', stop);
main().then(
  (code) => end(code),
  (error: unknown) => {
    say(error instanceof WrongUsage ? error.message : textOf(error));
    end(error instanceof WrongUsage ? EXIT.usage : EXIT.failed);
  },
);

/** A run that is being stopped is ended by `stop`, once everything is closed. */
function end(code: number): void {
  if (!isStopping) process.exit(code);
}
