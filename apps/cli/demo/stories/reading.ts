/** Reading a case back: what was recorded must be there, in order, once, and so must the reads. */
import type { LocalDate, Role } from '#forlop/domain';
import { itemsOf, textIn } from '../client.js';
import { caseOf } from '../found.js';
import type { PlayedStep, Step } from '../step.js';

const CASE = '/cases/{caseId}';
export const HISTORY = `${CASE}/history`;
export const AUDIT_TRAIL = `${CASE}/audit-trail`;

export const read = (
  title: string,
  command: string,
  path: Step['path'],
  on: LocalDate,
  as: Role,
  check: NonNullable<Step['check']>,
): Step => ({ title, on, as, command, method: 'GET', path, expected: { status: 200 }, check });

/** The overview, which must show the case in this state. */
export const overview = (title: string, on: LocalDate, state: string, as: Role = 'SAKSBEHANDLER'): Step =>
  read(title, 'GetCase', CASE, on, as, (answer) => {
    const found = textIn(answer, 'state');
    return found === state ? [] : [`saken står i ${found ?? 'ingen tilstand'}, ventet ${state}`];
  });

/** Chronology and audit trail, read at the end. */
export const readBack = (today: LocalDate): readonly Step[] => [
  read('Saksforløpet leses tilbake', 'GetCaseHistory', HISTORY, today, 'SAKSBEHANDLER', (answer, played) => {
    const found = itemsOf(answer).map((item) => textIn(item, 'eventId'));
    const expected = idsOnCase(played);
    return JSON.stringify(found) === JSON.stringify(expected)
      ? []
      : [`forløpet har ${found.length} hendelser, ventet ${expected.length} i samme rekkefølge`];
  }),
  read(
    'Revisjonssporet leses tilbake',
    'GetCaseAuditTrail',
    AUDIT_TRAIL,
    today,
    'LEDER',
    (answer, played) => {
      const items = itemsOf(answer);
      const found = new Set(items.map((item) => textIn(item, 'eventId')));
      const missing = idsOnCase(played).filter((eventId) => !found.has(eventId));
      const reads = items.filter((item) => textIn(item, 'type') === 'CaseHistoryAccessed');
      return [
        ...(missing.length > 0 ? [`revisjonssporet mangler ${missing.length} hendelser`] : []),
        ...(reads.length > 0 ? [] : ['revisjonssporet viser ingen innsyn i saken']),
      ];
    },
  ),
];

/** The events that the accepted commands were answered with, as far as they are in the case's own stream. */
const idsOnCase = (played: readonly PlayedStep[]): readonly string[] => {
  const stream = `childcase-${caseOf(played, 0)}`;
  return played.flatMap(({ actual }) =>
    actual.events.filter(({ streamId }) => streamId === stream).map(({ eventId }) => eventId),
  );
};
