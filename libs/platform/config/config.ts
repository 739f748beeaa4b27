import { resolve } from 'node:path';
import { configurationError } from '../startup-error.js';
import { telemetrySettings, type TelemetrySettings } from '../telemetry/settings.js';
import { type EventStoreConfig, eventStoreConfig } from './event-store.js';
import { type Environment, Reader, isLoopback } from './reader.js';

export type LogLevel = (typeof LOG_LEVELS)[number];

/** Where read models and keys live, and events unless an EventStoreDB is configured. */
export type DatabaseConfig =
  | { readonly kind: 'embedded' }
  | {
      readonly kind: 'external';
      readonly serviceUrl: string;
      readonly projectorUrl: string;
      readonly keystoreUrl: string;
      /** Only `migrate` uses it. */
      readonly ownerUrl: string | undefined;
    };

/** Who issues the tokens that are accepted. */
export type IssuerConfig =
  | { readonly kind: 'development' }
  | {
      readonly kind: 'external';
      readonly issuer: string;
      readonly audience: string;
      readonly jwksUrl: string;
    };

/** The whole configuration, validated. */
export interface Config {
  readonly host: string;
  /** 0 asks the system for a free port. */
  readonly port: number;
  /** Absolute. */
  readonly dataDir: string;
  readonly database: DatabaseConfig;
  /** Undefined: events are kept in the database. */
  readonly eventStore: EventStoreConfig | undefined;
  readonly issuer: IssuerConfig;
  /** Absolute; undefined: made in the data folder. */
  readonly masterKeyFile: string | undefined;
  readonly logLevel: LogLevel;
  /** What is sent by OTLP; undefined: nothing. */
  readonly telemetry: TelemetrySettings | undefined;
}

const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;

const EXAMPLES = {
  DATABASE_URL: 'postgres://forlop_service:secret@db.example:5432/forlop',
  PROJECTOR_DATABASE_URL: 'postgres://forlop_projector:secret@db.example:5432/forlop',
  DATABASE_OWNER_URL: 'postgres://forlop_owner:secret@db.example:5432/forlop',
  KEYSTORE_URL: 'postgres://forlop_keys:secret@db.example:5432/forlop_keys',
} as const;

/**
 * Reads and validates the environment.
 * @throws StartupError (exit 78) that lists every variable that is wrong, what is wrong and an example
 */
export function loadConfig(env: Environment): Config {
  const read = new Reader(env);
  const config: Config = {
    host: read.text('HOST') ?? '127.0.0.1',
    port: read.wholeNumber('PORT', 0, 65535) ?? 3000,
    dataDir: resolve(read.text('FORLOP_DATA_DIR') ?? '.forlop'),
    database: databaseConfig(read),
    eventStore: eventStoreConfig(read),
    issuer: issuerConfig(read),
    masterKeyFile: absolute(read.text('FORLOP_MASTER_KEY_FILE')),
    logLevel: read.oneOf('LOG_LEVEL', LOG_LEVELS) ?? 'info',
    telemetry: telemetrySettings(read),
  };
  if (config.issuer.kind === 'development') refuseDevelopmentIssuer(read, env, config.host);
  if (read.problems.length > 0) throw configurationError(read.problems.join('\n'));
  return config;
}

