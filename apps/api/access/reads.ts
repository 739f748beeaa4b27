import type { AccessLog, Owner } from '#forlop/command-handling';
import { NotFound } from '#forlop/command-handling';
import { MAX_ITEMS } from '#forlop/domain';
import type { AccessDecision, Role } from '#forlop/domain';
import type { Freshness } from '../edge/freshness.js';
import type { ReadOccasion, TakenRead } from '../http/reading.js';
import type { Owners } from './owners.js';
import { isDenial } from './denial.js';
import { assertMayRead, assertOwn, callerInMunicipality } from './rights.js';

/** An answer, and every case that it holds. */
export interface Answer<T> {
  readonly answer: T;
  readonly caseIds: readonly string[];
}

/** The case that a read is about, where somebody has it. */
interface Concerned {
  readonly owner: Owner;
  readonly caseId: string;
}

/** The way of every read: may the caller, wait for the position, ask, record it, and only then answer. */
export class Reads {
  constructor(
    private readonly accessLog: AccessLog,
    private readonly owners: Owners,
    private readonly freshness: Freshness,
  ) {}

  /** A read of one case. `query` gives `undefined` where the read models do not know it (yet). */
  async ofCase<T>(
    read: TakenRead,
    roles: readonly Role[],
    query: (owner: Owner, caseId: string) => Promise<T | undefined>,
  ): Promise<T> {
    const caseId = read.path['caseId'] ?? '';
    const owner = await this.owners.ofCase(caseId);
    return this.recorded(read, owner && { owner, caseId }, async () => {
      assertMayRead(read, roles);
      const own = assertOwn(read, caseId, owner);
      await this.catchUp(read);
      const answer = await query(own, caseId);
      if (answer === undefined) throw new NotFound(own, [caseId]);
      return { answer, caseIds: [caseId] };
    });
  }

  /** A read across the caller's municipality, or its district. */
  async ofMunicipality<T>(
    read: ReadOccasion,
    roles: readonly Role[],
    query: (owner: Owner) => Promise<Answer<T>>,
  ): Promise<T> {
    return this.recorded(read, undefined, async () => {
      assertMayRead(read, roles);
      const { municipality, district } = callerInMunicipality(read.caller, roles);
      await this.catchUp(read);
      return query({ municipality, ...(district ? { district } : {}) });
    });
  }

  private async catchUp({ minPosition, state }: ReadOccasion): Promise<void> {
    if (minPosition === undefined) return;
    await this.freshness.reach(minPosition);
    state.measured = this.freshness.measureOrLast();
    await state.measured;
  }

  private async recorded<T>(
    read: ReadOccasion,
    about: Concerned | undefined,
    work: () => Promise<Answer<T>>,
  ): Promise<T> {
    let given: Answer<T>;
    try {
      given = await work();
    } catch (error) {
      if (isDenial(error)) await this.record(read, about?.owner, 'DENY', about ? [about.caseId] : []);
      throw error;
    }
    await this.record(read, about?.owner, 'PERMIT', given.caseIds);
    return given.answer;
  }

  /** An event names at most 200 cases; an answer with more is several accesses. */
  private async record(
    { caller, view, purpose, state }: ReadOccasion,
    owner: Owner | undefined,
    decision: AccessDecision,
    caseIds: readonly string[],
  ): Promise<void> {
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
