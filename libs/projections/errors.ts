import { isNativeError } from 'node:util/types';

/** Why a checkpoint cannot be gone on from, and what the operator does. */
const ADVICE = {
  'other-store': 'its rows come from another event store',
  'ahead-of-store': 'its rows hold events that the event store does not have',
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

/** SQLSTATE: connection lost or refused, shutting down, too many connections, deadlock, lock not had, out of resources. */
const TRANSIENT_STATE = /^(08...|57P0[1-5]|53...|40001|40P01|55P03|57014|25P0[234])$/;
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

/**
 * Whether the same work may succeed later without anybody's help. Everything else is a fault in data or code and must stop
 * the projection where people see it.
 */
export function isTransient(error: unknown): boolean {
  if (error instanceof CheckpointMoved) return true;
  if (!isNativeError(error)) return false;
  if (error.name === 'StoreUnavailable') return true;
  const { code, syscall, errors } = error as { code?: unknown; syscall?: unknown; errors?: unknown };
  // Several addresses of a host were tried (AggregateError).
  if (Array.isArray(errors)) return errors.length > 0 && errors.every(isTransient);
  if (typeof code === 'string') {
    if (TRANSIENT_SOCKET.has(code)) return code !== 'ENOENT' || syscall === 'connect';
    return TRANSIENT_STATE.test(code);
  }
  // pg gives these without a code when the socket ends under a query or a connection cannot be had.
  return /^(Connection terminated|timeout e?xceeded when trying to connect|Client has encountered a connection error)/.test(
    error.message,
  );
}
