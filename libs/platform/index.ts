export { type Caller, type CallerRole, isSupervisor, ROLES } from './auth/caller.js';
export { createTokenVerifier } from './auth/create-verifier.js';
export {
  DEVELOPMENT_AUDIENCE,
  DEVELOPMENT_ISSUER,
  DevelopmentIssuer,
  type TokenClaims,
} from './auth/development-issuer.js';
export { type Organisation, OrganisationsFile } from './auth/organisations.js';
export { remoteKeys, TokenVerifier, type TokenVerifierOptions } from './auth/token-verifier.js';
export { IssuerUnavailable, Unauthenticated, type UnauthenticatedReason } from './auth/unauthenticated.js';
export {
  type Config,
  type DatabaseConfig,
  type IssuerConfig,
  loadConfig,
  type LogLevel,
  roleOf,
} from './config/config.js';
export type { EventStoreConfig } from './config/event-store.js';
export { type Environment, isLoopback } from './config/reader.js';
export { isDatabaseAway, withCauses } from './database/away.js';
export {
  assertServingRoles,
  bringUpToDate,
  type ExternalDatabase,
  openExternal,
} from './database/external.js';
export {
  migrateDatabases,
  type MigrationClass,
  type MigrationSets,
  type MigrationTargets,
  missingMigrations,
} from './database/migrations.js';
export { createPool, openReadDataSource, type PoolOptions } from './database/pools.js';
export { assertServingRole } from './database/serving-role.js';
export {
  type DatabaseUrls,
  EmbeddedDatabase,
  type EmbeddedOptions,
} from './embedded-postgres/embedded-database.js';
export { startThrowAwayServer, type ThrowAwayServer } from './embedded-postgres/throw-away.js';
export { looksLikeIdentityNumber, withoutIdentityNumbers } from './identity-number.js';
export { createLogger, type DescribedError, describeError, type Logger } from './logging/logger.js';
export { printPrometheus } from './telemetry/prometheus.js';
export { metricRegistry, MetricRegistry } from './telemetry/registry.js';
export { startTelemetry, type Telemetry } from './telemetry/telemetry.js';
export { configurationError, EXIT, type ExitCode, StartupError, unavailableError } from './startup-error.js';
