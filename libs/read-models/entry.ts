/** What every read model takes from an event's envelope. Pure. */
import type { Envelope, JsonObject, LocalDate } from '#forlop/domain';
import { addVirkedager, caseStream, deadlineStream, osloDate, personStream } from '#forlop/domain';
import type { ProjectedEvent, Row } from '#forlop/projections';

export const CASE_STREAM = caseStream('');
export const PERSON_STREAM = personStream('');
export const ACCESS_STREAM = 'accesslog-';
export const REPORT_STREAM = 'statereport-';
export const DEADLINE_STREAM = deadlineStream('');

/** Virkedager after which an entry counts as back-dated (model.md section 0, P). */
const PROMPT_WITHIN = 3;

/** The envelope as the domain knows it; command handling is the only one that writes it. */
export const envelopeOf = (event: ProjectedEvent): Envelope => event.envelope as unknown as Envelope;

/** The id in a stream's name, or undefined for a stream of another kind. */
export const idIn = (prefix: string, streamId: string): string | undefined =>
  streamId.startsWith(prefix) ? streamId.slice(prefix.length) : undefined;

/** Who a row belongs to: what row-level security goes by. */
export function ownerOf({ municipalityNumber, districtNumber }: Envelope): Row {
  return { municipality: municipalityNumber, district: districtNumber ?? null };
}

/**
 * Whether it was recorded more than three virkedager after the day it happened, both days in Oslo: on the fourth or later.
 * What is recorded in the weekend after the third is still prompt.
 */
export const isBackDated = (occurredAt: string, recordedAt: string): boolean =>
  osloDate(recordedAt) >= lateFrom(osloDate(occurredAt));

/** The first day on which an entry about this one is late. Kept: a rebuild asks it of a few thousand days, millions of times. */
function lateFrom(day: LocalDate): LocalDate {
  const found = lateDays.get(day) ?? addVirkedager(day, PROMPT_WITHIN + 1);
  if (lateDays.size < MOST_DAYS) lateDays.set(day, found);
  return found;
}
const lateDays = new Map<LocalDate, LocalDate>();
const MOST_DAYS = 50_000;

let last: { readonly event: ProjectedEvent; readonly entry: Row } | undefined;

/** The columns that the chronology and the audit trail have in common. Both ask for those of an event, one after the other. */
export function entryOf(event: ProjectedEvent): Row {
  if (last?.event !== event) last = { event, entry: newEntry(event) };
  return last.entry;
}

function newEntry(event: ProjectedEvent): Row {
  const envelope = envelopeOf(event);
  return {
    position: event.position,
    revision: event.revision,
    event_id: event.eventId,
    type: event.type,
    schema_version: event.schemaVersion,
    occurred_at: envelope.occurredAt,
    occurred_at_given: envelope.occurredAt,
    recorded_at: event.recordedAt,
    actor: envelope.actor as unknown as JsonObject,
    legal_basis: envelope.legalBasis as unknown as JsonObject[],
    ruleset_version: envelope.rulesetVersion,
    flags: envelope.flags as unknown as JsonObject[],
    back_dated: isBackDated(envelope.occurredAt, event.recordedAt),
    ...ownerOf(envelope),
  };
}
