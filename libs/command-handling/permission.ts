import { hasDistricts, ruleBroken } from '#forlop/domain';
import type { CommandContext, CommandDefinition, LocalDate } from '#forlop/domain';
import { forbidden } from './errors.js';
import type { Caller, CommandRequest } from './request.js';

/** The role may give this command, and a token of a municipality with districts names one (rule 02). */
export function assertMayCommand(definition: CommandDefinition, { caller, today }: CommandRequest): void {
  if (!definition.roles.includes(caller.actor.role)) {
    throw forbidden(
      `Rollen ${caller.actor.role} kan ikke gjøre dette.`,
      `Be en med rollen ${definition.roles.join(' eller ')} gjøre det.`,
    );
  }
  // A party is of no district: whose the case is decides.
  if (caller.actor.role !== 'PART') assertDistrict(caller, today);
}

/** Oslo, Bergen and Trondheim are served by district; a token without one is refused. */
export function assertDistrict(caller: Caller, today: LocalDate): void {
  if (caller.district || !hasDistricts(caller.municipality)) return;
  throw ruleBroken('02', {
    slug: 'district-missing',
    on: today,
    detail: 'Kommunen er delt i bydeler, og tilgangsbeviset nevner ingen bydel.',
    losning: 'Bruk et tilgangsbevis med bydelsnummer (to siffer) i feltet district.',
  });
}

/** What `decide` is told of the world. */
export const contextOf = ({ caller, now, today }: CommandRequest): CommandContext => ({
  now,
  today,
  by: caller.actor,
  municipality: caller.municipality,
  ...(caller.district ? { district: caller.district } : {}),
});
