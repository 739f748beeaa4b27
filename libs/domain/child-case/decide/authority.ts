/** Rule 19: who decides. The role itself is judged before `decide`; here it is whether that role may decide this. */
import type { CommandContext } from '../../kernel/decider.js';
import type { LocalDate } from '../../kernel/dates.js';
import { ruleBroken } from '../../law/rules.js';
import { fieldError, isBlank } from './basics.js';

export interface DecidedBy {
  readonly personRef?: string;
  readonly delegation?: string;
}

/** The leader decides; a saksbehandler does by a delegation that is stated. Throws `not-authorised-to-decide`. */
export function assertMayDecide(
  { by }: CommandContext,
  decidedBy: DecidedBy | undefined,
  on: LocalDate,
): void {
  if (by.role === 'LEDER') return;
  if (by.role === 'SAKSBEHANDLER' && !isBlank(decidedBy?.delegation)) return;
  throw ruleBroken('19', {
    on,
    detail: 'Saksbehandler treffer vedtak bare etter delegasjon, og ingen delegasjon er oppgitt.',
    feil: [fieldError('/decidedBy/delegation', 'required', 'Oppgi delegasjonen vedtaket er truffet etter.')],
  });
}
