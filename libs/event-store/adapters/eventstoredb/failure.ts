/** Why a call did not do what was asked. `unavailable` is all that says nothing of what the server did. */
export type FailureKind =
  | 'timeout'
  | 'unavailable'
  | 'not-leader'
  | 'wrong-revision'
  | 'stream-deleted'
  | 'too-large'
  | 'access-denied'
  | 'no-such-position';

/** A failed call on the wire. Never holds what was sent: its message is of ours, because the client's may be empty. */
export class WireFailure extends Error {
  override readonly name = 'WireFailure';

  /** @param actual the stream's last revision, of `wrong-revision` */
  constructor(
    readonly kind: FailureKind,
    readonly actual?: number | 'noStream',
    cause?: unknown,
  ) {
    super(`EventStoreDB: ${kind}`, { cause });
  }
}

/** By what the server says in the call's trailers, where it does. */
const BY_EXCEPTION: Readonly<Record<string, FailureKind>> = {
  'not-leader': 'not-leader',
  'access-denied': 'access-denied',
  'stream-deleted': 'stream-deleted',
  'maximum-append-size-exceeded': 'too-large',
};
/** PERMISSION_DENIED and UNAUTHENTICATED of gRPC. */
const DENIED = new Set([7, 16]);
const UNKNOWN = 2;
/** What 23.10 answers when no record begins at a position of `$all`. */
const NO_RECORD = /ReadAllResult/;

/** A gRPC error, by what it carries and not by its class: two copies of the client would break `instanceof`. */
export function failureOf(error: unknown): WireFailure {
  if (error instanceof WireFailure) return error;
  const { code, details, metadata } = (error ?? {}) as Partial<ServiceError>;
  const exception = metadata?.get?.('exception')[0];
  const kind = typeof exception === 'string' ? BY_EXCEPTION[exception] : undefined;
  if (kind !== undefined) return new WireFailure(kind, undefined, error);
  if (code !== undefined && DENIED.has(code)) return new WireFailure('access-denied', undefined, error);
  if (code === UNKNOWN && NO_RECORD.test(details ?? ''))
    return new WireFailure('no-such-position', undefined, error);
  return new WireFailure('unavailable', undefined, error);
}

interface ServiceError {
  readonly code: number;
  readonly details: string;
  readonly metadata: { get?(key: string): readonly unknown[] };
}
