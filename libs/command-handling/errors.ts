import { RuleBroken } from '#forlop/domain';
import type { Owner } from './request.js';

/**
 * The id is unknown, or belongs to another municipality or district: to the caller it is the same.
 * `owner` is whose access log records the attempt; absent for an id that nobody has.
 */
export class NotFound extends Error {
  override readonly name = 'NotFound';
  constructor(
    readonly owner?: Owner,
    readonly caseIds: readonly string[] = [],
  ) {
    super('No such id in the municipality of the caller.');
  }
}

/** The same Idempotency-Key came with another request before. */
export class IdempotencyKeyReused extends Error {
  override readonly name = 'IdempotencyKeyReused';
  constructor() {
    super('The Idempotency-Key was used for another request.');
  }
}

/** If-Match names a revision that the stream has left. */
export class StaleRevision extends Error {
  override readonly name = 'StaleRevision';
  constructor(readonly actual: number) {
    super(`The stream stands at revision ${actual}.`);
  }
}

/** Others wrote to the stream at every one of the tries. */
export class ConcurrentChange extends Error {
  override readonly name = 'ConcurrentChange';
  constructor() {
    super('The stream was changed by others at every try.');
  }
}

/** The access log could not be written, so nothing may be shown. */
export class AccessLogUnavailable extends Error {
  override readonly name = 'AccessLogUnavailable';
  constructor(cause: unknown) {
    super('The access log cannot be written.', { cause });
  }
}

/** The caller's role may not do this at all. */
export const forbidden = (detail: string, losning: string): RuleBroken =>
  new RuleBroken({ slug: 'forbidden', detail, losning });

/** An id or identifier that the client gave is another's in the same municipality. */
export const idInUse = (): RuleBroken =>
  new RuleBroken({
    slug: 'id-in-use',
    detail: 'Id-en eller identifikatoren er alt i bruk for noe annet i kommunen.',
    losning: 'Utelat id-en, så lager tjenesten en, eller bruk den som alt er registrert.',
  });
