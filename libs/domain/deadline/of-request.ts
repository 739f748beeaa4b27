/** D15 and D16: the deadlines of a request for access (innsynsbegjæring). Pure. */
import type { AccessRequestEvent } from '../access-request/events.js';
import { osloDate } from '../kernel/dates.js';
import { accessComplaintDeadline, accessDeadline } from '../law/deadlines.js';
import { metBy, type StandingDeadline } from './standing.js';

export interface RecordedInRequest {
  readonly eventId: string;
  readonly event: AccessRequestEvent;
}

/** D15 is met by the first decision; each refusal, also one that was decided anew, gives its own time to complain. */
export function requestDeadlines(entries: readonly RecordedInRequest[]): StandingDeadline[] {
  const [first] = entries;
  if (first?.event.type !== 'InnsynRequested') return [];
  const { requestId, receivedAt } = first.event.data;
  const decisions = entries.flatMap(({ eventId, event }) =>
    event.type === 'InnsynDecided' ? [{ eventId, ...event.data }] : [],
  );
  const [decided] = decisions;
  const receivedOn = osloDate(receivedAt);
  const asked = { subject: requestId, triggerEventId: first.eventId, triggeredOn: receivedOn };
  return [
    metBy(
      { ...accessDeadline(receivedOn), kind: 'duty', slot: 'D15', ...asked },
      decided && { eventId: decided.eventId, on: decided.decidedOn },
    ),
    ...decisions
      .filter(({ complaintDueOn }) => complaintDueOn !== undefined)
      .map(({ eventId, decidedOn }) => ({
        ...accessComplaintDeadline(decidedOn),
        kind: 'limit' as const,
        slot: `D16:${eventId}`,
        subject: requestId,
        triggerEventId: eventId,
        triggeredOn: decidedOn,
      })),
  ];
}
