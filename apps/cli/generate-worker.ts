/** A thread that makes and writes some parts of a world: started by `generate-threads.ts`. */
import { parentPort, workerData } from 'node:worker_threads';
import {
  type PartsWritten,
  type Progress,
  type ShareCounts,
  Shares,
  worldOf,
  writePieces,
} from '#forlop/generator';
import type { GenerateTask } from './generate-threads.js';
import { withCommandDeps } from './operator.js';

/** What the thread says: how far it has come, then what it wrote, or why not. */
export type WorkerMessage =
  | { readonly progress: Progress }
  | { readonly written: PartsWritten; readonly shares: ShareCounts }
  | { readonly failed: { readonly name: string; readonly message: string } };

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
