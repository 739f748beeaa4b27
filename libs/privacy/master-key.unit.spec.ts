import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, readFile, readdir, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { KeyUnreadable, MasterKeyUnusable } from './errors.js';
import { loadMasterKey } from './master-key-file.js';
import { MasterKey } from './master-key.js';

const SUBJECT = '6f3b7a52-0c1e-4b6f-8a21-0d5f3c9e1a77';
const OTHER = 'a1c1d9e4-52f0-4c44-9b0e-5f8a7e3d2c11';

describe('A master key', () => {
  const secret = Buffer.alloc(32, 1);
  const masterKey = new MasterKey(secret);

  it('opens the key that it wrapped, for that subject alone', () => {
    const wrapped = masterKey.newWrappedKey(SUBJECT);
    expect(wrapped).toHaveLength(60);
    expect(masterKey.unwrap(SUBJECT, wrapped)).toHaveLength(32);
    expect(() => masterKey.unwrap(OTHER, wrapped)).toThrow(KeyUnreadable);
    expect(() => new MasterKey(Buffer.alloc(32, 2)).unwrap(SUBJECT, wrapped)).toThrow(KeyUnreadable);
  });

  it('gives the same HMAC for the same identifier, another for another municipality or kind', () => {
    const hmac = masterKey.identifierHmac('3401', 'FNR', '12831512345');
    expect(hmac).toHaveLength(32);
    expect(new MasterKey(secret).identifierHmac('3401', 'FNR', '12831512345')).toEqual(hmac);
    expect(masterKey.identifierHmac('3403', 'FNR', '12831512345')).not.toEqual(hmac);
    expect(masterKey.identifierHmac('3401', 'DNR', '12831512345')).not.toEqual(hmac);
    expect(new MasterKey(Buffer.alloc(32, 2)).identifierHmac('3401', 'FNR', '12831512345')).not.toEqual(hmac);
  });

  it('derives its keys as it did when the first key store was made', () => {
    expect(masterKey.bodyHmac('{}')).toBe('937b440fad4ed541e6314b3534a44902ef216b2e4aec011681255d85e4686d0d');
    expect(masterKey.identifierHmac('3401', 'FNR', '12831512345').toString('hex')).toBe(
      '5ec91d7f7c01538faf3add9e3011d6fbfb801283ec2cf32888c7126947617474',
    );
    const wrapped = Buffer.from(
      '030303030303030303030303ee36ceae567962280d525f431a07f524133efd85d9f1198e1bf0570d85d0717b1753e4faac66dba3e39bd59894efa1c5',
      'hex',
    );
    expect(masterKey.unwrap(SUBJECT, wrapped)).toEqual(Buffer.alloc(32, 9));
  });

  it('shows none of its bytes to a log', () => {
    const shown = inspect(masterKey, { depth: 9, showHidden: true }) + JSON.stringify(masterKey);
    expect(shown).not.toContain(secret.toString('hex'));
    expect(shown).not.toMatch(/Buffer|01 01/);
  });

  it('of another length than 32 bytes is refused', () => {
    expect(() => new MasterKey(Buffer.alloc(31))).toThrow(RangeError);
  });
});

describe('A master key file', () => {
  let folder: string;
  let path: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'forlop-master-key-'));
    path = join(folder, 'keys', 'master.key');
  });
  afterEach(() => rm(folder, { recursive: true }));

  it('is made when told to, for its owner alone, and read again', async () => {
    const made = await loadMasterKey(path, { create: true });
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readFile(path)).toHaveLength(32);
    expect((await loadMasterKey(path)).bodyHmac('x')).toBe(made.bodyHmac('x'));
    expect((await loadMasterKey(path, { create: true })).bodyHmac('x')).toBe(made.bodyHmac('x'));
  });

  it('is made once by processes that start at once, and no draft stays', async () => {
    const loaded = await Promise.all(Array.from({ length: 20 }, () => loadMasterKey(path, { create: true })));
    expect(new Set(loaded.map((key) => key.bodyHmac('x'))).size).toBe(1);
    expect(await readdir(join(folder, 'keys'))).toEqual(['master.key']);
  });

  it('is not made unless told to', async () => {
    await expect(loadMasterKey(path)).rejects.toThrow(MasterKeyUnusable);
    expect(await readdir(folder)).toEqual([]);
  });

  it.each([0o640, 0o604, 0o660, 0o644])(
    'with mode %o is refused, with the command that helps',
    async (mode) => {
      await loadMasterKey(path, { create: true });
      await chmod(path, mode);
      await expect(loadMasterKey(path)).rejects.toThrow(/group or others may use it.*chmod 600/);
    },
  );

  it.each([0, 31, 33, 64])('of %i bytes is refused and left as it is', async (size) => {
    const file = join(folder, 'master.key');
    const bytes = randomBytes(size);
    await writeFile(file, bytes, { mode: 0o600 });
    await expect(loadMasterKey(file, { create: true })).rejects.toThrow(`it has ${size} bytes, not 32`);
    expect(await readFile(file)).toEqual(bytes);
  });

  it('that is a folder is refused', async () => {
    await chmod(folder, 0o700);
    await expect(loadMasterKey(folder, { create: true })).rejects.toThrow(MasterKeyUnusable);
  });
});
