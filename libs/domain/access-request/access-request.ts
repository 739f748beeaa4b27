/** AccessRequest (innsynsbegjæring): asked for, assessed document by document, decided, delivered. */
import { assertNever, type Decider } from '../kernel/decider.js';
import type { AccessRequestCommand } from './commands.js';
import { assessInnsynDocument } from './decide/assessment.js';
import { decideInnsyn } from './decide/decision.js';
import { deliverInnsyn, discloseToRepresentative } from './decide/disclosure.js';
import { requestInnsyn } from './decide/request.js';
import type { AccessRequestEvent } from './events.js';
import { evolve } from './evolve.js';
import { noRequest, type AccessRequestState } from './state.js';

export { outcomeOf } from './decide/decision.js';
export { assertForSelf } from './decide/request.js';

/** `[]` when nothing changes. Throws `RuleBroken`. */
function decide(command: AccessRequestCommand, state: AccessRequestState): readonly AccessRequestEvent[] {
  switch (command.type) {
    case 'RequestInnsyn':
      return requestInnsyn(command, state);
    case 'AssessInnsynDocument':
      return assessInnsynDocument(command, state);
    case 'DecideInnsyn':
      return decideInnsyn(command, state);
    case 'DeliverInnsyn':
      return deliverInnsyn(command, state);
    case 'DiscloseToRepresentative':
      return discloseToRepresentative(command, state);
    default:
      return assertNever(command);
  }
}

export const accessRequest: Decider<AccessRequestState, AccessRequestCommand, AccessRequestEvent> = {
  initialState: noRequest,
  evolve,
  decide,
};
