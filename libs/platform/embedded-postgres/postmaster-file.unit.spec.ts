import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { processState, readPostmasterFile } from './postmaster-file.js';

let folder = '';
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forlop-pid-'));
  await mkdir(join(folder, 'data'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

const write = (text: string) => writeFile(join(folder, 'data', 'postmaster.pid'), text);

describe("a server's own file", () => {
  it('says process, port and status', async () => {
    await write('4711\n/data\n1764000000\n40123\n\n127.0.0.1\n  1234 5\nready   \n');
    expect(await readPostmasterFile(folder)).toEqual({ pid: 4711, port: 40123, status: 'ready' });
  });

  it('may be half written', async () => {
    await write('4711\n/data\n');
    expect(await readPostmasterFile(folder)).toEqual({ pid: 4711, port: undefined, status: undefined });
    await write('');
    expect(await readPostmasterFile(folder)).toBeUndefined();
  });

  it('that is not there means that no server runs', async () => {
    expect(await readPostmasterFile(folder)).toBeUndefined();
  });
});

describe('a process number', () => {
  it('of another program, as after a restart of the machine, is stale', async () => {
    expect(await processState(process.pid)).toBe('stale');
  });

  it('of a process that has ended is gone', async () => {
    const child = spawn(process.execPath, ['-e', '']);
    await once(child, 'exit');
    expect(await processState(child.pid ?? 0)).toBe('gone');
  });
});
