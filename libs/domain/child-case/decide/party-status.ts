/** Rule 11: who is party has been assessed before a decision is made. */
import { birthdayAt, type LocalDate } from '../../kernel/dates.js';
import { ruleBroken } from '../../law/rules.js';
import type { OpenCase } from '../state.js';
import { ageAt, registeredParents, statusOf } from './people.js';

/** Codes of `saksinnhold` for a child's conduct or crime, and for trafficking: there the child is always party (bvl §12-3). */
const ALWAYS_PARTY = ['16', '25', '26', '1.3.08', '1.3.10', '1.3.11', '27', '2.4.06'];

/** Throws `party-status-missing` for a registered parent, or for the child where its status must be known. */
export function assertPartyStatus(state: OpenCase, grounds: readonly string[], on: LocalDate): void {
  const unassessed = registeredParents(state).filter((ref) => statusOf(state, ref, on) === undefined);
  if (unassessed.length > 0) {
    throw ruleBroken('11', {
      on,
      detail: `Partsstatus er ikke vurdert for ${unassessed.length} av foreldrene.`,
    });
  }
  const always = grounds.some((code) => ALWAYS_PARTY.includes(code));
  if ((always || ageAt(state, on) >= 15) && !isChildAssessed(state, on)) {
    throw ruleBroken('11', {
      on,
      detail: always
        ? 'Saken gjelder atferd eller menneskehandel, og barnets partsstatus er ikke vurdert.'
        : 'Barnet har fylt 15 år, og partsstatusen er ikke vurdert etter det.',
    });
  }
}

/** An assessment that the child is no party says nothing of the time after it turned 15. */
function isChildAssessed(state: OpenCase, on: LocalDate): boolean {
  const status = statusOf(state, state.childRef, on);
  if (status === undefined) return false;
  if (status.isParty || ageAt(state, on) < 15 || state.birth.date === undefined) return true;
  return status.assessedOn >= birthdayAt(state.birth.date, 15);
}
