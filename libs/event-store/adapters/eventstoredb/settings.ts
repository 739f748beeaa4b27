/** Where an EventStoreDB is and how it is entered, as `openEventStoreDB` takes it. */
export interface EventStoreDBOptions {
  /** `esdb://host:port` of one server, several hosts with commas or `esdb+discover://name` of a cluster. */
  readonly url: string;
  readonly username?: string;
  readonly password?: string;
  /** PEM. Default: the certificate authorities that Node trusts. */
  readonly certificateAuthority?: Buffer;
}

/** What the client is made with. */
export interface ConnectionSettings {
  readonly cluster: Readonly<Record<string, unknown>>;
  readonly credentials: { readonly insecure: boolean; readonly rootCertificate?: Buffer };
  readonly user: { readonly username: string; readonly password: string } | undefined;
}

/** The URL or what goes with it is wrong. The message says what, and never shows the URL: it may hold a password. */
export class InvalidEventStoreUrl extends Error {
  override readonly name = 'InvalidEventStoreUrl';
}

const URL_FORM = /^esdb(\+discover)?:\/\/(?:([^:@/?]+):([^@/?]+)@)?([^@/?]+)\/*(?:\?(.*))?$/;
const HOST_FORM = /^(\[[0-9a-fA-F:.]+\]|[A-Za-z0-9._-]+)(?::(\d{1,5}))?$/;
const DEFAULT_PORT = 2113;
/** The server's keepalive is as long; the client complains about a shorter one. */
const LEAST_KEEPALIVE = 10_000;
const NUMBERS = [
  'keepAliveInterval',
  'keepAliveTimeout',
  'maxDiscoverAttempts',
  'discoveryInterval',
  'gossipTimeout',
];
const KNOWN = new Map(
  ['tls', 'connectionName', 'nodePreference', ...NUMBERS].map((name) => [name.toLowerCase(), name]),
);

/**
 * Reads the URL as the client would, and refuses what the client would leave out with a warning.
 * @throws InvalidEventStoreUrl
 */
export function connectionSettings(options: EventStoreDBOptions): ConnectionSettings {
  const match = URL_FORM.exec(options.url.trim());
  if (match === null) throw new InvalidEventStoreUrl('is no esdb:// URL');
  const [, discover, username, password, hosts = '', query = ''] = match;
  const parameters = parametersOf(query);
  const insecure = parameters.get('tls') === 'false';
  const user = userOf(options, username, password);
  if (insecure && user !== undefined) {
    throw new InvalidEventStoreUrl('says tls=false, and without TLS no user and password are sent');
  }
  if (insecure && options.certificateAuthority !== undefined) {
    throw new InvalidEventStoreUrl('says tls=false, and a certificate authority is given');
  }
  const rootCertificate = options.certificateAuthority;
  return {
    cluster: { ...placeOf(hosts.split(','), discover !== undefined), ...tuningOf(parameters) },
    credentials: { insecure, ...(rootCertificate === undefined ? {} : { rootCertificate }) },
    user,
  };
}

function parametersOf(query: string): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const [key, value] of new URLSearchParams(query)) {
    const name = KNOWN.get(key.toLowerCase().replaceAll(/[-_]/g, ''));
    if (name === undefined) {
      throw new InvalidEventStoreUrl(`has the parameter ${key}; known are ${[...KNOWN.values()].join(', ')}`);
    }
    parameters.set(name, value);
  }
  const tls = parameters.get('tls');
  if (tls !== undefined && tls !== 'true' && tls !== 'false')
    throw new InvalidEventStoreUrl('has a tls that is not true or false');
  if ((parameters.get('nodePreference') ?? 'leader') !== 'leader') {
    throw new InvalidEventStoreUrl(
      'prefers other nodes than the leader, which may not have what is acknowledged',
    );
  }
  return parameters;
}

function tuningOf(parameters: ReadonlyMap<string, string>): Record<string, unknown> {
  const tuning: Record<string, unknown> = { connectionName: parameters.get('connectionName') ?? 'forlop' };
  for (const name of NUMBERS) {
    const value = parameters.get(name);
    if (value === undefined) continue;
    if (!/^\d{1,9}$/.test(value)) throw new InvalidEventStoreUrl(`has a ${name} that is no whole number`);
    if (name.startsWith('keepAlive') && Number(value) < LEAST_KEEPALIVE) {
      throw new InvalidEventStoreUrl(`has a ${name} under ${LEAST_KEEPALIVE} ms`);
    }
    tuning[name] = Number(value);
  }
  return tuning;
}

function userOf(
  options: EventStoreDBOptions,
  username: string | undefined,
  password: string | undefined,
): ConnectionSettings['user'] {
  if (options.username !== undefined && username !== undefined) {
    throw new InvalidEventStoreUrl('names a user, and another one is given beside it');
  }
  if (options.username !== undefined) return { username: options.username, password: options.password ?? '' };
  if (username === undefined || password === undefined) return undefined;
  return { username: decodeURIComponent(username), password: decodeURIComponent(password) };
}

function placeOf(hosts: readonly string[], isDiscovered: boolean): Record<string, unknown> {
  const endpoints = hosts.map((host) => {
    const match = HOST_FORM.exec(host.trim());
    const port = Number(match?.[2] ?? DEFAULT_PORT);
    if (match?.[1] === undefined || port < 1 || port > 65_535)
      throw new InvalidEventStoreUrl('has a host that is none');
    return { address: match[1], port };
  });
  if (isDiscovered && endpoints.length > 1) {
    throw new InvalidEventStoreUrl(
      'is esdb+discover:// with several hosts, of which only the first would be asked',
    );
  }
  if (isDiscovered) return { discover: endpoints[0] };
  return endpoints.length > 1 ? { endpoints } : { endpoint: endpoints[0] };
}
