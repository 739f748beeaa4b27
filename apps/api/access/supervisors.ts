import { SUPERVISORY } from '#forlop/command-handling';
import type { CommandRequest } from '#forlop/command-handling';
import { AUTHORITIES, ruleBroken } from '#forlop/domain';
import type { RuleBroken } from '#forlop/domain';
import type { TakenCommand } from '../http/intake.js';
import type { ReadOccasion } from '../http/reading.js';
import { commandRequest } from './command-request.js';

export const SUPERVISORS = AUTHORITIES;

/** The supervision that a supervisor reads in; throws `outside-supervision-scope` for anybody else. */
export function assertMaySupervise(read: ReadOccasion): string {
  const { caller, supervisionId, state } = read;
  const isSupervisor = SUPERVISORS.some((role) => role === caller.actor.role);
  if (!isSupervisor || supervisionId === undefined) throw outsideSupervision(state.today);
  return supervisionId;
}

export const outsideSupervision = (today: string): RuleBroken =>
  ruleBroken('61', {
    on: today,
    detail: 'Det oppgitte tilsynet er ikke åpnet, eller omfatter ikke dette.',
    losning: 'Oppgi id-en til et åpnet tilsyn som omfatter saken.',
  });

/** A command to a supervision is given outside every municipality: its key is known only among supervisors. */
export const supervisoryRequest = (taken: TakenCommand): CommandRequest =>
  commandRequest({ ...taken, caller: { actor: taken.caller.actor, ...SUPERVISORY } }, SUPERVISORS);
