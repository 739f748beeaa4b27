import { SUPERVISORY } from '#forlop/command-handling';
import type { CommandRequest } from '#forlop/command-handling';
import { AUTHORITIES } from '#forlop/domain';
import type { TakenCommand } from '../http/intake.js';
import { commandRequest } from './command-request.js';

/** A command to a supervision is given outside every municipality: its key is known only among supervisors. */
export const supervisoryRequest = (taken: TakenCommand): CommandRequest =>
  commandRequest({ ...taken, caller: { actor: taken.caller.actor, ...SUPERVISORY } }, AUTHORITIES);