function databaseConfig(read: Reader): DatabaseConfig {
  const serviceUrl = read.postgresUrl('DATABASE_URL', EXAMPLES.DATABASE_URL);
  const projectorUrl = read.postgresUrl('PROJECTOR_DATABASE_URL', EXAMPLES.PROJECTOR_DATABASE_URL);
  const keystoreUrl = read.postgresUrl('KEYSTORE_URL', EXAMPLES.KEYSTORE_URL);
  const ownerUrl = read.postgresUrl('DATABASE_OWNER_URL', EXAMPLES.DATABASE_OWNER_URL);
  const given = { DATABASE_URL: serviceUrl, PROJECTOR_DATABASE_URL: projectorUrl, KEYSTORE_URL: keystoreUrl };
  if ([...Object.values(given), ownerUrl].every((url) => url === undefined)) return { kind: 'embedded' };
  for (const [name, url] of Object.entries(given)) {
    if (url === undefined && !read.isWrong(name)) {
      const example = EXAMPLES[name as keyof typeof EXAMPLES];
      read.wrong(
        name,
        `is missing: an own database needs ${Object.keys(given).join(', ')} together`,
        example,
      );
    }
  }
  refuseSharedRoles(read, { serviceUrl, projectorUrl, ownerUrl });
  return {
    kind: 'external',
    serviceUrl: serviceUrl ?? '',
    projectorUrl: projectorUrl ?? '',
    keystoreUrl: keystoreUrl ?? '',
    ownerUrl,
  };
}

/** Three roles are three fences: two of them in one URL would take one down without anybody noticing. */
function refuseSharedRoles(
  read: Reader,
  urls: Record<'serviceUrl' | 'projectorUrl' | 'ownerUrl', string | undefined>,
) {
  const service = roleOf(urls.serviceUrl);
  const projector = roleOf(urls.projectorUrl);
  const owner = roleOf(urls.ownerUrl);
  if (service !== undefined && service === projector) {
    read.wrong(
      'PROJECTOR_DATABASE_URL',
      'names the same role as DATABASE_URL',
      EXAMPLES.PROJECTOR_DATABASE_URL,
    );
  }
  if (owner !== undefined && (owner === service || owner === projector)) {
    read.wrong(
      'DATABASE_OWNER_URL',
      'names a role that also serves or projects',
      EXAMPLES.DATABASE_OWNER_URL,
    );
  }
}

function issuerConfig(read: Reader): IssuerConfig {
  const issuer = read.text('OIDC_ISSUER');
  const audience = read.text('OIDC_AUDIENCE');
  const jwksUrl = read.secureUrl('OIDC_JWKS_URL', 'https://issuer.example/jwks');
  if (issuer === undefined && audience === undefined && read.text('OIDC_JWKS_URL') === undefined) {
    return { kind: 'development' };
  }
  const all = 'OIDC_ISSUER, OIDC_AUDIENCE and OIDC_JWKS_URL belong together';
  if (issuer === undefined) read.wrong('OIDC_ISSUER', `is missing: ${all}`, 'https://issuer.example/');
  if (audience === undefined) read.wrong('OIDC_AUDIENCE', `is missing: ${all}`, 'https://forlop.example/');
  if (jwksUrl === undefined && !read.isWrong('OIDC_JWKS_URL')) {
    read.wrong('OIDC_JWKS_URL', `is missing: ${all}`, 'https://issuer.example/jwks');
  }
  return { kind: 'external', issuer: issuer ?? '', audience: audience ?? '', jwksUrl: jwksUrl ?? '' };
}

/** Whoever can read the data folder can make itself any user, so the development issuer stays on this machine. */
function refuseDevelopmentIssuer(read: Reader, env: Environment, host: string): void {
  const need = 'set OIDC_ISSUER, OIDC_AUDIENCE and OIDC_JWKS_URL';
  if (!isLoopback(host)) {
    read.wrong('HOST', `is ${host}, and the development issuer serves loopback only: ${need}`, '127.0.0.1');
  }
  if (env['NODE_ENV'] === 'production') {
    read.wrong(
      'OIDC_ISSUER',
      `is missing, and NODE_ENV=production refuses the development issuer: ${need}`,
      'https://issuer.example/',
    );
  }
}

/** The role that a database URL logs in as. */
export function roleOf(url: string | undefined): string | undefined {
  if (url === undefined) return undefined;
  const name = new URL(url).username;
  return name === '' ? undefined : decodeURIComponent(name);
}

function absolute(path: string | undefined): string | undefined {
  return path === undefined ? undefined : resolve(path);
}
