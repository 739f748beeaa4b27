import { readFile, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { configurationError } from '../startup-error.js';

/** The account that PostgreSQL runs as when we are root (PostgreSQL refuses to be root). */
export interface ServerUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** Undefined when we are not root: the server then runs as we do. */
export async function serverUser(): Promise<ServerUser | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const accounts = await readFile('/etc/passwd', 'utf8').catch(() => '');
  for (const wanted of ['postgres', 'nobody']) {
    const found = accounts.split('\n').find((line) => line.startsWith(`${wanted}:`));
    const [name, , uid, gid] = found?.split(':') ?? [];
    if (name !== undefined && Number(uid) > 0) return { name, uid: Number(uid), gid: Number(gid) };
  }
  throw configurationError(
    'PostgreSQL does not run as root, and there is no account `postgres` or `nobody` to run it as. ' +
      'Start Forløp as another user, or set DATABASE_URL and its companions.',
  );
}

/** The user may pass through every folder from the root down to `path` (which need not exist yet). */
export async function canReach(user: ServerUser | undefined, path: string): Promise<boolean> {
  if (user === undefined) return true;
  for (let folder = path; ; folder = dirname(folder)) {
    const found = await stat(folder).catch(() => undefined);
    if (found?.isDirectory() === true && !mayPass(user, found)) return false;
    if (folder === dirname(folder)) return true;
  }
}

function mayPass(user: ServerUser, folder: { uid: number; gid: number; mode: number }): boolean {
  if (folder.uid === user.uid) return (folder.mode & 0o100) !== 0;
  if (folder.gid === user.gid) return (folder.mode & 0o010) !== 0;
  return (folder.mode & 0o001) !== 0;
}
