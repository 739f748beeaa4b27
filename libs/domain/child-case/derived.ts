/** Fields of an event that follow from others of it, and from earlier entries: they are told anew when those are corrected. */
import { daysBetween, osloDate, type LocalDate } from '../kernel/dates.js';
import type { Flag } from '../kernel/flags.js';
import {
  complaintDeadline,
  daysLate,
  investigationDeadline,
  planDeadline,
  receiptDeadline,
  reviewDeadline,
} from '../law/deadlines.js';
import { isJudged } from '../law/rulesets.js';
import type { CaseEvent, CaseEventOf } from './events.js';
import type { CaseState, Investigation } from './state.js';

/** The event with these fields as they are in the state before it. Needs no text, so it works on what is sealed too. */
export function withDerived(event: CaseEvent, before: CaseState): CaseEvent {
  switch (event.type) {
    case 'ReferralReceived': {
      const receivedOn = osloDate(event.data.receivedAt);
      const [reviewDueOn, receiptDueOn] = [
        reviewDeadline(receivedOn).dueOn,
        receiptDeadline(receivedOn).dueOn,
      ];
      return { ...event, data: { ...event.data, reviewDueOn, receiptDueOn } };
    }
    case 'ReferralAssessed':
      return { ...event, data: { ...event.data, deadlineBreached: isReviewedLate(event.data, before) } };
    case 'InvestigationOpened':
      return { ...event, data: { ...event.data, dueOn: investigationDue(event.data, before) } };
    case 'InvestigationConcluded':
      return { ...event, data: { ...event.data, deadlineBreached: isConcludedLate(event.data, before) } };
    case 'MeasureDecided':
      return { ...event, data: { ...event.data, planDueOn: planDeadline(event.data.decidedOn).dueOn } };
    case 'DecisionNotified':
      return { ...event, data: notified(event.data) };
    default:
      return event;
  }
}

type DataOf<T extends CaseEvent['type']> = CaseEventOf<T>['data'];

function isReviewedLate(data: DataOf<'ReferralAssessed'>, before: CaseState): boolean {
  const referral = before.situation === 'open' ? before.referrals[data.referralId] : undefined;
  if (referral === undefined || !isJudged(data.assessedOn)) return data.deadlineBreached;
  return daysLate(reviewDeadline(referral.receivedOn), data.assessedOn) > 0;
}

/** D4, from the first of its referrals. */
function investigationDue(data: DataOf<'InvestigationOpened'>, before: CaseState): LocalDate {
  const received = (data.referralIds ?? [])
    .flatMap((id) => (before.situation === 'open' ? (before.referrals[id]?.receivedOn ?? []) : []))
    .sort();
  return received[0] === undefined ? data.dueOn : investigationDeadline(received[0]).dueOn;
}

function isConcludedLate(data: DataOf<'InvestigationConcluded'>, before: CaseState): boolean {
  const investigation = before.situation === 'open' ? before.investigations[data.investigationId] : undefined;
  if (investigation === undefined || !isJudged(data.concludedOn)) return data.deadlineBreached;
  return conclusionLateness(investigation, data.concludedOn).length > 0;
}

/** D4, or the day that it was extended to (D5). */
export function conclusionLateness(
  { firstReceivedOn, extendedTo }: Investigation,
  on: LocalDate,
): readonly Flag[] {
  const dueOn = extendedTo ?? investigationDeadline(firstReceivedOn).dueOn;
  const late = daysBetween(dueOn, on);
  const rule = extendedTo === undefined ? 'D4' : 'D5';
  return late > 0 ? [{ rule, slug: 'investigation-late', dueOn, daysLate: late }] : [];
}

function notified({ complaintDueOn: _, ...data }: DataOf<'DecisionNotified'>): DataOf<'DecisionNotified'> {
  const complaintDueOn = complaintDue(data);
  return { ...data, ...(complaintDueOn === undefined ? {} : { complaintDueOn }) };
}

/** D12 for the party who was reached last, moved to the next virkedag as a party's deadline is. */
export function complaintDue({
  recipients,
}: Pick<DataOf<'DecisionNotified'>, 'recipients'>): LocalDate | undefined {
  const reached = recipients
    .filter(({ capacity }) => capacity === 'PART')
    .map(({ reachedOn }) => reachedOn)
    .filter((on) => on !== undefined)
    .sort()
    .at(-1);
  return reached === undefined ? undefined : complaintDeadline(reached).dueOnRolled;
}
