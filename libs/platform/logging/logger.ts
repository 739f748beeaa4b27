import { isNativeError } from 'node:util/types';
import { type DestinationStream, type Logger, pino } from 'pino';
import type { LogLevel } from '../config/config.js';
import { withoutIdentityNumbers } from '../identity-number.js';

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

/**
 * Written in pieces, at least every 100 ms: a write for each line would cost a request more than its checks. What waits at the
 * exit is written then.
 */
function toStderr(): DestinationStream {
  const destination = pino.destination({ dest: 2, sync: true, minLength: 4096, periodicFlush: 100 });
  process.once('exit', () => destination.flushSync());
  return destination;
}

/**
 * JSON lines on stderr (stdout belongs to the commands' answers). Requests are logged by their route pattern only:
 * an id in a path leads to a person. Errors are logged without the values that a database puts into them.
 */
export function createLogger(level: LogLevel, destination: DestinationStream = toStderr()): Logger {
  return pino(
    {
      level,
      base: {},
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: SECRET_FIELDS.flatMap((name) => [name, `*.${name}`]), remove: true },
      serializers: { err: describeError, error: describeError },
      hooks: { streamWrite: withoutIdentityNumbers },
    },
    destination,
  );
}

/** What may be told of an error. */
export interface DescribedError {
  readonly type: string;
  /** Absent where it may quote values. */
  readonly message?: string | undefined;
  readonly code?: string | undefined;
  readonly sqlState?: string | undefined;
  readonly table?: string | undefined;
  readonly constraint?: string | undefined;
  readonly routine?: string | undefined;
  /** Frames only. */
  readonly stack?: string | undefined;
  readonly cause?: DescribedError | undefined;
}

/** Causes that have causes are followed so far. */
const MAX_CAUSES = 3;

/**
 * Kind, place and code of an error and of what caused it; a string (the class of one) stays as it is. A database error's
 * message, detail and parameters quote values of the row, so that only its SQLSTATE and the names of table and constraint
 * are kept; a SyntaxError quotes the text that was read.
 */
export function describeError(error: unknown): DescribedError | string {
  return typeof error === 'string' ? error : describe(error, MAX_CAUSES);
}

function describe(error: unknown, causes: number): DescribedError {
  // Not `instanceof`: an error that Node itself makes has another `Error` than code that is run in a vm context.
  if (!isNativeError(error)) return { type: typeof error };
  const driver = 'driverError' in error && isNativeError(error.driverError) ? error.driverError : error;
  const code = 'code' in driver ? String(driver.code) : undefined;
  const place = { type: classOf(error), stack: framesOf(error) };
  if (code !== undefined && /^[0-9A-Z]{5}$/.test(code)) {
    const { table, constraint, routine } = driver as {
      table?: string;
      constraint?: string;
      routine?: string;
    };
    return { ...place, sqlState: code, table, constraint, routine };
  }
  const cause = isNativeError(error.cause) && causes > 0 ? describe(error.cause, causes - 1) : undefined;
  const message = error.name === 'SyntaxError' ? undefined : error.message;
  return { ...place, message, code, cause };
}

/** pg names its class `error`. */
const classOf = ({ name, constructor }: Error): string =>
  constructor.name === 'Error' ? name : constructor.name;

/** The stack repeats the message in its first lines: frames only. */
function framesOf(error: Error): string | undefined {
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line));
  return frames?.join('\n');
}
