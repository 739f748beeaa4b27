/** A thread that makes and writes some parts of a world: started by `generate-threads.ts`. */
import { parentPort, workerData } from 'node:worker_threads';
import { Shares, worldOf, writePieces } from '#forlop/generator';
import type { GenerateTask, WorkerMessage } from './generate-task.js';
import { withCommandDeps } from './operator.js';

const tell = (message: WorkerMessage): void => parentPort?.postMessage(message);

async function work({ config, urls, plan, parts }: GenerateTask): Promise<void> {
  const shares = new Shares();
  const pieces = shares.counting(worldOf(plan).parts(parts));
  const written = await withCommandDeps(config, urls, 'forlop-generate', (deps) =>
    writePieces(pieces, deps, (progress) => tell({ progress })),
  );
  tell({ written, shares: shares.counts });
}

try {
  await work(workerData as GenerateTask);
} catch (error) {
  // A class does not survive the way between threads. Its name does, and the tool knows errors by their names.
  const { name, message } = error instanceof Error ? error : new Error(String(error));
  tell({ failed: { name, message } });
}
