/** Facts of the service itself, made ready to append: nothing in them is sealed, and nobody asked for them. */
import { envelopeIn, traceparentNow } from '#forlop/command-handling';
import {
  allEvents,
  deadlineEventIdName,
  deadlineProvisions,
  rulesetAt,
  startOfDayOslo,
} from '#forlop/domain';
import type { Actor, DeadlineEvent, DeadlineState, Envelope, IdentifiedDeadline } from '#forlop/domain';
import type { EventToAppend, StoredEvent } from '#forlop/event-store';
import { named } from './named.js';

/** The service itself: it belongs to no organisation, and keeps the file without a part in the case, as an archivist does. */
export const DEADLINE_WATCH: Actor = {
  subjectId: 'system:deadline-watch',
  role: 'ARKIVAR',
  orgNumber: '0192:000000000',
};

/** What the facts come from. */
export interface Grounds {
  /** Of the case or request, from the first. */
  readonly entries: readonly StoredEvent[];
  /** Of the deadlines, before the facts. */
  readonly state: DeadlineState;
  readonly standing: readonly IdentifiedDeadline[];
}

/**
 * With ids that follow from what is said: the municipality, the deadline, the kind of fact, and its place among the facts about
 * that deadline. So the same fact has one id, whoever says it.
 */
export function encodeFacts(
  streamId: string,
  facts: readonly DeadlineEvent[],
  { entries, state, standing }: Grounds,
): EventToAppend[] {
  const envelopes = new Map(entries.map((entry) => [entry.eventId, entry]));
  const first = envelopeIn(entries[0] as StoredEvent);
  const latest = entries.at(-1) as StoredEvent;
  const { protection } = envelopeIn(latest);
  const metBy = new Map(standing.map((one) => [one.deadlineId, one.metByEventId]));
  const places = new Map<string, number>();
  return facts.map((fact) => {
    const { type, data } = fact;
    const { deadlineId, rule, on, triggerEventId } = data;
    const place = places.get(deadlineId) ?? state[deadlineId]?.facts ?? 0;
    places.set(deadlineId, place + 1);
    const eventId = named(deadlineEventIdName(first.municipalityNumber, deadlineId, type, place));
    const cause = type === 'DeadlineMet' ? (metBy.get(deadlineId) ?? triggerEventId) : triggerEventId;
    const { municipalityNumber, districtNumber } = first;
    const envelope: Envelope = {
      eventId,
      streamId,
      type,
      schemaVersion: schemaVersionOf(type),
      occurredAt: startOfDay(on),
      actor: DEADLINE_WATCH,
      municipalityNumber,
      ...(districtNumber === undefined ? {} : { districtNumber }),
      legalBasis: deadlineProvisions(rule, on),
      correlationId: envelopeIn(envelopes.get(cause) ?? latest).correlationId,
      ...traceparentNow(),
      causationId: cause,
      commandId: eventId,
      rulesetVersion: rulesetAt(on),
      protection,
      journalRelevant: false,
      flags: fact.flags ?? [],
    };
    return {
      eventId,
      type,
      schemaVersion: envelope.schemaVersion,
      payload: JSON.stringify({ data, sealed: [] }),
      metadata: JSON.stringify(envelope),
    };
  });
}

function schemaVersionOf(type: string): number {
  const definition = allEvents[type];
  if (definition === undefined) throw new TypeError(`No event of type ${type} is defined.`);
  return definition.schemaVersion;
}

/** The calendar of the platform is asked once a day: a catch-up says thousands of facts of the same days. */
const starts = new Map<string, string>();
const MOST_DAYS = 10_000;

function startOfDay(on: string): string {
  const known = starts.get(on);
  if (known !== undefined) return known;
  const start = startOfDayOslo(on);
  if (starts.size >= MOST_DAYS) starts.clear();
  starts.set(on, start);
  return start;
}
