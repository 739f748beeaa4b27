/** Access is asked for (rule 54). */
import { osloDate, type LocalDate } from '../../kernel/dates.js';
import type { Actor } from '../../kernel/envelope.js';
import { RuleBroken, type FieldError } from '../../kernel/errors.js';
import { refuseFuture } from '../../kernel/legal-date.js';
import { fieldError, isBlank } from '../../child-case/decide/basics.js';
import { accessDeadline } from '../../law/deadlines.js';
import { ruleBroken } from '../../law/rules.js';
import { isJudged } from '../../law/rulesets.js';
import type { AccessRequestCommandOf } from '../commands.js';
import type { AccessRequestEvent } from '../events.js';
import { bears, standingIn, type KnownInCase } from '../standing.js';
import type { AccessRequestState } from '../state.js';

type Request = AccessRequestCommandOf<'RequestInnsyn'>['data'];

export function requestInnsyn(
  { data, context }: AccessRequestCommandOf<'RequestInnsyn'>,
  state: AccessRequestState,
): readonly AccessRequestEvent[] {
  if (state.situation !== 'none') {
    throw new RuleBroken({
      slug: 'id-in-use',
      detail: 'Innsynsbegjæringens id er allerede i bruk.',
      losning: 'Bruk en ny UUID, eller la tjenesten lage id-en.',
    });
  }
  assertForSelf(data, context.by);
  const on = osloDate(data.receivedAt);
  refuseFuture(context.today, { receivedAt: on });
  assertAfterStart(data.known, on);
  if (isJudged(on)) {
    assertIdentified(data, on);
    assertBasis(data, on);
  }
  const { known, ...request } = data;
  const standings = known.map((facts) => ({ caseId: facts.caseId, standing: standingIn(facts) }));
  return [{ type: 'InnsynRequested', data: { ...request, standings, dueOn: accessDeadline(on).dueOn } }];
}

/** A party asks for nobody else, whatever case it is about; throws `forbidden`. */
export function assertForSelf({ requester }: Pick<Request, 'requester'>, by: Actor): void {
  if (by.role !== 'PART' || requester.personRef === by.subjectId) return;
  throw new RuleBroken({
    slug: 'forbidden',
    detail: 'En part ber om innsyn bare for seg selv.',
    losning: 'Oppgi din egen personRef som den som ber om innsyn.',
  });
}

function assertAfterStart(known: readonly KnownInCase[], on: LocalDate): void {
  const latest = known
    .map(({ startedOn }) => startedOn)
    .sort()
    .at(-1);
  if (latest === undefined || latest <= on) return;
  throw new RuleBroken({
    slug: 'date-before-case',
    detail: `Datoen ${on} i receivedAt er før saken begynte ${latest}.`,
    losning: `Skriv et tidspunkt fra og med ${latest}, dagen den siste av sakene begynte.`,
    feil: [fieldError('/receivedAt', 'date-before-case', 'Skriv et tidspunkt etter at saken begynte.')],
  });
}

/** Somebody, and it is made sure who. */
function assertIdentified({ requester, identityProof }: Request, on: LocalDate): void {
  const isSomebody =
    requester.personRef !== undefined || requester.name !== undefined || !isBlank(requester.organisation);
  const feil: FieldError[] = [
    ...(isSomebody
      ? []
      : [fieldError('/requester', 'required', 'Oppgi personRef, name eller organisation.')]),
    ...(isBlank(identityProof)
      ? [fieldError('/identityProof', 'required', 'Skriv hvordan identiteten er kontrollert.')]
      : []),
  ];
  if (feil.length === 0) return;
  throw ruleBroken('54', { on, detail: 'Den som ber om innsyn, er ikke identifisert.', feil });
}

const UNFOUND = {
  PART_FVL18: 'er ikke vurdert som part',
  FORELDREANSVAR_UTEN_PARTSTATUS: 'er ikke registrert med foreldreansvar',
  TIDLIGERE_BARN: 'er ikke barnet saken gjaldt, eller har ikke fylt 18 år',
} as const;

/** The basis is found in each of the cases: party status in one says nothing of another. */
function assertBasis({ basis, known }: Request, on: LocalDate): void {
  if (basis === 'GDPR_15' || basis === 'OFFENTLEGLOVA' || basis === 'REPRESENTANT') return;
  const without = known.filter((facts) => !bears(basis, facts)).length;
  if (without === 0) return;
  throw ruleBroken('54', {
    on,
    detail: `Den som ber om innsyn, ${UNFOUND[basis]} i ${without} av ${known.length} saker.`,
    losning: 'Vurder partsstatus i saken først, eller oppgi det grunnlaget som gjelder.',
    feil: [fieldError('/basis', 'requester-not-identified', 'Velg grunnlaget som er funnet i saken.')],
  });
}
