import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { loadConfig } from '#forlop/platform';
import { openDatabases } from './databases.js';

let folder = '';
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forlop-data-folder-'));
  await writeFile(join(folder, 'file'), '');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('a data folder', () => {
  it.each([
    ['is a file', 'file', /^FORLOP_DATA_DIR is .*file, and that is a file\. Example: /],
    [
      'lies below a file',
      'file/data',
      /^FORLOP_DATA_DIR is .*, and a part of that path is a file\. Example: /,
    ],
  ])('that %s is a wrong configuration', async (_, name, message) => {
    const config = loadConfig({ FORLOP_DATA_DIR: join(folder, name) });
    await expect(openDatabases(config, 'command')).rejects.toMatchObject({
      exitCode: 78,
      message: expect.stringMatching(message),
    });
  });
});
