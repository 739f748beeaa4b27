import { readFile } from 'node:fs/promises';
import {
  type EventStore,
  type EventStoreDBEventStore,
  InvalidEventStoreUrl,
  openEventStoreDB,
  PostgresEventIndex,
  StoreUnavailable,
} from '#forlop/event-store';
import {
  configurationError,
  type EventStoreConfig,
  type StartupError,
  unavailableError,
} from '#forlop/platform';

const EXAMPLE = 'Example: EVENTSTORE_URL=esdb+discover://eventstore.example:2113';
/** Enough to ask and to write with, beside the pools of the database's other users. */
const INDEX_CONNECTIONS = 2;

/** All parts of a process use one connection: each by itself would follow all events for itself. */
let opened: EventStoreDBEventStore | undefined;

/**
 * The event store on EventStoreDB.
 * @param databaseUrl where its index is kept, as the service or the projector
 * @throws StartupError 78 when it is configured wrongly, 69 when it cannot be reached
 */
export async function openOnEventStoreDB(
  config: EventStoreConfig,
  databaseUrl: string,
  application: string,
): Promise<EventStore> {
  const another = opened?.another();
  if (another !== undefined) return another;
  const options = { url: config.url, ...(await secretsOf(config)) };
  const index = new PostgresEventIndex({
    connectionString: databaseUrl,
    application_name: `${application}-index`,
    max: INDEX_CONNECTIONS,
  });
  opened = await openEventStoreDB(options, index).catch((error: unknown) => {
    throw startupErrorOf(error, config) ?? error;
  });
  return opened;
}

/** User, password and certificate authority, as the adapter takes them. @throws StartupError 78 for a file that cannot be read */
export async function secretsOf(config: EventStoreConfig) {
  const { username, passwordFile, certificateAuthorityFile } = config;
  const password = await contentOf('EVENTSTORE_PASSWORD_FILE', passwordFile);
  const certificateAuthority = await contentOf('EVENTSTORE_CA_FILE', certificateAuthorityFile);
  return {
    // A file made with an editor ends in a line feed, which is no part of the password.
    ...(username === undefined
      ? {}
      : { username, password: password?.toString('utf8').replace(/\r?\n$/, '') ?? '' }),
    ...(certificateAuthority === undefined ? {} : { certificateAuthority }),
  };
}

async function contentOf(variable: string, path: string | undefined): Promise<Buffer | undefined> {
  if (path === undefined) return undefined;
  return readFile(path).catch((error: NodeJS.ErrnoException) => {
    throw configurationError(
      `${variable}: ${path} cannot be read (${error.code ?? 'unknown'}). Example: ${variable}=/run/secrets/eventstore`,
    );
  });
}

function startupErrorOf(error: unknown, config: EventStoreConfig): StartupError | undefined {
  if (error instanceof InvalidEventStoreUrl) {
    return configurationError(`EVENTSTORE_URL ${error.message}. ${EXAMPLE}`);
  }
  if (!(error instanceof StoreUnavailable)) return undefined;
  const kind = (error.cause as { kind?: unknown } | undefined)?.kind;
  if (kind === 'access-denied') {
    return configurationError(
      'EVENTSTORE_USERNAME: EventStoreDB does not let this user in, or not read $all. Example: EVENTSTORE_USERNAME=forlop',
    );
  }
  return unavailableError(
    `EventStoreDB at ${placeOf(config.url)} does not answer. Is it running? See EVENTSTORE_URL.`,
  );
}

/** Hosts and ports, without user and password. */
const placeOf = (url: string): string => url.replace(/^[^:]+:\/\/(?:[^@/?]*@)?/, '').replace(/[/?].*$/, '');
