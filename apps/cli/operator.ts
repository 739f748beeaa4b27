import { userInfo } from 'node:os';
import type { CommandDeps } from '#forlop/command-handling';
import type { Actor } from '#forlop/domain';
import type { Config, DatabaseUrls } from '#forlop/platform';
import { keyStorePool, PostgresBlindIndex, Sealer } from '#forlop/privacy';
import { openKeyStore, openMasterKey, openStore } from './store.js';

/**
 * Who runs this command: an account of the machine, which belongs to no organisation that is known here. What an operator
 * does to records is an archivist's act.
 */
export function operator(): Actor {
  const account = userInfo().username.replace(/[^A-Za-z0-9._@-]/g, '-');
  return { subjectId: `operator:${account}`, role: 'ARKIVAR', orgNumber: '0192:000000000' };
}

/** Opens the store and the key store as the service's roles, works and closes them again. */
export async function withCommandDeps<T>(
  config: Config,
  urls: DatabaseUrls,
  application: string,
  work: (deps: CommandDeps) => Promise<T>,
): Promise<T> {
  const masterKey = await openMasterKey(config);
  const keys = keyStorePool(urls.keystoreUrl, () => undefined, 2);
  const store = await openStore(config, urls.serviceUrl, application).catch(async (error: unknown) => {
    await keys.end();
    throw error;
  });
  try {
    const keyStore = await openKeyStore(config, keys, masterKey);
    const sealer = new Sealer(keyStore, masterKey);
    return await work({ store, keyStore, sealer, blindIndex: new PostgresBlindIndex(keys) });
  } finally {
    await store.close();
    await keys.end();
  }
}
