import { isNativeError } from 'node:util/types';
import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  access,
  chmod,
  chown,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  writeFile,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { unavailableError } from '../startup-error.js';
import type { Place } from './place.js';
import type { ServerUser } from './server-user.js';

/** The roles of an embedded server; `postgres` is its superuser and used for setting up only. */
export const EMBEDDED_ROLES = {
  superuser: 'postgres',
  owner: 'forlop_owner',
  service: 'forlop_service',
  projector: 'forlop_projector',
  keystore: 'forlop_keystore',
} as const;

export type EmbeddedRole = keyof typeof EMBEDDED_ROLES;

export type Passwords = Readonly<Record<EmbeddedRole, string>>;

const INIT_PREFIX = '.postgres-init-';
const run = promisify(execFile);

/**
 * Makes the database files when there are none. Made aside and renamed: of two processes that do it at once one wins,
 * and one that is killed midway leaves nothing under the name that counts.
 */
export async function ensureCluster(place: Place, say: (line: string) => void): Promise<Passwords> {
  if (!(await exists(join(place.folder, 'data')))) {
    say('Making a new database');
    await makeCluster(place);
  }
  return JSON.parse(await readFile(join(place.folder, 'passwords.json'), 'utf8')) as Passwords;
}

async function makeCluster(place: Place): Promise<void> {
  const parent = dirname(place.folder);
  if ((await mkdir(parent, { recursive: true })) !== undefined) await chmod(parent, 0o755);
  await removeLeftovers(parent);
  const aside = await mkdtemp(join(parent, INIT_PREFIX));
  try {
    await initialise(place, aside);
    await rename(aside, place.folder);
  } catch (error) {
    await rm(aside, { recursive: true, force: true });
    if (!(await exists(join(place.folder, 'data')))) throw error;
  }
}

async function initialise(place: Place, folder: string): Promise<void> {
  const passwords = Object.fromEntries(
    Object.keys(EMBEDDED_ROLES).map((role) => [role, randomBytes(24).toString('hex')]),
  );
  const passwordFile = join(folder, 'initial-password');
  await writeFile(passwordFile, `${passwords['superuser'] ?? ''}\n`, { mode: 0o600 });
  if (place.user !== undefined) {
    await chown(folder, place.user.uid, place.user.gid);
    await chown(passwordFile, place.user.uid, place.user.gid);
  }
  await initdb(place, folder, passwordFile);
  await rm(passwordFile);
  await writeFile(join(folder, 'passwords.json'), JSON.stringify(passwords), { mode: 0o600 });
}

async function initdb(place: Place, folder: string, passwordFile: string): Promise<void> {
  const options = [
    ...['--pgdata', join(folder, 'data'), '--username', EMBEDDED_ROLES.superuser, '--pwfile', passwordFile],
    ...['--auth', 'scram-sha-256', '--encoding', 'UTF8', '--locale', 'C'],
    ...['--locale-provider', 'builtin', '--builtin-locale', 'C.UTF-8'],
  ];
  try {
    await run(join(place.binaries, 'bin', 'initdb'), options, {
      cwd: folder,
      env: serverEnvironment(),
      ...identity(place.user),
    });
  } catch (error) {
    const text = isNativeError(error) && 'stderr' in error ? String(error.stderr) : String(error);
    throw unavailableError(`The embedded database could not be made: ${text.trim()}`);
  }
}

/** What a process killed while making a database left; young ones may be another process at work. */
async function removeLeftovers(parent: string): Promise<void> {
  const tenMinutesAgo = Date.now() - 600_000;
  for (const name of await readdir(parent)) {
    if (!name.startsWith(INIT_PREFIX)) continue;
    const path = join(parent, name);
    const found = await stat(path).catch(() => undefined);
    if (found !== undefined && found.mtimeMs < tenMinutesAgo)
      await rm(path, { recursive: true, force: true });
  }
}

/** What PostgreSQL is given: none of our variables, some of which hold secrets, and a fixed locale. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  return { PATH: process.env['PATH'], LC_ALL: 'C', TZ: 'UTC', PGTZ: 'UTC' };
}

/** The options of a child process that make it run as the server's account. */
export function identity(user: ServerUser | undefined): { uid?: number; gid?: number } {
  return user === undefined ? {} : { uid: user.uid, gid: user.gid };
}

async function exists(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  );
}
