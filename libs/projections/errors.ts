import { isNativeError } from 'node:util/types';

/** Why a checkpoint cannot be gone on from, and what the operator does. */
const ADVICE = {
  'other-store': 'its rows come from another event store',
  'ahead-of-store': 'its rows hold events that the event store does not have',
  'other-event': 'its rows hold events that the event store does not have',
  'newer-version': 'its rows were made by a newer version of the program',
} as const;
export type Unusable = keyof typeof ADVICE;

/** The projection refuses to run; nothing was changed. */
export class CheckpointUnusable extends Error {
  override readonly name = 'CheckpointUnusable';
  readonly advice: string;

  constructor(
    readonly projection: string,
    readonly reason: Unusable,
  ) {
    const advice =
      reason === 'newer-version'
        ? 'Run the newer version, or rebuild'
        : 'Connect to the event store that belongs to these tables, or rebuild';
    super(`${projection} does not run: ${ADVICE[reason]}`);
    this.advice = `${advice}: forlop projections rebuild ${projection}`;
  }
}

/** The live rows are of an older version: they are built anew beside them before this program leads. */
export class BehindVersion extends Error {
  override readonly name = 'BehindVersion';

  constructor(readonly projection: string) {
    super(`The rows of ${projection} are of an older version`);
  }
}

/** Another process builds this projection already. */
export class BuildRunning extends Error {
  override readonly name = 'BuildRunning';

  constructor(readonly projection: string) {
    super(`${projection} is being built by another process`);
  }
}

/** The checkpoint is not where the batch was read from: this process no longer leads. It reads the checkpoint again. */
export class CheckpointMoved extends Error {
  override readonly name = 'CheckpointMoved';

  constructor(readonly projection: string) {
    super(`The checkpoint of ${projection} was moved by somebody else`);
  }
}

/** One event could not be applied; the checkpoint stands before it. */
export class ProjectionFailed extends Error {
  override readonly name = 'ProjectionFailed';

  constructor(
    readonly projection: string,
    readonly position: string | null,
    readonly errorClass: string,
    cause: unknown,
  ) {
    super(`${projection} stopped at ${position ?? 'its start'}: ${errorClass}`, { cause });
  }
}

/** Another process held the projection and did not hand it over in time. */
export class HandoverTimedOut extends Error {
  override readonly name = 'HandoverTimedOut';

  constructor(
    readonly projection: string,
    readonly waitedMs: number,
  ) {
    super(`${projection} was not handed over within ${waitedMs} ms`);
  }
}

// `isNativeError` and not `instanceof`: an error that Node itself makes has another `Error` than code run in a vm context.

/** What may be stored, logged and shown of any error: its class and SQLSTATE, never its message. */
export function errorClass(error: unknown): string {
  if (!isNativeError(error)) return typeof error;
  const code = (error as { code?: unknown }).code;
  const name = error.constructor.name === 'Error' ? error.name : error.constructor.name;
  return typeof code === 'string' && /^[A-Z0-9_]{1,40}$/.test(code) ? `${name} ${code}` : name;
}

/**
 * SQLSTATE: connection lost or refused (08), another transaction was in the way (40001, 40P01, 55P03), a standby (25006), a
 * transaction that the server ended (25P02–04), out of disk, memory or connections (53), cancelled or over its time (57014),
 * shutting down (57P), a fault of the machine (58).
 */
const TRANSIENT_STATE = /^(08...|40001|40P01|55P03|25006|25P0[234]|53...|57014|57P0[1-5]|58...)$/;
const TRANSIENT_SOCKET = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ECONNABORTED',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ENOENT',
  'EHOSTUNREACH',
  'ENETUNREACH',
]);

/** pg gives these no code: the socket ended under a query, a connection cannot be had, the server has gone silent. */
const TRANSIENT_WORDS =
  /^(Connection terminated|Query read timeout|timeout e?xceeded when trying to connect|Client (has encountered a connection error|was closed))/;

/** pg gave up waiting for the answer to a statement, which may still run. */
export const isSilence = (error: unknown): boolean =>
  isNativeError(error) && error.message === 'Query read timeout';

/** Whether the same work may succeed later without anybody's help. It is then repeated, and nothing is parked. */
export function isTransient(error: unknown): boolean {
  if (error instanceof CheckpointMoved || error instanceof BehindVersion) return true;
  if (!isNativeError(error)) return false;
  if (error.name === 'StoreUnavailable') return true;
  const { code, syscall, errors } = error as { code?: unknown; syscall?: unknown; errors?: unknown };
  // Several addresses of a host were tried (AggregateError).
  if (Array.isArray(errors)) return errors.length > 0 && errors.every(isTransient);
  if (typeof code === 'string') {
    if (TRANSIENT_SOCKET.has(code)) return code !== 'ENOENT' || syscall === 'connect';
    return TRANSIENT_STATE.test(code);
  }
  return TRANSIENT_WORDS.test(error.message);
}

/**
 * SQLSTATE that a row's values bring about: cardinality (21), data (22), constraint (23), a view's check (44), a row too
 * large (54), raised by a trigger (P0). What is of the statement or the schema (42: no such table, not allowed) or of a
 * broken server (XX) would meet every other event as well.
 */
const STATE_OF_VALUES = /^(21|22|23|44|54|P0)/;
const SQLSTATE = /^[0-9A-Z]{5}$/;

/**
 * Whether it is the event that cannot be applied: its stream is then parked and the others go on. Everything that is neither
 * this nor transient is a fault of the installation, which stops the projection: it would park every stream there is.
 */
export function isOfEvent(error: unknown): boolean {
  if (error instanceof ProjectionFailed || error instanceof CheckpointUnusable || isTransient(error))
    return false;
  const code = isNativeError(error) ? (error as { code?: unknown }).code : undefined;
  return typeof code !== 'string' || !SQLSTATE.test(code) || STATE_OF_VALUES.test(code);
}
