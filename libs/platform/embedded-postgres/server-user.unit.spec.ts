import { chmod, mkdir, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { canReach } from './server-user.js';

const SOMEBODY = { name: 'somebody', uid: 54_321, gid: 54_321 };
let folder = '';

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forlop-reach-'));
  await chmod(folder, 0o711);
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('another account', () => {
  it('reaches a path whose folders let it pass, though it may not list them', async () => {
    expect(await canReach(SOMEBODY, join(folder, 'not', 'there', 'yet'))).toBe(true);
  });

  it('does not reach a path below a closed folder', async () => {
    const closed = join(folder, 'closed');
    await mkdir(closed, { mode: 0o700 });
    expect(await canReach(SOMEBODY, join(closed, 'data'))).toBe(false);
    expect(await canReach(undefined, join(closed, 'data'))).toBe(true);
  });
});
