import type { AccessLog, Owner } from '#forlop/command-handling';
import { MAX_ITEMS } from '#forlop/domain';
import type { AccessDecision } from '#forlop/domain';
import type { ReadOccasion } from '../http/reading.js';

/** An answer, and every case that it holds. */
export interface Answer<T> {
  readonly answer: T;
  readonly caseIds: readonly string[];
}

/** The cases that a read is about, where somebody has them. */
export interface Concerned {
  readonly owner: Owner;
  readonly caseIds: readonly string[];
}

/** Writes reads and refused attempts to the access log. */
export class Accesses {
  constructor(private readonly accessLog: AccessLog) {}

  /** A 403 or 404 is recorded as DENY before it is answered; what is answered, before it leaves. */
  async record(
    { caller, view, purpose, state }: ReadOccasion,
    owner: Owner | undefined,
    decision: AccessDecision,
    caseIds: readonly string[],
  ): Promise<void> {
    // An event names at most 200 cases; an answer with more is several accesses.
    const parts = Array.from({ length: Math.max(1, Math.ceil(caseIds.length / MAX_ITEMS)) }, (_, part) =>
      caseIds.slice(part * MAX_ITEMS, (part + 1) * MAX_ITEMS),
    );
    await Promise.all(
      parts.map((part) =>
        this.accessLog.record({
          caller,
          ...(owner ? { owner } : {}),
          caseIds: part,
          view,
          purpose,
          decision,
          occasion: state,
        }),
      ),
    );
  }
}
