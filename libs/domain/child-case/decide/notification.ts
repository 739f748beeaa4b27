/** A decision is notified (rules 25 and 26; bvl §12-2, fvl §27). */
import type { LocalDate } from '../../kernel/dates.js';
import type { Flag } from '../../kernel/flags.js';
import { isJudged } from '../../law/rulesets.js';
import { ruleBroken, ruleFlag } from '../../law/rules.js';
import type { CaseCommandOf } from '../commands.js';
import { complaintDue } from '../derived.js';
import type { CaseEvent } from '../events.js';
import type { CaseState, Decision, OpenCase } from '../state.js';
import { assertLegalDate, assertNotFuture, assertOrder, fieldError, found, openCase } from './basics.js';
import { entitledToNotice } from './people.js';

type Notification = CaseCommandOf<'NotifyDecision'>['data'];

export function notifyDecision(
  { data, context }: CaseCommandOf<'NotifyDecision'>,
  state: CaseState,
): CaseEvent[] {
  const open = openCase(state);
  const on = data.notifiedOn;
  const decision = found(open.decisions[data.decisionId], 'Vedtaket finnes ikke i saken.');
  assertLegalDate(context, open, on, 'notifiedOn');
  assertOrder(decision.decidedOn, on, 'notifiedOn', 'vedtaket ble truffet');
  data.recipients.forEach(({ sentOn, reachedOn }, index) => {
    assertNotFuture(context, sentOn, `/recipients/${index}/sentOn`);
    assertOrder(decision.decidedOn, sentOn, `/recipients/${index}/sentOn`, 'vedtaket ble truffet');
    if (reachedOn === undefined) return;
    assertNotFuture(context, reachedOn, `/recipients/${index}/reachedOn`);
    assertOrder(sentOn, reachedOn, `/recipients/${index}/reachedOn`, 'underretningen ble sendt');
  });
  const complaintDueOn = complaintDue(data);
  const event: CaseEvent = {
    type: 'DecisionNotified',
    data: { ...data, ...(complaintDueOn === undefined ? {} : { complaintDueOn }) },
  };
  if (!isJudged(on)) return [event];
  assertLawfulOmissions(data, on);
  assertContent(data, on);
  return [{ ...event, flags: [...notReached(open, decision, data), ...suspension(data)] }];
}

/** Rule 25: a parent who is no party may be left out for danger or absence, a party only where notice is plainly needless. */
function assertLawfulOmissions({ omitted = [] }: Notification, on: LocalDate): void {
  const unlawful = omitted.flatMap(({ capacity, reason }, index) =>
    (capacity === 'PART') === (reason === 'APENBART_UNODVENDIG') ? [] : [`/omitted/${index}/reason`],
  );
  if (unlawful.length === 0) return;
  throw ruleBroken('25', {
    on,
    detail: 'En underretning er utelatt av en grunn som ikke er lovlig for den personen.',
    feil: unlawful.map((felt) =>
      fieldError(felt, 'omission-not-lawful', 'Velg en grunn som er lovlig for personen.'),
    ),
  });
}

/** Rule 26, the part that is HARD. */
function assertContent({ includes }: Notification, on: LocalDate): void {
  const parts = ['complaintRight', 'body', 'deadline', 'procedure', 'accessRight'] as const;
  const missing = parts.filter((part) => includes?.[part] !== true);
  if (missing.length === 0) return;
  throw ruleBroken('26', {
    on,
    detail: 'Underretningen mangler opplysninger som loven krever.',
    feil: missing.map((part) =>
      fieldError(`/includes/${part}`, 'notification-incomplete', 'Opplys om dette, og bekreft det.'),
    ),
  });
}

const suspension = ({ includes }: Notification): readonly Flag[] =>
  includes?.suspension === true ? [] : [ruleFlag('26', 'suspension-not-mentioned')];

/** Rule 25, the part that is SOFT: someone who must be told is in no notice of the decision, in the capacity that counts. */
function notReached(state: OpenCase, { notices }: Decision, data: Notification): readonly Flag[] {
  const told = [...notices.flatMap((notice) => notice.told), ...data.recipients, ...(data.omitted ?? [])];
  const isTold = (personRef: string, capacity: string): boolean =>
    told.some((t) => t.personRef === personRef && (t.capacity === 'PART' || t.capacity === capacity));
  const entitled = entitledToNotice(state, data.notifiedOn);
  return entitled.every(({ personRef, capacity }) => isTold(personRef, capacity))
    ? []
    : [ruleFlag('25', 'not-notified')];
}
