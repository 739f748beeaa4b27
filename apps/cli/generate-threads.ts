/** A world that several threads make and write, each some parts of it. */
import { availableParallelism } from 'node:os';
import { Worker } from 'node:worker_threads';
import {
  digestOfParts,
  PARTS,
  type PartsWritten,
  type Progress,
  rateSince,
  type Shares,
  type Written,
} from '#forlop/generator';
import type { GenerateTask, WorkerMessage } from './generate-task.js';

/** A smaller world is written before a second thread has warmed up. */
const WORTH_THREADS = 1_500;
/** Of the young generation: what is in flight dies there instead of being moved out of it. */
const YOUNG_MB = 96;

/** How many threads a world of so many cases is worth here. */
export const threadsFor = (cases: number): number =>
  cases < WORTH_THREADS ? 1 : Math.min(PARTS, availableParallelism());

/**
 * Writes the world by so many threads, and counts its shares. Rejects with what the first thread that failed said, under the
 * name of its error; the others are stopped.
 */
export async function writeByThreads(
  task: Omit<GenerateTask, 'parts'>,
  threads: number,
  shares: Shares,
  onProgress: (progress: Progress) => void,
): Promise<Written> {
  const begun = performance.now();
  const steps = Array.from({ length: threads }, (): Progress => ({ cases: 0, events: 0 }));
  const workers: Worker[] = [];
  try {
    const results = await Promise.all(
      steps.map((_, index) => {
        const parts = Array.from({ length: PARTS }, (__, part) => part).filter(
          (part) => part % threads === index,
        );
        const worker = workerFor({ ...task, parts });
        workers.push(worker);
        return resultOf(worker, shares, (step) => {
          steps[index] = step;
          onProgress(sumOf(steps));
        });
      }),
    );
    const { cases, events } = sumOf(results);
    const digest = digestOfParts(results.flatMap(({ digests }) => digests));
    return { cases, events, digest, eventsPerSecond: rateSince(begun, events) };
  } finally {
    await Promise.all(workers.map((worker) => worker.terminate()));
  }
}

const workerFor = (workerData: GenerateTask): Worker =>
  new Worker(new URL('./generate-worker.js', import.meta.url), {
    workerData,
    resourceLimits: { maxYoungGenerationSizeMb: YOUNG_MB },
  });

const sumOf = (steps: readonly Progress[]): Progress => ({
  cases: steps.reduce((sum, { cases }) => sum + cases, 0),
  events: steps.reduce((sum, { events }) => sum + events, 0),
});

function resultOf(
  worker: Worker,
  shares: Shares,
  onProgress: (step: Progress) => void,
): Promise<PartsWritten> {
  return new Promise((resolve, reject) => {
    worker.on('message', (message: WorkerMessage) => {
      if ('progress' in message) onProgress(message.progress);
      else if ('written' in message) {
        shares.include(message.shares);
        resolve(message.written);
      } else {
        const { name, message: said } = message.failed;
        reject(Object.assign(new Error(said), { name }));
      }
    });
    worker.on('error', reject);
    worker.on('exit', (code) => reject(new Error(`A thread ended with ${code} before it was done`)));
  });
}
