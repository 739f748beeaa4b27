/** Gives the tests a PostgreSQL: the server of FORLOP_TEST_SERVER, else an embedded one in a temporary folder. */
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export default async function setup() {
  if (process.env.FORLOP_TEST_SERVER !== undefined) return;
  const { startThrowAwayServer } = await import('#forlop/platform');
  const folder = await mkdtemp(join(tmpdir(), 'forlop-test-'));
  const server = await startThrowAwayServer(folder);
  globalThis.forlopTestServer = { server, folder };
  process.env.FORLOP_TEST_SERVER = server.url;
}
