import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

/** What a running server writes about itself into `data/postmaster.pid`. */
export interface PostmasterFile {
  readonly pid: number;
  /** Undefined while the server has not got so far. */
  readonly port: number | undefined;
  /** `starting`, `ready` or `stopping`; undefined early on. */
  readonly status: string | undefined;
}

/** Undefined: no server, or one that has ended in good order. */
export async function readPostmasterFile(folder: string): Promise<PostmasterFile | undefined> {
  const text = await readFile(postmasterPath(folder), 'utf8').catch(() => '');
  const lines = text.split('\n').map((line) => line.trim());
  const pid = Number(lines[0]);
  if (!Number.isInteger(pid) || pid <= 0) return undefined;
  return { pid, port: Number(lines[3] ?? '') || undefined, status: lines[7] };
}

export function postmasterPath(folder: string): string {
  return join(folder, 'data', 'postmaster.pid');
}

/**
 * `gone`: no such process. `stale`: a number that after a restart of the machine or the container belongs to somebody
 * else, or a dead process that nobody waits for; both answer signals, and PostgreSQL would refuse to start because of them.
 */
export type ProcessState = 'postgres' | 'stale' | 'gone';

/** What the process with the number in the file is today. */
export async function processState(pid: number): Promise<ProcessState> {
  if (process.platform === 'linux') {
    const text = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => '');
    const [, command, state] = /^\d+ \((.*)\) (\S)/s.exec(text) ?? [];
    if (state === undefined) return 'gone';
    return command === 'postgres' && state !== 'Z' && state !== 'X' ? 'postgres' : 'stale';
  }
  if (process.platform === 'win32') return answersSignals(pid) ? 'postgres' : 'gone';
  const { stdout } = await promisify(execFile)('ps', ['-o', 'stat=,comm=', '-p', String(pid)]).catch(() => ({
    stdout: '',
  }));
  if (stdout.trim() === '') return 'gone';
  return /postgres\s*$/.test(stdout) && !stdout.trim().startsWith('Z') ? 'postgres' : 'stale';
}

function answersSignals(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
