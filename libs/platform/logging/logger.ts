import { isNativeError } from 'node:util/types';
import { type DestinationStream, type Logger, pino, stdSerializers } from 'pino';
import type { LogLevel } from '../config/config.js';
import { correlationId } from '../request-context/request-context.js';

export type { Logger };

/** Names of fields whose value never stands in the log, however deep the caller put them (one and two levels). */
const SECRET_FIELDS = [
  'authorization',
  'password',
  'token',
  'cookie',
  'identifier',
  'body',
  'url',
  'query',
  'parameters',
];

/** Eleven digits standing alone, also written 6 + 5: what an identity number looks like. */
const IDENTITY_NUMBER = /(?<![0-9A-Za-z])\d{6}[ .]?\d{5}(?![0-9A-Za-z])/g;

/** What replaces such a number; digits, so that a JSON number stays one. No month and day are 99. */
const NO_NUMBER = '99999999999';

/**
 * JSON lines on stderr (stdout belongs to the commands' answers). Requests are logged by their route pattern only:
 * an id in a path leads to a person. Errors are logged without the values that a database puts into them.
 */
export function createLogger(level: LogLevel, destination: DestinationStream = pino.destination(2)): Logger {
  return pino(
    {
      level,
      base: {},
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: SECRET_FIELDS.flatMap((name) => [name, `*.${name}`]), remove: true },
      serializers: { err: describeError, error: describeError },
      mixin: () => {
        const id = correlationId();
        return id === undefined ? {} : { correlationId: id };
      },
      hooks: { streamWrite: (line) => line.replace(IDENTITY_NUMBER, NO_NUMBER) },
    },
    destination,
  );
}

/**
 * Kind, place and code of an error; a string (the class of one) stays as it is. A database error's message, detail and parameters quote values of the row, so that
 * only its SQLSTATE and the names of table and constraint are kept.
 */
export function describeError(error: unknown): unknown {
  // Not `instanceof`: an error that Node itself makes has another `Error` than code that is run in a vm context.
  if (!isNativeError(error)) return typeof error === 'string' ? error : { type: typeof error };
  const cause = 'driverError' in error && isNativeError(error.driverError) ? error.driverError : error;
  const code = 'code' in cause ? String(cause.code) : undefined;
  if (code !== undefined && /^[0-9A-Z]{5}$/.test(code)) {
    const { table, constraint, routine } = cause as { table?: string; constraint?: string; routine?: string };
    return { type: error.name, sqlState: code, table, constraint, routine, stack: framesOf(error) };
  }
  const { type, message } = stdSerializers.err(error);
  return { type, message, code, stack: framesOf(error) };
}

/** The stack repeats the message in its first lines: frames only. */
function framesOf(error: Error): string | undefined {
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line));
  return frames?.join('\n');
}
