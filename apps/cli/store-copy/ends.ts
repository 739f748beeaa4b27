import {
  type CopyTarget,
  InvalidEventStoreUrl,
  openEventStoreDBForCopy,
  openPostgresForCopy,
} from '#forlop/event-store';
import {
  bringUpToDate,
  type Config,
  configurationError,
  type DatabaseUrls,
  EXIT,
  StartupError,
} from '#forlop/platform';
import { MIGRATIONS, withDatabases } from '../databases.js';
import { secretsOf } from '../event-store-db.js';

/** Which end of the copy a store is. */
export type Side = 'from' | 'to';

/**
 * Opens a store by what the command line calls it, works with it and closes it.
 * @throws StartupError 64 for a name that is none, 78 where it is not configured
 */
export async function withStore<T>(
  config: Config,
  name: string,
  side: Side,
  work: (end: CopyTarget) => Promise<T>,
): Promise<T> {
  if (name === 'postgres') {
    return withDatabases(config, 'command', async ({ urls }) => {
      await bringUpToDate(urls, MIGRATIONS);
      return closing(await openPostgresForCopy(side === 'from' ? urls.serviceUrl : ownerIn(urls)), work);
    });
  }
  if (/^postgres(ql)?:\/\//.test(name)) return closing(await openPostgresForCopy(name), work);
  if (name === 'eventstoredb') {
    const { eventStore } = config;
    if (eventStore === undefined) {
      throw configurationError(
        'EVENTSTORE_URL is not set. Example: EVENTSTORE_URL=esdb+discover://eventstore.example:2113',
      );
    }
    return closing(await openEventStoreDB({ url: eventStore.url, ...(await secretsOf(eventStore)) }), work);
  }
  if (/^esdb(\+discover)?:\/\//.test(name)) return closing(await openEventStoreDB({ url: name }), work);
  throw new StartupError(
    EXIT.usage,
    `error: --${side} is neither \`postgres\` nor \`eventstoredb\`, nor a URL of one (postgres://, esdb://, esdb+discover://)`,
  );
}

function ownerIn({ ownerUrl }: DatabaseUrls): string {
  if (ownerUrl !== undefined) return ownerUrl;
  throw configurationError(
    'DATABASE_OWNER_URL is not set, and only the owner may write events with times of another store. ' +
      'Example: DATABASE_OWNER_URL=postgres://forlop_owner:secret@db.example:5432/forlop',
  );
}

async function openEventStoreDB(options: Parameters<typeof openEventStoreDBForCopy>[0]): Promise<CopyTarget> {
  return openEventStoreDBForCopy(options).catch((error: unknown) => {
    if (error instanceof InvalidEventStoreUrl) throw configurationError(`EVENTSTORE_URL ${error.message}.`);
    throw error;
  });
}

async function closing<T>(end: CopyTarget, work: (end: CopyTarget) => Promise<T>): Promise<T> {
  try {
    return await work(end);
  } finally {
    await end.close();
  }
}
