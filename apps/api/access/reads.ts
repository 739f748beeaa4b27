import type { Owner, Supervisions } from '#forlop/command-handling';
import { NotFound } from '#forlop/command-handling';
import { accessRequestStream, caseStream, isMunicipality } from '#forlop/domain';
import type { Role } from '#forlop/domain';
import { comparePositions } from '#forlop/event-store';
import type { Position } from '#forlop/event-store';
import type { Touched } from '#forlop/projections';
import { streamParked } from '../edge/freshness.js';
import type { Freshness } from '../edge/freshness.js';
import { querying } from '../edge/telemetry.js';
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

const ACCESS_LOGS = 'accesslog-';

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
    const owner = await this.owners.ofCase(caseId, read.caller);
    return this.recorded(read, owner && { owner, caseIds: [caseId] }, async () => {
      assertMayRead(read, roles);
      const own = assertOwn(read, caseId, owner);
      await this.catchUp(read);
      await this.touch(read, ofCase(caseId, own), read.minPosition);
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
      await this.settle(read, ofCase(caseId, owner));
      return query(owner, caseId);
    };
    return read.purpose === 'TILSYN' ? this.replayed(read, settled) : this.ofCase(read, roles, settled);
  }

  /** What was known at an instant, who had read the case by then too, is answered for good: not before all of it is here. */
  private async settle(read: TakenRead, on: TouchedStreams): Promise<void> {
    const { query, state } = read;
    if (query['knownAt'] === undefined && query['comparedTo'] === undefined) return;
    await this.freshness.reachHead();
    state.measured = this.freshness.measureOrLast();
    if ((await this.touch(read, on)) > 0) throw streamParked();
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
      const pin = await this.supervisions.pinOf(caseId);
      if (owner === undefined || pin === undefined) throw new NotFound();
      const { asOf } = pin;
      const minPosition = laterOf(read.minPosition, pin.position);
      await this.catchUp({ ...read, minPosition });
      await this.touch(read, ofCase(caseId, owner), minPosition);
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
      await this.touch(read, { streamId: accessRequestStream(requestId) }, read.minPosition);
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
      await this.touch(read, ofMunicipalities([municipality]));
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
      await this.touch(read, ofMunicipalities([municipality]));
      return query({ municipality, ...(district ? { district } : {}) });
    });
  }

  async catchUp({ minPosition, state }: ReadOccasion): Promise<void> {
    if (minPosition === undefined) return;
    await this.freshness.reach(minPosition);
    state.measured = this.freshness.measureOrLast();
    await state.measured;
  }

  /**
   * Says in a header how many of the streams that the answer rests on are parked. Asked for after the answer's position is
   * known and before the rows are read: what is parked later is parked behind that position.
   *
   * Throws `stream-parked` when the one that it is about waits at or before the position that was asked for: it would never
   * be reached. A list is answered, because all the others in it are.
   */
  async touch(
    { readModels: projections = [], state }: ReadOccasion,
    on: TouchedStreams,
    demanded?: Position,
  ): Promise<number> {
    const { streams, from } = await this.freshness.parked({ projections, ...on }, await state.measured);
    state.parked = streams;
    if (from !== null && demanded !== undefined && comparePositions(demanded, from) >= 0)
      throw streamParked();
    return streams;
  }

  private recorded<T>(
    read: ReadOccasion,
    about: Concerned | undefined,
    work: () => Promise<Answer<T>>,
  ): Promise<T> {
    return querying(read.view, () => this.answered(read, about, work));
  }

  private async answered<T>(
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

type TouchedStreams = Omit<Touched, 'projections'>;

/** The stream of the case, and the access logs of its municipality, which tell who has read it. */
const ofCase = (caseId: string, { municipality }: Owner): TouchedStreams => ({
  streamId: caseStream(caseId),
  among: { municipalities: [municipality], prefix: ACCESS_LOGS },
});

export const ofMunicipalities = (municipalities: readonly string[]): TouchedStreams => ({
  among: { municipalities, prefix: '' },
});

const laterOf = (asked: string | undefined, needed: string): string =>
  asked !== undefined && asked > needed ? asked : needed;

/** The clocks of a replay as instants: a day is its end. */
function clocksIn({ query: { knownAt, validAt } }: TakenRead) {
  return {
    ...(knownAt === undefined ? {} : { knownAt: lastInstant(knownAt) }),
    ...(validAt === undefined ? {} : { validAt: lastInstant(validAt) }),
  };
}
