import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { forlop, killAll, removeFolder, run, temporaryFolder } from './service.js';

let folder = '';
beforeEach(async () => {
  folder = await temporaryFolder('open');
});
afterEach(async () => {
  await killAll(folder);
  await removeFolder(folder);
});

const TOKEN = ['token', '--role', 'LEDER', '--municipality', '3401'];

it('a process that ends while it writes the key of the development issuer leaves none that stops the next', async () => {
  // No byte may be written to a file: the system ends the process at the first.
  const limited = ['-c', 'ulimit -f 0; exec "$@"', 'sh', process.execPath, 'dist/apps/cli/main.js', ...TOKEN];
  expect(await run('sh', limited, { FORLOP_DATA_DIR: folder }).ended).not.toBe(0);

  const next = forlop(folder, TOKEN);
  expect([await next.ended, next.output()]).toEqual([0, expect.stringMatching(/^ey\S+\s*$/)]);
});
