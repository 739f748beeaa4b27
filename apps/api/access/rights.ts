import { NotFound, assertDistrict, caseIdOf, isOpenTo } from '#forlop/command-handling';
import type { Caller, Owner } from '#forlop/command-handling';
import { AUTHORITIES, RuleBroken, ruleBroken } from '#forlop/domain';
import type { Role } from '#forlop/domain';
import type { Authenticated } from '../edge/request-state.js';
import type { ReadOccasion } from '../http/reading.js';
import type { RequestOwner } from './owners.js';

export const CASE_READERS: readonly Role[] = ['SAKSBEHANDLER', 'LEDER', 'ARKIVAR'];
/** Follow-up teams see assigned measures and plan: the overview, not the case file. */
export const OVERVIEW_READERS: readonly Role[] = [...CASE_READERS, 'OPPFOLGING'];
/** The person concerned, and those who answer that person on paper. */
export const ACCESS_LOG_READERS: readonly Role[] = ['PART', ...CASE_READERS];

/** Those who make a report and those who answer for it. */
export const REPORT_READERS: readonly Role[] = ['LEDER', 'KOMMUNEDIREKTOR'];
/** Events are of cases: for those who may see them. */
export const REPORT_EVENT_READERS: readonly Role[] = ['LEDER'];

/** Those who answer a request for access; what is internal is theirs alone. */
export const INNSYN_READERS: readonly Role[] = ['ARKIVAR', 'LEDER', 'SAKSBEHANDLER'];
/** And the one who asked, who sees the own. */
export const ACCESS_REQUEST_READERS: readonly Role[] = [...INNSYN_READERS, 'PART'];

export const forbiddenTo = (role: Role, may: readonly Role[]): RuleBroken =>
  new RuleBroken({
    slug: 'forbidden',
    detail: `Rollen ${role} har ikke adgang til dette.`,
    losning: `Dette er for ${may.join(', ')}.`,
  });

/** A caller of a municipality; supervisory authorities have none, and act inside a supervision. */
export function callerInMunicipality(caller: Authenticated, may: readonly Role[]): Caller {
  const { municipality } = caller;
  if (municipality === undefined) throw forbiddenTo(caller.actor.role, may);
  return { ...caller, municipality };
}

/** The role may read this at all. Throws `RuleBroken` (403). */
export function assertMayRead({ caller, purpose, state }: ReadOccasion, roles: readonly Role[]): void {
  if (purpose === 'TILSYN') throw outsideSupervision(state.today);
  if (!roles.includes(caller.actor.role)) throw forbiddenTo(caller.actor.role, roles);
  if (caller.actor.role !== 'PART') assertDistrict(callerInMunicipality(caller, roles), state.today);
}

/** The case is the caller's to read. An unknown id and another's case are the same `NotFound`. */
export function assertOwn({ caller }: ReadOccasion, caseId: string, owner: Owner | undefined): Owner {
  if (!owner) throw new NotFound();
  if (!isOwn(caller, caseId, owner)) throw new NotFound(owner, [caseId]);
  return owner;
}

/** A party sees the own case, whose id follows from the person; others those of their municipality and district. */
const isOwn = (caller: Authenticated, caseId: string, owner: Owner): boolean =>
  caller.actor.role === 'PART'
    ? caseIdOf(owner.municipality, caller.actor.subjectId) === caseId
    : caller.municipality !== undefined && isOpenTo({ ...caller, municipality: caller.municipality }, owner);

/** The request is the caller's to read: the own of a party, else of the municipality and the district. */
export function assertOwnRequest(
  { caller }: ReadOccasion,
  requested: RequestOwner | undefined,
): RequestOwner {
  if (!requested) throw new NotFound();
  const { owner, caseIds, requesterRef } = requested;
  const { actor, municipality } = caller;
  const own =
    actor.role === 'PART'
      ? requesterRef === actor.subjectId
      : municipality !== undefined && isOpenTo({ ...caller, municipality }, owner);
  if (!own) throw new NotFound(owner, caseIds);
  return requested;
}

/** The supervision that a supervisor reads in; throws `outside-supervision-scope` for anybody else. */
export function assertMaySupervise({ caller, supervisionId, state }: ReadOccasion): string {
  const isSupervisor = AUTHORITIES.some((role) => role === caller.actor.role);
  if (!isSupervisor || supervisionId === undefined) throw outsideSupervision(state.today);
  return supervisionId;
}

const outsideSupervision = (today: string): RuleBroken =>
  ruleBroken('61', {
    on: today,
    detail: 'Det oppgitte tilsynet er ikke åpnet, eller omfatter ikke dette.',
    losning: 'Oppgi id-en til et åpnet tilsyn som omfatter saken.',
  });
