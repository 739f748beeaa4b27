/** What the commands to a request for access are judged by alike. */
import type { LocalDate } from '../../kernel/dates.js';
import type { CommandContext } from '../../kernel/decider.js';
import { RuleBroken, type FieldError } from '../../kernel/errors.js';
import { refuseFuture } from '../../kernel/legal-date.js';
import { provision } from '../../kernel/law-reference.js';
import { assertOrder } from '../../child-case/decide/basics.js';
import { ruleBroken } from '../../law/rules.js';
import type { AccessRequestState, InnsynDecision, OpenRequest } from '../state.js';

/** Throws `not-found` for a request that was never received. */
export function openRequest(state: AccessRequestState): OpenRequest {
  if (state.situation === 'requested') return state;
  throw new RuleBroken({
    slug: 'not-found',
    detail: 'Innsynsbegjæringen finnes ikke.',
    losning: 'Kontroller id-en i adressen.',
  });
}

/** Neither in the future nor before what it follows; throws `date-in-future` or `date-out-of-order`. */
export function assertDate(
  { today }: CommandContext,
  field: string,
  on: LocalDate,
  after: Readonly<Record<string, LocalDate>>,
): void {
  refuseFuture(today, { [field]: on });
  for (const [than, earlier] of Object.entries(after)) assertOrder(earlier, on, field, than);
}

/** What happens once has happened. */
export const alreadyDone = (detail: string, losning: string): RuleBroken =>
  new RuleBroken({ slug: 'already-done', detail, losning });

/** Rule 55: a refusal that does not say what it rests on. */
export const basisMissing = (on: LocalDate, detail: string, feil: readonly FieldError[]): RuleBroken =>
  ruleBroken('55', { on, detail, feil });

/** The last decision; throws `no-decision`. */
export function lastDecision({ decisions }: OpenRequest): InnsynDecision {
  const last = decisions.at(-1);
  if (last !== undefined) return last;
  throw new RuleBroken({
    slug: 'no-decision',
    law: [provision('FVL1967', '21', 1)],
    detail: 'Innsynsbegjæringen er ikke avgjort.',
    losning: 'Vurder dokumentene og avgjør begjæringen først.',
  });
}
