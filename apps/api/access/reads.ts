import type { Owner, Supervisions } from '#forlop/command-handling';
import { NotFound } from '#forlop/command-handling';
import { isMunicipality } from '#forlop/domain';
import type { Role } from '#forlop/domain';
import type { Freshness } from '../edge/freshness.js';
import { lastInstant } from '../http/parameters.js';
import type { ReadOccasion, TakenRead } from '../http/reading.js';
import type { Accesses, Answer, Concerned } from './accesses.js';
import type { Owners, RequestOwner } from './owners.js';
import { isDenial } from './denial.js';
import {
  assertMayRead,
  assertMaySupervise,
  assertOwn,
  assertOwnRequest,
  callerInMunicipality,
} from './rights.js';

export type { Answer } from './accesses.js';

/** The way of every read: may the caller, wait for the position, ask, record it, and only then answer. */
export class Reads {
  constructor(
    private readonly accesses: Accesses,
    private readonly owners: Owners,
    private readonly freshness: Freshness,
    private readonly supervisions: Supervisions,
  ) {}

  /** A read of one case. `query` gives `undefined` where the read models do not know it (yet). */
  async ofCase<T>(
    read: TakenRead,
    roles: readonly Role[],
    query: (owner: Owner, caseId: string) => Promise<T | undefined>,
  ): Promise<T> {
    const caseId = read.path['caseId'] ?? '';
    const owner = await this.owners.ofCase(caseId);
    return this.recorded(read, owner && { owner, caseIds: [caseId] }, async () => {
      assertMayRead(read, roles);
      const own = assertOwn(read, caseId, owner);
      await this.catchUp(read);
      const answer = await query(own, caseId);
      if (answer === undefined) throw new NotFound(own, [caseId]);
      return { answer, caseIds: [caseId] };
    });
  }

  /** The history of one case: a supervisor replays it, inside an open supervision alone; others read it. */
  async ofHistory<T>(
    read: TakenRead,
    roles: readonly Role[],
    query: (owner: Owner, caseId: string) => Promise<T>,
  ): Promise<T> {
    const settled = async (owner: Owner, caseId: string) => {
      await this.settle(read);
      return query(owner, caseId);
    };
    return read.purpose === 'TILSYN' ? this.replayed(read, settled) : this.ofCase(read, roles, settled);
  }

  /** What was known at an instant, who had read the case by then too, is answered for good: not before all of it is here. */
  private async settle({ query: { knownAt, comparedTo }, state }: TakenRead): Promise<void> {
    if (knownAt === undefined && comparedTo === undefined) return;
    await this.freshness.reachHead();
    state.measured = this.freshness.measureOrLast();
    await state.measured;
  }

  /**
   * A replay: judged, read up to the case's last event, recorded in the supervision as of that event, and as an access in
   * the municipality's log. Whatever cannot be recorded is not answered.
   */
  private async replayed<T>(
    read: TakenRead,
    query: (owner: Owner, caseId: string) => Promise<T>,
  ): Promise<T> {
    const caseId = read.path['caseId'] ?? '';
    const owner = await this.owners.ofCase(caseId);
    return this.recorded(read, owner && { owner, caseIds: [caseId] }, async () => {
      const supervisionId = assertMaySupervise(read);
      const occasion = { ...read.state, caller: read.caller };
      const cases = owner ? [{ caseId, municipality: owner.municipality }] : [];
      await this.supervisions.assertInScope(supervisionId, [caseId], cases, occasion);
      const asOf = await this.supervisions.asOf(caseId);
      if (owner === undefined || asOf === undefined) throw new NotFound();
      await this.catchUp({ ...read, minPosition: laterOf(read.minPosition, asOf.position) });
      const answer = await query(owner, caseId);
      await this.supervisions.recordReplay({ supervisionId, cases, asOf, ...clocksIn(read) }, occasion);
      return { answer, caseIds: [caseId] };
    });
  }

  /** A read of one request for access, by those who answer it or the one who asked. */
  async ofRequest<T>(
    read: TakenRead,
    roles: readonly Role[],
    query: (requested: RequestOwner, requestId: string) => Promise<T | undefined>,
  ): Promise<T> {
    const requestId = read.path['requestId'] ?? '';
    const requested = await this.owners.ofRequest(requestId);
    return this.recorded(read, requested, async () => {
      assertMayRead(read, roles);
      const own = assertOwnRequest(read, requested);
      await this.catchUp(read);
      const answer = await query(own, requestId);
      if (answer === undefined) throw new NotFound(own.owner, own.caseIds);
      return { answer, caseIds: own.caseIds };
    });
  }

  /** A read of what a municipality has as a whole; the path names it. Another's is not there. */
  async ofNamedMunicipality<T>(
    read: TakenRead,
    roles: readonly Role[],
    query: (owner: Owner) => Promise<Answer<T>>,
  ): Promise<T> {
    const municipality = read.path['kommunenr'] ?? '';
    const owner = isMunicipality(municipality) ? { municipality } : undefined;
    return this.recorded(read, owner && { owner, caseIds: [] }, async () => {
      assertMayRead(read, roles);
      const caller = callerInMunicipality(read.caller, roles);
      if (caller.municipality !== municipality) throw new NotFound(owner);
      await this.catchUp(read);
      return query({ municipality, ...(caller.district ? { district: caller.district } : {}) });
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

  async catchUp({ minPosition, state }: ReadOccasion): Promise<void> {
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
      if (isDenial(error)) await this.accesses.record(read, about?.owner, 'DENY', about ? about.caseIds : []);
      throw error;
    }
    await this.accesses.record(read, about?.owner, 'PERMIT', given.caseIds);
    return given.answer;
  }
}

const laterOf = (asked: string | undefined, needed: string): string =>
  asked !== undefined && asked > needed ? asked : needed;

/** The clocks of a replay as instants: a day is its end. */
function clocksIn({ query: { knownAt, validAt } }: TakenRead) {
  return {
    ...(knownAt === undefined ? {} : { knownAt: lastInstant(knownAt) }),
    ...(validAt === undefined ? {} : { validAt: lastInstant(validAt) }),
  };
}
