import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { open, readFile } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import type { DatabaseUrls } from '../../libs/platform/index.js';
import { ROOT } from './service.js';

/** A program that serves, in a process of its own. */
export interface Served {
  /** `http://127.0.0.1:<port>` */
  readonly url: string;
  readonly pid: number;
  stop(): Promise<void>;
}

export interface Program {
  readonly options: readonly string[];
  readonly env: Readonly<Record<string, string>>;
  /** What it prints is kept there; its end is told when it fails. */
  readonly log: string;
}

const READY = /^READY (\S+)$/m;
const PATIENCE = 120_000;
const LOG_SHOWN = 2_000;

/**
 * Starts a Node program and waits for its `READY <url>`. What it prints goes to a file and not through us: reading its
 * log must not be part of the work that is measured.
 */
export async function serve({ options, env, log }: Program): Promise<Served> {
  const [out, errors] = [await open(log, 'w'), await open(`${log}.errors`, 'w')];
  const child = spawn(process.execPath, options, {
    cwd: fileURLToPath(ROOT),
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', out.fd, errors.fd],
  });
  await Promise.all([out.close(), errors.close()]);
  const url = await addressIn(log, child);
  return { url, pid: child.pid ?? 0, stop: () => end(child) };
}

async function addressIn(log: string, child: ChildProcess): Promise<string> {
  for (const until = Date.now() + PATIENCE; Date.now() < until && isRunning(child);) {
    const [, url] = READY.exec(await readFile(log, 'utf8')) ?? [];
    if (url !== undefined) return url;
    await pause(20);
  }
  await end(child);
  const errors = await readFile(`${log}.errors`, 'utf8').catch(() => '');
  throw new Error(`a program that should serve does not start:\n${errors.slice(-LOG_SHOWN)}`);
}

const isRunning = ({ exitCode, signalCode }: ChildProcess): boolean =>
  exitCode === null && signalCode === null;

async function end(child: ChildProcess): Promise<void> {
  if (!isRunning(child)) return;
  const ended = once(child, 'exit');
  child.kill('SIGTERM');
  await ended;
}

/** The environment of a service that keeps everything on a server which is run by the bench. */
export const serviceEnv = (urls: DatabaseUrls, dataDir: string): Record<string, string> => ({
  PORT: '0',
  FORLOP_DATA_DIR: dataDir,
  DATABASE_URL: urls.serviceUrl,
  PROJECTOR_DATABASE_URL: urls.projectorUrl,
  KEYSTORE_URL: urls.keystoreUrl,
});

const BARE = fileURLToPath(new URL('../contestants/bare-fastify.js', import.meta.url));

/** The routes of Fastify and pg alone, on a database. */
export const startBare = (url: string, log: string): Promise<Served> =>
  serve({ options: [BARE], env: { BENCH_DATABASE_URL: url }, log });

/**
 * What a turn of ours left to be projected is no part of the peer's turn.
 * @throws where the projections stand
 */
export async function untilCaughtUp({ url }: Served): Promise<void> {
  for (const until = Date.now() + PATIENCE; Date.now() < until; await pause(50)) {
    const answer = await fetch(`${url}/api/v1/codes`);
    await answer.arrayBuffer();
    if (answer.headers.get('lag-events') === '0') return;
  }
  throw new Error('the projections do not catch up');
}

/** `npm start` without npm: the whole service. */
export const startService = (urls: DatabaseUrls, dataDir: string, log: string): Promise<Served> =>
  serve({ options: ['dist/apps/cli/main.js', 'serve'], env: serviceEnv(urls, dataDir), log });
