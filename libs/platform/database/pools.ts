import { isNativeError } from 'node:util/types';
import { Pool } from 'pg';
import type { DataSource } from 'typeorm';

export interface PoolOptions {
  readonly url: string;
  /** Seen in pg_stat_activity. */
  readonly application: string;
  readonly max?: number;
  /** Milliseconds after which the server ends a statement; 0 for never. Default 15 000. */
  readonly statementTimeout?: number;
  /** Told of a connection that broke while idle; the pool replaces it. */
  readonly onError?: (error: Error) => void;
}

const STATEMENT_TIMEOUT = 15_000;
/** A transaction that waits for its client holds locks and keeps dead rows: the server ends it. */
const IDLE_IN_TRANSACTION_TIMEOUT = 30_000;
const CONNECTION_TIMEOUT = 5_000;
/** The server that ends a statement itself says why; one that is silent by then is not waited for. */
const ANSWER_GRACE = 2_000;
/** Probes begin after so long without a word; the default of most systems is two hours. */
const KEEP_ALIVE = { keepAlive: true, keepAliveInitialDelayMillis: 10_000 } as const;

/** A pool of connections that cannot hang for ever and whose broken connections do not end the process. */
export function createPool(options: PoolOptions): Pool {
  const pool = new Pool({
    connectionString: options.url,
    max: options.max ?? 10,
    application_name: options.application,
    connectionTimeoutMillis: CONNECTION_TIMEOUT,
    idleTimeoutMillis: 30_000,
    ...KEEP_ALIVE,
    ...timeouts(options),
    query_timeout: queryTimeout(options),
  });
  pool.on('error', (error) => options.onError?.(error));
  return pool;
}

/**
 * The read side's TypeORM data source, as the service's role, connected. It never makes or changes a table:
 * migrations do.
 */
export async function openReadDataSource(options: PoolOptions): Promise<DataSource> {
  const { DataSource: TypeOrmDataSource } = await import('typeorm');
  const source = new TypeOrmDataSource({
    type: 'postgres',
    url: options.url,
    synchronize: false,
    installExtensions: false,
    logging: false,
    applicationName: options.application,
    poolSize: options.max ?? 10,
    connectTimeoutMS: CONNECTION_TIMEOUT,
    poolErrorHandler: (error: unknown) =>
      options.onError?.(isNativeError(error) ? error : new Error(String(error))),
    extra: { ...timeouts(options), ...KEEP_ALIVE, query_timeout: queryTimeout(options) },
  });
  return source.initialize();
}

/** Of the client; 0 for never. */
function queryTimeout({ statementTimeout = STATEMENT_TIMEOUT }: PoolOptions): number {
  return statementTimeout === 0 ? 0 : statementTimeout + ANSWER_GRACE;
}

function timeouts({ statementTimeout = STATEMENT_TIMEOUT }: PoolOptions) {
  return {
    statement_timeout: statementTimeout,
    idle_in_transaction_session_timeout: IDLE_IN_TRANSACTION_TIMEOUT,
  };
}
