/** Error codes of the network and of PostgreSQL that say: the database is away, starting or stopping. */
const AWAY =
  /^(ECONNREFUSED|ECONNRESET|EPIPE|ENOENT|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|57P0[1-3]|53300|08\d{3}|CONNECT_TIMEOUT)$/;

/** pg gives these no code. */
const AWAY_IN_WORDS =
  /^(Connection terminated|timeout exceeded when trying to connect|Client has encountered a connection error|Cannot use a pool after)/;

interface ErrorLike {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly code?: unknown;
  readonly cause?: unknown;
  readonly driverError?: unknown;
  readonly errors?: unknown;
}

/** Deep enough for TypeORM around pg around the several addresses of a host. */
const MAX_DEPTH = 5;

/**
 * Whether an error, or one that it was caused by, means that a database cannot be reached now. Looks at what the error
 * holds and not at its class: drivers wrap errors, and those of the network come from outside of every module.
 */
export function isUnavailable(error: unknown, depth = 0): boolean {
  if (typeof error !== 'object' || error === null || depth > MAX_DEPTH) return false;
  const { name, message, code, cause, driverError, errors } = error as ErrorLike;
  if (name === 'StoreUnavailable' || name === 'KeyStoreUnavailable') return true;
  if (typeof code === 'string' && AWAY.test(code)) return true;
  if (typeof message === 'string' && AWAY_IN_WORDS.test(message)) return true;
  const inner = [cause, driverError, ...(Array.isArray(errors) ? (errors as unknown[]) : [])];
  return inner.some((each) => isUnavailable(each, depth + 1));
}
