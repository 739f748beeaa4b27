import { randomBytes } from 'node:crypto';
import { link, mkdir, open, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { KEY_BYTES } from './cipher.js';
import { MasterKeyUnusable } from './errors.js';
import { MasterKey } from './master-key.js';

const READABLE_BY_OTHERS = 0o077;

/**
 * Reads the master key, 32 raw bytes in a file that only its owner may read.
 * @param options.create make the file when there is none (a new installation); never replaces one
 * @throws MasterKeyUnusable when it is missing, open to group or others, or of another length
 */
export async function loadMasterKey(path: string, options: { create?: boolean } = {}): Promise<MasterKey> {
  const secret = (await readSecret(path)) ?? (options.create ? await createSecret(path) : undefined);
  if (secret === undefined) {
    throw new MasterKeyUnusable(
      path,
      'there is no such file',
      'Put back the file that this key store was made with; without it no sealed text can be read.',
    );
  }
  return new MasterKey(secret);
}

async function readSecret(path: string): Promise<Buffer | undefined> {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw new MasterKeyUnusable(
      path,
      'it cannot be read',
      'Give it to the user that the service runs as.',
      error,
    );
  });
  if (file === undefined) return undefined;
  try {
    const stats = await file.stat();
    // Windows has no such bits: every file there reports them all.
    if (process.platform !== 'win32' && (stats.mode & READABLE_BY_OTHERS) !== 0) {
      throw new MasterKeyUnusable(path, 'group or others may use it', `Run: chmod 600 '${path}'`);
    }
    if (!stats.isFile() || stats.size !== KEY_BYTES) {
      const found = stats.isFile() ? `it has ${stats.size} bytes, not ${KEY_BYTES}` : 'it is not a file';
      throw new MasterKeyUnusable(path, found, 'Put back the file that this key store was made with.');
    }
    return await file.readFile();
  } finally {
    await file.close();
  }
}

/**
 * Written in full and forced to disk under another name first, then linked to its own: a crash leaves no half key, and
 * of two processes that start at once the slower finds the faster one's key (a rename would replace it).
 */
async function createSecret(path: string): Promise<Buffer | undefined> {
  const folder = dirname(path);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const draft = `${path}.${process.pid}.${randomBytes(4).toString('hex')}`;
  try {
    await writeDurably(draft, randomBytes(KEY_BYTES));
    await link(draft, path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== 'EEXIST') throw error;
    });
  } catch (error) {
    throw new MasterKeyUnusable(
      path,
      'it cannot be made',
      'Give the service a folder that it may write.',
      error,
    );
  } finally {
    await rm(draft, { force: true });
  }
  await syncFolder(folder);
  return readSecret(path);
}

async function writeDurably(path: string, bytes: Buffer): Promise<void> {
  const file = await open(path, 'wx', 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The name is durable only when its folder is; Windows cannot open one, and journals names itself. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
