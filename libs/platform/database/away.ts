/**
 * SQLSTATE: connection lost or refused (08), out of resources (53), cancelled or over its time (57014), shutting down or
 * gone (57P), a fault of the machine (58), a standby (25006), a lock that was not had in time (55P03).
 */
const SERVER_STATE = /^(08...|53...|57014|57P0[1-5]|58...|25006|55P03)$/;

const NETWORK_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EAI_AGAIN',
]);

/** pg gives these no code. */
const IN_WORDS =
  /^(Connection terminated|Query read timeout|timeout exceeded when trying to connect|Client (has encountered a connection error|was closed)|Cannot use a pool after)/;

/** What may stand in an error, of whatever class. */
export interface ErrorLike {
  readonly name?: unknown;
  readonly message?: unknown;
  readonly code?: unknown;
  readonly syscall?: unknown;
  readonly cause?: unknown;
  readonly driverError?: unknown;
  readonly errors?: unknown;
}

/** Deep enough for TypeORM around pg around the several addresses of a host. */
const MAX_DEPTH = 5;

/** An error and what it was caused by: its cause, what a driver wrapped, each of several that were tried. */
export function withCauses(error: unknown, depth = 0): ErrorLike[] {
  if (typeof error !== 'object' || error === null || depth > MAX_DEPTH) return [];
  const { cause, driverError, errors } = error as ErrorLike;
  const inner = [cause, driverError, ...(Array.isArray(errors) ? (errors as unknown[]) : [])];
  return [error, ...inner.flatMap((each) => withCauses(each, depth + 1))];
}

/**
 * Whether an error, or one that it was caused by, means that a database cannot be reached or takes no work now. Looks at
 * what the error holds and not at its class: drivers wrap errors, and those of the network come from outside of every
 * module.
 */
export function isDatabaseAway(error: unknown): boolean {
  return withCauses(error).some(saysAway);
}

function saysAway({ message, code, syscall }: ErrorLike): boolean {
  if (typeof code === 'string') {
    // A socket that is not there; any other file that is missing is a fault.
    if (code === 'ENOENT') return syscall === 'connect';
    if (NETWORK_CODES.has(code) || SERVER_STATE.test(code)) return true;
  }
  return typeof message === 'string' && IN_WORDS.test(message);
}
