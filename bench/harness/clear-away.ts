import { access, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** A server that is told to stop at once has so long to do it. */
const PATIENCE = 10_000;
const ASK_EVERY = 50;
const ROUNDS = 5;

/**
 * Removes a run's folder, after stopping the database servers whose files are in it: each says in its own folder which
 * process it is. More than once, because a server may be starting while we look.
 */
export async function clearAway(folder: string): Promise<void> {
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const pid of await serversIn(folder)) await stopServer(pid);
    await rm(folder, { recursive: true, force: true }).catch(() => undefined);
    if (!(await exists(folder))) return;
    await pause(ASK_EVERY);
  }
}

async function serversIn(folder: string): Promise<number[]> {
  const paths = await readdir(folder, { recursive: true }).catch(() => []);
  const files = paths.filter((path) => path.endsWith('postmaster.pid'));
  const texts = await Promise.all(files.map((path) => readFile(join(folder, path), 'utf8').catch(() => '')));
  return texts.map((text) => Number(text.split('\n')[0])).filter((pid) => pid > 0);
}

/** At once and without a last checkpoint: the files go anyway. */
async function stopServer(pid: number): Promise<void> {
  for (const until = Date.now() + PATIENCE; Date.now() < until && isAlive(pid, 'SIGQUIT');)
    await pause(ASK_EVERY);
  isAlive(pid, 'SIGKILL');
}

function isAlive(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );
