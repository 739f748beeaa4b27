import { resolve } from 'node:path';
import type { Reader } from './reader.js';

/** An EventStoreDB that keeps the events. Undefined in the configuration: they are kept in PostgreSQL. */
export interface EventStoreConfig {
  /** As given; may hold user and password, so it is shown to nobody. */
  readonly url: string;
  readonly username: string | undefined;
  /** Absolute. */
  readonly passwordFile: string | undefined;
  /** Absolute; PEM. */
  readonly certificateAuthorityFile: string | undefined;
}

const EXAMPLES = {
  EVENTSTORE_URL: 'esdb+discover://eventstore.example:2113',
  EVENTSTORE_USERNAME: 'forlop',
  EVENTSTORE_PASSWORD_FILE: '/run/secrets/eventstore-password',
  EVENTSTORE_CA_FILE: '/etc/forlop/eventstore-ca.pem',
} as const;

/** What goes with EVENTSTORE_URL. What else the URL may say is judged by the adapter, when it is opened. */
export function eventStoreConfig(read: Reader): EventStoreConfig | undefined {
  const url = read.text('EVENTSTORE_URL');
  const username = read.text('EVENTSTORE_USERNAME');
  const passwordFile = read.text('EVENTSTORE_PASSWORD_FILE');
  const certificateAuthorityFile = read.text('EVENTSTORE_CA_FILE');
  const beside = {
    EVENTSTORE_USERNAME: username,
    EVENTSTORE_PASSWORD_FILE: passwordFile,
    EVENTSTORE_CA_FILE: certificateAuthorityFile,
  };
  if (url === undefined) {
    for (const [name, value] of Object.entries(beside)) {
      if (value !== undefined) read.wrong(name, 'is set without EVENTSTORE_URL, and is of no use by itself');
    }
    return undefined;
  }
  if (!/^esdb(\+discover)?:\/\/./.test(url)) {
    read.wrong('EVENTSTORE_URL', 'is no esdb:// or esdb+discover:// URL', EXAMPLES.EVENTSTORE_URL);
  }
  const missing = username === undefined ? 'EVENTSTORE_USERNAME' : 'EVENTSTORE_PASSWORD_FILE';
  if ((username === undefined) !== (passwordFile === undefined)) {
    read.wrong(missing, 'is missing: user and password belong together', EXAMPLES[missing]);
  }
  return {
    url,
    username,
    passwordFile: absolute(passwordFile),
    certificateAuthorityFile: absolute(certificateAuthorityFile),
  };
}

const absolute = (path: string | undefined): string | undefined =>
  path === undefined ? undefined : resolve(path);
