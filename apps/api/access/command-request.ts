import type { CommandRequest } from '#forlop/command-handling';
import type { Role } from '#forlop/domain';
import type { TakenCommand } from '../http/intake.js';
import { callerInMunicipality } from './rights.js';

/** What command handling is told of a request. Throws `forbidden` for a caller without a municipality. */
export function commandRequest(taken: TakenCommand, may: readonly Role[]): CommandRequest {
  const { caller, idempotencyKey, fingerprint, ifMatch, state } = taken;
  return {
    caller: callerInMunicipality(caller, may),
    idempotencyKey,
    fingerprint,
    correlationId: state.correlationId,
    ...(ifMatch === undefined ? {} : { ifMatch }),
    now: state.now,
    today: state.today,
  };
}
