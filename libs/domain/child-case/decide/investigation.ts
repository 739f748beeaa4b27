/** An investigation is opened and extended. */
import type { LocalDate } from '../../kernel/dates.js';
import { deadlineFlag, extendedInvestigationDeadline, investigationDeadline } from '../../law/deadlines.js';
import { isJudged } from '../../law/rulesets.js';
import { ruleBroken, ruleFlag } from '../../law/rules.js';
import type { CaseCommandOf } from '../commands.js';
import type { CaseEvent } from '../events.js';
import type { CaseState, Investigation, OpenCase, Referral } from '../state.js';
import {
  alreadyDone,
  assertLegalDate,
  assertNewIds,
  assertOrder,
  fieldError,
  found,
  isBlank,
  openCase,
} from './basics.js';
import { assertAge, assertStaysHere } from './age-and-place.js';
import { assertMayDecide } from './authority.js';
import { assertCodes } from './codes.js';

export function openInvestigation(
  command: CaseCommandOf<'OpenInvestigation'>,
  state: CaseState,
): CaseEvent[] {
  const { data, context } = command;
  const open = openCase(state);
  const on = data.startedOn;
  assertLegalDate(context, open, on, 'startedOn');
  assertNewIds(open, data.investigationId);
  if (Object.values(open.investigations).some(({ situation }) => situation === 'open')) {
    throw alreadyDone(on, 'En undersøkelse er allerede åpen i saken.');
  }
  const judged = isJudged(on);
  if (judged) {
    assertAge(open, on);
    assertStaysHere(open, context, on);
  }
  const referrals = citedReferrals(open, data.referralIds ?? [], on, judged);
  const firstReceivedOn = referrals.map(({ receivedOn }) => receivedOn).sort()[0] ?? on;
  assertOrder(firstReceivedOn, on, 'startedOn', 'meldingen ble mottatt');
  const event: CaseEvent = {
    type: 'InvestigationOpened',
    data: { ...data, dueOn: investigationDeadline(firstReceivedOn).dueOn },
  };
  if (!judged) return [event];
  return [
    { ...event, flags: data.planId === undefined ? [ruleFlag('05', 'investigation-plan-missing')] : [] },
  ];
}

/** Rule 05: each cited referral is one of the case, and at least one waits to be investigated. */
function citedReferrals(
  state: OpenCase,
  referralIds: readonly string[],
  on: LocalDate,
  judged: boolean,
): readonly Referral[] {
  const referrals = referralIds.map((id) => state.referrals[id]);
  const known = referrals.filter((referral) => referral !== undefined);
  if (!judged) return known;
  const isOpen = known.some((r) => r.situation === 'assessed' && r.conclusion === 'INVESTIGATE');
  if (isOpen && known.length === referrals.length) return known;
  throw ruleBroken('05', {
    on,
    detail: isOpen
      ? 'En av meldingene det er vist til, finnes ikke i saken.'
      : 'Ingen av meldingene er gjennomgått og skal undersøkes.',
    feil: [fieldError('/referralIds', 'unknown', 'Vis til en melding som er konkludert med INVESTIGATE.')],
  });
}

export function extendInvestigation(
  command: CaseCommandOf<'ExtendInvestigation'>,
  state: CaseState,
): CaseEvent[] {
  const { data, context } = command;
  const open = openCase(state);
  const on = data.extendedOn;
  const investigation = found(
    open.investigations[data.investigationId],
    'Undersøkelsen finnes ikke i saken.',
  );
  if (isJudged(on)) assertMayDecide(context, data.decidedBy, on);
  assertLegalDate(context, open, on, 'extendedOn');
  assertOrder(investigation.startedOn, on, 'extendedOn', 'undersøkelsen startet');
  if (investigation.situation === 'concluded' && investigation.concludedOn < on) {
    throw alreadyDone(on, 'Undersøkelsen er allerede avsluttet.');
  }
  const granted = String(data.granted);
  assertCodes('utvidetFrist', [granted], on, '/granted');
  const event: CaseEvent = { type: 'InvestigationExtended', data: { ...data, granted } };
  if (!isJudged(on)) return [event];
  assertExtension(data, granted === '1', investigation);
  const limit = investigationDeadline(investigation.firstReceivedOn);
  const late = granted === '1' ? deadlineFlag(limit, 'extension-late', on, '07') : undefined;
  return [{ ...event, flags: late === undefined ? [] : [late] }];
}

/** Rule 07: a special case, said why, longer than before and at most six months in total. */
function assertExtension(
  { extendedOn: on, reason, newDueOn }: CaseCommandOf<'ExtendInvestigation'>['data'],
  granted: boolean,
  { firstReceivedOn, extendedTo }: Investigation,
): void {
  const invalid = (detail: string, field: string, melding: string) =>
    ruleBroken('07', { on, detail, feil: [fieldError(field, 'extension-invalid', melding)] });
  if (isBlank(reason)) {
    throw invalid('Begrunnelsen mangler.', '/reason', 'Skriv hvorfor tilfellet er særlig.');
  }
  if (!granted) return;
  const last = extendedInvestigationDeadline(firstReceivedOn).dueOn;
  const current = extendedTo ?? investigationDeadline(firstReceivedOn).dueOn;
  if (newDueOn === undefined || newDueOn <= current || newDueOn > last) {
    throw invalid(
      `Ny frist må være etter ${current} og senest ${last}, seks måneder i alt.`,
      '/newDueOn',
      `Skriv en dato etter ${current} og senest ${last}.`,
    );
  }
}
