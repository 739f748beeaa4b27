import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile, realpath, rm, truncate, stat } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { Client } from 'pg';
import { unavailableError } from '../startup-error.js';
import { EMBEDDED_ROLES, identity, type Passwords, serverEnvironment } from './cluster.js';
import type { Place } from './place.js';
import { type PostmasterFile, postmasterPath, processState, readPostmasterFile } from './postmaster-file.js';

export interface StartOptions {
  /** Come back on this port or not at all: others hold URLs with it. */
  readonly port?: number;
  /** How long to try, in milliseconds; recovery after a crash may take a while. */
  readonly patience: number;
  /** Start none: it runs, or there is nothing to join. */
  readonly adoptOnly?: boolean;
  /** Further `name=value` settings. */
  readonly settings?: readonly string[];
}

const LOG_LIMIT = 10 * 1024 * 1024;

/**
 * The log names no statement and no value: they could hold personal data. Durability stays at PostgreSQL's defaults
 * (fsync, synchronous_commit, full_page_writes on): an acknowledged event is on disk.
 */
const SETTINGS = [
  'listen_addresses=127.0.0.1',
  'unix_socket_directories=',
  'max_connections=100',
  'timezone=UTC',
  'log_timezone=UTC',
  'log_min_error_statement=panic',
  'log_error_verbosity=terse',
  'log_parameter_max_length_on_error=0',
  'jit=off',
];

/**
 * Adopts the server that already runs on these files, or starts one.
 * @returns its port
 * @throws StartupError (69) with the last lines of the server's log
 */
export async function ensureRunning(
  place: Place,
  passwords: Passwords,
  options: StartOptions,
): Promise<number> {
  const until = Date.now() + options.patience;
  let child: ChildProcess | undefined;
  while (Date.now() < until) {
    const file = await readPostmasterFile(place.folder);
    const state = file === undefined ? 'gone' : await processState(file.pid);
    if (file !== undefined && state === 'postgres') {
      if (await answers(place, passwords, file)) return file.port ?? 0;
    } else if (options.adoptOnly === true) {
      throw notRunning();
    } else if (child === undefined || child.exitCode !== null || child.signalCode !== null) {
      if (file !== undefined && state === 'stale') await removeStale(place.folder, file);
      child = await start(place, options);
    }
    await pause(50);
  }
  throw unavailableError(
    `The embedded database does not start. The end of its log:\n${await endOfLog(place)}`,
  );
}

/** For who joins a server. */
export const notRunning = () =>
  unavailableError(
    'No database runs in the data folder: start `forlop serve` on it first, or set DATABASE_URL and its companions',
  );

/** Own session (`detached`): Ctrl-C in a terminal reaches us, and we stop the server when the work is done. */
async function start(place: Place, options: StartOptions): Promise<ChildProcess> {
  const port = options.port ?? (await freePort());
  const settings = [...SETTINGS, `port=${port}`, ...(options.settings ?? [])].flatMap((one) => ['-c', one]);
  const path = join(place.folder, 'server.log');
  const size = await stat(path).then(
    (found) => found.size,
    () => 0,
  );
  if (size > LOG_LIMIT) await truncate(path);
  const log = await open(path, 'a', 0o600);
  const child = spawn(
    join(place.binaries, 'bin', 'postgres'),
    ['-D', join(place.folder, 'data'), ...settings],
    {
      cwd: place.folder,
      detached: true,
      env: serverEnvironment(),
      stdio: ['ignore', log.fd, log.fd],
      ...identity(place.user),
    },
  );
  child.unref();
  const failed = once(child, 'error').then(([error]) => String(error));
  const outcome = await Promise.race([failed, once(child, 'spawn').then(() => undefined)]);
  await log.close();
  if (outcome !== undefined) throw unavailableError(`The embedded database does not start: ${outcome}`);
  return child;
}

/** True when the server on that port takes our password and serves our files: not a stranger's on a port that was ours. */
async function answers(place: Place, passwords: Passwords, file: PostmasterFile): Promise<boolean> {
  if (file.port === undefined || file.status === 'stopping') return false;
  const connection = new Client({
    connectionString: embeddedUrl('superuser', passwords, file.port, 'postgres'),
    connectionTimeoutMillis: 5000,
    application_name: 'forlop-start',
  });
  connection.on('error', () => undefined);
  try {
    await connection.connect();
    const { rows } = await connection.query<{ data_directory: string }>('show data_directory');
    const [served, ours] = await Promise.all([
      realpath(rows[0]?.data_directory ?? ''),
      realpath(join(place.folder, 'data')),
    ]);
    return served === ours;
  } catch {
    return false;
  } finally {
    await connection.end().catch(() => undefined);
  }
}

/**
 * Only for a number that is no PostgreSQL any more. Where the process is simply gone the file stays: PostgreSQL finds in
 * it the shared memory that backends of a killed server may still write to, and waits for their end.
 */
async function removeStale(folder: string, file: PostmasterFile): Promise<void> {
  const again = await readPostmasterFile(folder);
  if (again?.pid === file.pid) await rm(postmasterPath(folder), { force: true });
}

/** Fast shutdown: open transactions are rolled back, everything is written, and nothing is left running. */
export async function stopPostmaster(place: Place): Promise<void> {
  const file = await readPostmasterFile(place.folder);
  if (file === undefined) return;
  if (await gone(file.pid, 'SIGINT', 30_000)) return;
  if (!(await gone(file.pid, 'SIGQUIT', 10_000))) {
    throw unavailableError(`The embedded database (process ${file.pid}) does not stop`);
  }
}

async function gone(pid: number, signal: NodeJS.Signals, patience: number): Promise<boolean> {
  const until = Date.now() + patience;
  if ((await processState(pid)) !== 'postgres') return true;
  process.kill(pid, signal);
  while (Date.now() < until) {
    if ((await processState(pid)) !== 'postgres') return true;
    await pause(25);
  }
  return false;
}

/** The URL of one role; the server listens on 127.0.0.1 only. */
export function embeddedUrl(
  role: keyof Passwords,
  passwords: Passwords,
  port: number,
  database: string,
): string {
  return `postgres://${EMBEDDED_ROLES[role]}:${passwords[role]}@127.0.0.1:${port}/${database}`;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  return typeof address === 'object' && address !== null ? address.port : 0;
}

async function endOfLog(place: Place): Promise<string> {
  const text = await readFile(join(place.folder, 'server.log'), 'utf8').catch(() => '');
  return text.trimEnd().split('\n').slice(-8).join('\n');
}
