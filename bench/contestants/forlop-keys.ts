import { join } from 'node:path';
import type { BlindIndex, KeyStore, Sealer } from '../../libs/privacy/index.js';
import { loadPrivacy } from '../harness/service.js';

/** The keys of a data folder, as the service has them. */
export interface OpenKeys {
  readonly sealer: Sealer;
  readonly keyStore: KeyStore;
  readonly blindIndex: BlindIndex;
  close(): Promise<void>;
}

export interface KeySettings {
  readonly keystoreUrl: string;
  /** Where the master key is, or is made. */
  readonly dataDir: string;
}

export async function openKeys({ keystoreUrl, dataDir }: KeySettings): Promise<OpenKeys> {
  const { keyStorePool, loadMasterKey, PostgresBlindIndex, PostgresKeyStore, Sealer } = await loadPrivacy();
  const masterKey = await loadMasterKey(join(dataDir, 'master.key'), { create: true });
  const pool = keyStorePool(keystoreUrl, () => undefined);
  const keyStore = new PostgresKeyStore(pool, masterKey);
  return {
    keyStore,
    sealer: new Sealer(keyStore, masterKey),
    blindIndex: new PostgresBlindIndex(pool),
    close: () => pool.end(),
  };
}
