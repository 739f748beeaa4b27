/** A service of one's own, made of the same parts as `serve`, on a folder that goes when it stops. */
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bringUpToDate, type Config, createLogger, loadConfig } from '#forlop/platform';
import { MIGRATIONS, openDatabases } from '../databases.js';
import { Closing } from '../serve/closing.js';
import { compose } from '../serve/compose.js';

export interface ThrowAwayService {
  readonly url: string;
  readonly dataDir: string;
}

/** Starts it, lets the work be done, stops it and removes its folder, whatever happens. */
export async function withThrowAwayService<T>(work: (service: ThrowAwayService) => Promise<T>): Promise<T> {
  const folder = await mkdtemp(join(tmpdir(), 'forlop-demo-'));
  // The database of root runs as another account, which must be able to pass.
  await chmod(folder, 0o711);
  const closing = new Closing();
  closing.add(folder, (made) => rm(made, { recursive: true, force: true }));
  try {
    return await work(await start(configIn(join(folder, 'data')), closing));
  } finally {
    await closing.run();
  }
}

/** Nothing of the environment but what every program needs: a database of the operator's must not be met by chance. */
const configIn = (dataDir: string): Config =>
  loadConfig({ FORLOP_DATA_DIR: dataDir, PORT: '0', LOG_LEVEL: 'warn' });

async function start(config: Config, closing: Closing): Promise<ThrowAwayService> {
  const databases = await openDatabases(config, 'serve');
  // As root it may lie outside the data folder.
  closing.add(databases.place, (place) => rm(place, { recursive: true, force: true }));
  closing.add(databases, (opened) => opened.close());
  await bringUpToDate(databases.urls, MIGRATIONS);
  const { address } = await compose(config, databases.urls, createLogger(config.logLevel), closing);
  return { url: address, dataDir: config.dataDir };
}
