/** Rule 10: the child takes part, or the reason why not is recorded, in the phase and by the date that count. */
import type { LocalDate } from '../../kernel/dates.js';
import type { Flag } from '../../kernel/flags.js';
import { ruleBroken, ruleFlag } from '../../law/rules.js';
import type { Phase } from '../fields.js';
import type { OpenCase } from '../state.js';

export const tookPart = (state: OpenCase, phases: readonly Phase[], by: LocalDate): boolean =>
  state.participations.some(({ phase, heldOn }) => phases.includes(phase) && heldOn <= by);

/** HARD for a decision and a conclusion. */
export function assertParticipation(state: OpenCase, phases: readonly Phase[], by: LocalDate): void {
  if (tookPart(state, phases, by)) return;
  throw ruleBroken('10', {
    on: by,
    detail: `Barnets medvirkning i fasen ${phases.join(' eller ')} er ikke registrert senest ${by}.`,
  });
}

/** SOFT for a plan and an evaluation. */
export const participationFlags = (
  state: OpenCase,
  phases: readonly Phase[],
  by: LocalDate,
): readonly Flag[] => (tookPart(state, phases, by) ? [] : [ruleFlag('10', 'participation-missing')]);
