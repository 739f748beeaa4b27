import { randomBytes, randomUUID } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { type Config, createLogger, loadConfig } from '#forlop/platform';
import { keyStorePool, loadMasterKey, PostgresKeyStore } from '#forlop/privacy';
import { createTestDatabase, type TestDatabase } from '../../test/support/database.js';
import { Closing } from './serve/closing.js';
import { compose } from './serve/compose.js';
import { runShred } from './shred.js';

let folder = '';
let database: TestDatabase;
let config: Config;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forlop-master-key-'));
  database = await createTestDatabase();
  const masterKeyFile = join(folder, 'other.key');
  await writeFile(masterKeyFile, randomBytes(32), { mode: 0o600 });
  config = loadConfig({
    PORT: '0',
    FORLOP_DATA_DIR: folder,
    FORLOP_MASTER_KEY_FILE: masterKeyFile,
    DATABASE_URL: database.serviceUrl,
    PROJECTOR_DATABASE_URL: database.projectorUrl,
    KEYSTORE_URL: database.keystoreUrl,
  });
  const pool = keyStorePool(database.keystoreUrl, () => undefined);
  const right = await loadMasterKey(join(folder, 'right.key'), { create: true });
  await new PostgresKeyStore(pool, right).ensureKeys([randomUUID()]);
  await pool.end();
});
afterAll(async () => {
  await database.drop();
  await rm(folder, { recursive: true, force: true });
});

const REFUSED = {
  exitCode: 78,
  message: expect.stringMatching(/^FORLOP_MASTER_KEY_FILE: .*other\.key is not the master key .*Example: /),
};

describe('a master key that is not that of the key store', () => {
  it('is refused before anything is served', async () => {
    const closing = new Closing();
    await expect(compose(config, database, createLogger('silent'), closing)).rejects.toMatchObject(REFUSED);
    await closing.run();
  });

  it('shreds nobody', async () => {
    const shredding = runShred(config, {
      subject: randomUUID(),
      ground: 'HENLAGT_10_AR',
      decisionRef: '2026/1',
    });
    await expect(shredding).rejects.toMatchObject(REFUSED);
  });
});
