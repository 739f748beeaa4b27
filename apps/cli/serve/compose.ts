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

/** Milliseconds after the start: what nobody waits for begins when the service answers. */
const REACTORS_AFTER = 5000;

/** Starts projector and API. The API is closed first, then the projector when its batch is done. */
export async function compose(
  config: Config,
  urls: DatabaseUrls,
  log: Logger,
  closing: Closing,
): Promise<Service> {
  await composeProjector(config, urls, log, closing);
  return composeApi(config, urls, log, closing);
}

/** Binds the adapters and starts the API; its read models are projected by whichever process does so. */
export async function composeApi(
  config: Config,
  urls: DatabaseUrls,
  log: Logger,
  closing: Closing,
): Promise<Service> {
  const broken = (error: Error) => log.warn({ err: error }, 'a database connection broke');
  const masterKey = await openMasterKey(config);
  const keys = closing.add(keyStorePool(urls.keystoreUrl, broken), (pool) => pool.end());
  const store = closing.add(await openStore(config, urls.serviceUrl, 'forlop-service'), (opened) =>
    opened.close(),
  );
  const keyStore = await openKeyStore(config, keys, masterKey);
  const blindIndex = new PostgresBlindIndex(keys);
  const sealer = new Sealer(keyStore, masterKey);
  const source = await openReadDataSource({
    url: urls.serviceUrl,
    application: 'forlop-read',
    onError: broken,
  });
  closing.add(source, (opened) => opened.destroy());
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
    spoolsAccesses: config.eventStore !== undefined,
    log,
  });
  return closing.add(service, (started) => started.close());
}

/**
 * Runs the projections, as the projector's role: it may write read models, which the service may not. And the reactors, as the
 * service's role: they append, which the projector may not.
 */
export async function composeProjector(
  config: Config,
  urls: DatabaseUrls,
  log: Logger,
  closing: Closing,
): Promise<void> {
  const databaseUrl = urls.projectorUrl;
  const store = closing.add(await openStore(config, databaseUrl, 'forlop-projector'), (opened) =>
    opened.close(),
  );
  const reacting = {
    databaseUrl: urls.serviceUrl,
    store: closing.add(await openStore(config, urls.serviceUrl, 'forlop-reactors'), (opened) =>
      opened.close(),
    ),
    tuning: { beginAfterMs: REACTORS_AFTER },
  };
  closing.add(startProjector({ databaseUrl, store, log, reacting }), (projector) => projector.close());
}
