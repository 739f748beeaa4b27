import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';

const MAIN = resolve('dist/apps/cli/main.js');
const READY = /^READY (\S+)$/m;

/** What is set in the tests' own environment must not reach the service under test. */
const NONE = {
  DATABASE_URL: '',
  PROJECTOR_DATABASE_URL: '',
  DATABASE_OWNER_URL: '',
  KEYSTORE_URL: '',
  EVENTSTORE_URL: '',
  FORLOP_MASTER_KEY_FILE: '',
  NODE_OPTIONS: '',
  NODE_ENV: '',
  LOG_LEVEL: 'warn',
  HOST: '',
};

/** A process of ours, with all that it has printed. */
export interface Running {
  readonly child: ChildProcess;
  readonly output: () => string;
  /** What it printed to standard output alone. */
  readonly answer: () => string;
  /** Exit code, or the signal that ended it. */
  readonly ended: Promise<number | string>;
}

const started: ChildProcess[] = [];

/** Ends whatever a failed test left: its processes with all that they started, and the folder's database. */
export async function killAll(dataDir: string): Promise<void> {
  for (const { pid, exitCode, signalCode } of started.splice(0)) {
    if (exitCode === null && signalCode === null && pid !== undefined) killIfThere(-pid);
  }
  for (const pid of await serversOf(dataDir).catch(() => [])) killIfThere(pid);
}

/** Kills a process, or with a negative number its whole group. */
export function killIfThere(pid: number): void {
  try {
    process.kill(pid, 'SIGKILL');
  } catch {
    // It was quicker and is gone.
  }
}

/** Runs a program with its standard output and error collected. */
export function run(program: string, options: readonly string[], env: Record<string, string> = {}): Running {
  const child = spawn(program, options, {
    env: { ...process.env, ...NONE, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  started.push(child);
  let output = '';
  let answer = '';
  child.stdout.on('data', (part: Buffer) => (answer += part.toString()));
  child.stdout.on('data', (part: Buffer) => (output += part.toString()));
  child.stderr.on('data', (part: Buffer) => (output += part.toString()));
  const ended = once(child, 'close').then(([code, signal]) => (code ?? signal) as number | string);
  return { child, output: () => output, answer: () => answer, ended };
}

/** A command of `forlop` on a data folder. */
export function forlop(
  dataDir: string,
  options: readonly string[],
  env: Record<string, string> = {},
): Running {
  return run(process.execPath, [MAIN, ...options], { FORLOP_DATA_DIR: dataDir, ...env });
}

/** Resolves with the address when READY is printed; rejects with what was printed when it ends before. */
export async function ready(running: Running): Promise<string> {
  const printed = new Promise<string>((found) => {
    const look = () => {
      const address = READY.exec(running.output())?.[1];
      if (address !== undefined) found(address);
    };
    running.child.stdout?.on('data', look);
    look();
  });
  const died = running.ended.then((code) => {
    throw new Error(`ended with ${code} before READY:\n${running.output()}`);
  });
  return Promise.race([printed, died]);
}

/** Starts `serve` on a free port and waits until it is ready. */
export async function serve(dataDir: string): Promise<Running & { address: string }> {
  const running = forlop(dataDir, ['serve'], { PORT: '0' });
  return { ...running, address: await ready(running) };
}

/**
 * A folder of its own for one test file. As root: `open` to the account that the database runs as, or closed to it,
 * so that the database has to go elsewhere.
 */
export async function temporaryFolder(access: 'open' | 'closed'): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'forlop-process-'));
  if (access === 'open') await chmod(folder, 0o711);
  return folder;
}

/** Asks until the answer has the wanted status, or gives up. @returns milliseconds that it took */
export async function untilStatus(url: string, status: number, patience: number): Promise<number> {
  const began = Date.now();
  for (;;) {
    const last: unknown = await fetch(url).then(
      (answer) => answer.status,
      (error: unknown) => error,
    );
    if (last === status) return Date.now() - began;
    if (Date.now() - began > patience) throw new Error(`${url} answered ${String(last)}, not ${status}`);
    await new Promise((next) => setTimeout(next, 50));
  }
}

/** What the service says of itself. */
export async function readiness(address: string): Promise<unknown> {
  const answer = await fetch(`${address}/health/ready`);
  return ((await answer.json()) as { status: unknown }).status;
}

/** Process ids of the database servers that run on files below a folder (also on those it was moved to). */
export async function serversOf(dataDir: string): Promise<number[]> {
  const files = join(await databaseFolder(dataDir), 'data');
  const { stdout } = await promisify(execFile)('ps', ['-A', '-ww', '-o', 'pid=,args=']);
  const servers = stdout
    .split('\n')
    .filter((line) => line.includes('postgres') && line.includes(` ${files} `));
  return servers.map((line) => Number.parseInt(line, 10));
}

async function databaseFolder(dataDir: string): Promise<string> {
  const record = await readFile(join(dataDir, 'embedded-postgres.json'), 'utf8');
  return resolve(dataDir, (JSON.parse(record) as { folder: string }).folder);
}

/** Removes the folder and whatever of its database lies elsewhere. */
export async function removeFolder(dataDir: string): Promise<void> {
  const database = await databaseFolder(dataDir).catch(() => dataDir);
  await rm(database, { recursive: true, force: true });
  await rm(dataDir, { recursive: true, force: true });
}

/** A port that another program holds until `free` is called. */
export async function takenPort(): Promise<{ port: number; free: () => Promise<unknown> }> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { port: address.port, free: async () => once(server.close(), 'close') };
}
