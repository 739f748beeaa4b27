import type { AccessLogEvent, Actor } from '#forlop/domain';
import type { EventStore, Position, StoredEvent } from '#forlop/event-store';
import { clearDataIn, envelopeIn } from '../codec.js';
import { caseIdOf } from '../ids.js';

/** What to look for in the access log: each that is given must hold. */
export interface AccessLogSearch {
  readonly caseId?: string;
  /** A person: accesses to the person's own cases, and what an operator did to the person or with a token of the person. */
  readonly subject?: string;
  /** Subject of a token, the employee whom a machine acted for, or an operator (`operator:…`). */
  readonly actor?: string;
}

/** A read, an attempt that was refused, or an operator's act. Nothing of it is sealed. */
export type AccessLogEntry = AccessLogEvent['data'] & {
  readonly position: Position;
  readonly eventId: string;
  readonly type: AccessLogEvent['type'];
  /** UTC. */
  readonly recordedAt: string;
  readonly municipality: string;
  readonly district?: string;
  readonly actor: Actor;
};

const PAGE = 1000;
const LOGS = { streamPrefixes: ['accesslog-'] };

/**
 * The entries that were looked for, in the order of the store. Straight from the streams, whichever projector runs: a rare
 * act of an operator, so it may read all the logs. The caller records it as the read that it is.
 */
export async function accessLogEntries(
  store: Pick<EventStore, 'readAll'>,
  search: AccessLogSearch,
): Promise<readonly AccessLogEntry[]> {
  const found = new Map<string, AccessLogEntry>();
  for (let after: Position | null = null, more = true; more;) {
    const page = await store.readAll(after, PAGE, LOGS);
    for (const entry of page.events.map(entryOf)) {
      // An append whose answer was lost is repeated: an event id counts once.
      if (fits(entry, search) && !found.has(entry.eventId)) found.set(entry.eventId, entry);
    }
    after = page.position;
    more = page.events.length > 0;
  }
  return [...found.values()];
}

function entryOf(stored: StoredEvent): AccessLogEntry {
  const { municipalityNumber, districtNumber, actor } = envelopeIn(stored);
  const data = clearDataIn(stored) as unknown as AccessLogEvent['data'];
  return {
    position: stored.position,
    eventId: stored.eventId,
    type: stored.type as AccessLogEvent['type'],
    recordedAt: stored.recordedAt,
    municipality: municipalityNumber,
    ...(districtNumber === undefined ? {} : { district: districtNumber }),
    actor,
    ...data,
  };
}

const fits = (entry: AccessLogEntry, { caseId, subject, actor }: AccessLogSearch): boolean =>
  (caseId === undefined || casesIn(entry).includes(caseId)) &&
  (subject === undefined || concerns(entry, subject)) &&
  (actor === undefined || [entry.actor.subjectId, entry.actor.onBehalfOf].includes(actor));

/** The cases that an entry names. */
export const casesIn = (entry: AccessLogEntry): readonly string[] =>
  'caseIds' in entry ? entry.caseIds : [];

const concerns = (entry: AccessLogEntry, subject: string): boolean =>
  'target' in entry
    ? entry.target === subject || entry.target.endsWith(`:${subject}`)
    : entry.caseIds.includes(caseIdOf(entry.municipality, subject));
