import { personOfPid, type Service, startService } from '../../api/main.js';
import { startProjector } from '../../projector/start-projector.js';
import {
  type Config,
  createTokenVerifier,
  type DatabaseUrls,
  type Logger,
  openReadDataSource,
} from '#forlop/platform';
import { keyStorePool, PostgresBlindIndex, Sealer } from '#forlop/privacy';
import { projections } from '#forlop/read-models';
import { openKeyStore, openMasterKey, openStore } from '../store.js';
import type { Closing } from './closing.js';

/**
 * Binds the adapters and starts projector and API. The API is closed first, then the projector when its batch is done,
 * then what both stand on.
 */
export async function compose(
  config: Config,
  urls: DatabaseUrls,
  log: Logger,
  closing: Closing,
): Promise<Service> {
  const broken = (error: Error) => log.warn({ err: error }, 'a database connection broke');
  const masterKey = await openMasterKey(config);
  const keys = closing.add(keyStorePool(urls.keystoreUrl, broken), (pool) => pool.end());
  const store = closing.add(await openStore(urls.serviceUrl, 'forlop-service'), (opened) => opened.close());
  const keyStore = await openKeyStore(config, keys, masterKey);
  const blindIndex = new PostgresBlindIndex(keys);
  const sealer = new Sealer(keyStore, masterKey);
  const source = await openReadDataSource({
    url: urls.serviceUrl,
    application: 'forlop-read',
    onError: broken,
  });
  closing.add(source, (opened) => opened.destroy());
  await startProjections(urls, log, closing);
  const service = await startService({
    host: config.host,
    port: config.port,
    verifier: await createTokenVerifier(config, personOfPid(sealer, blindIndex)),
    store,
    sealer,
    keyStore,
    blindIndex,
    source,
    projections,
    log,
  });
  return closing.add(service, (started) => started.close());
}

/** As the projector's role: it may write read models, which the service may not. */
async function startProjections(urls: DatabaseUrls, log: Logger, closing: Closing): Promise<void> {
  const databaseUrl = urls.projectorUrl;
  const store = closing.add(await openStore(databaseUrl, 'forlop-projector'), (opened) => opened.close());
  closing.add(startProjector({ databaseUrl, store, log }), (projector) => projector.close());
}
