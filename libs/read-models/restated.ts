/** A case's stream as its corrections have it, for projections that keep what counts and not what was said. Pure. */
import type { CaseEvent, CaseFact, Field, JsonObject, Recorded } from '#forlop/domain';
import {
  allEvents,
  effectiveEntries,
  isCorrection,
  legalDateIn,
  patched,
  rulesetAt,
  startOfDayOslo,
} from '#forlop/domain';
import type { ProjectedEvent, Restating } from '#forlop/projections';
import { CASE_STREAM, envelopeOf } from './entry.js';

/** A stored event whose texts are opened at read time. */
export interface Sealed {
  readonly eventId: string;
  readonly type: string;
  readonly schemaVersion: number;
  readonly payload: string;
}

/** What opening a corrected event takes beside its own payload. */
export interface Amended {
  /** The corrections that count, oldest first. Their texts are sealed with them, so they are laid over at read time. */
  readonly corrections: readonly Sealed[];
  /** What the service computes of it, as it is by now. */
  readonly computed: JsonObject;
}

/** An event with its place and times as it was recorded, and its data as corrected. */
export interface RestatedEvent extends ProjectedEvent {
  /** No longer counts. */
  readonly retracted?: true;
  readonly amended?: Amended;
}

/** The events of a case's stream, all of them, from the first: none is lost, those that no longer count are marked. */
export function restatedCase(events: readonly ProjectedEvent[]): readonly RestatedEvent[] {
  const entries = events.map((event) => ({ eventId: event.eventId, event: factIn(event), stored: event }));
  return effectiveEntries(entries).map(({ recorded, event, correctedBy, retractedBy }) => {
    if (retractedBy !== undefined) return { ...recorded.stored, retracted: true };
    if (isCorrection(event) || !differs(recorded, event)) return recorded.stored;
    return restated(
      recorded.stored,
      event,
      correctedBy.map(({ stored }) => stored),
    );
  });
}

/** For a projection whose tables all tell their rows by `case_id`. */
export const restatingCases: Restating = {
  on: ['EntryCorrected', 'EntryRetracted'],
  column: 'case_id',
  keyOf: (streamId) => streamId.slice(CASE_STREAM.length),
  restate: restatedCase,
};

/** The clear part of an event is enough for what counts: corrections name entries, fields and days. */
const factIn = (event: ProjectedEvent): CaseFact =>
  ({ type: event.type, data: event.data, flags: envelopeOf(event).flags }) as unknown as CaseFact;

const differs = ({ event }: Recorded, now: CaseFact): boolean =>
  JSON.stringify(event.data) !== JSON.stringify(now.data) || event.flags !== now.flags;

function restated(
  stored: ProjectedEvent,
  event: CaseEvent,
  corrections: readonly ProjectedEvent[],
): RestatedEvent {
  const legalDate = legalDateIn(event);
  const data = event.data as unknown as JsonObject;
  const occurredAt = data[allEvents[event.type]?.legalDate ?? ''];
  return {
    ...stored,
    data,
    envelope: {
      ...stored.envelope,
      occurredAt: occurredAt === legalDate ? startOfDayOslo(legalDate) : (occurredAt ?? null),
      rulesetVersion: rulesetAt(legalDate),
      flags: (event.flags ?? []) as unknown as readonly JsonObject[],
    },
    amended: { corrections: corrections.map(sealedIn), computed: computedOf(event.type, data) },
  };
}

const sealedIn = ({ eventId, type, schemaVersion, payload }: ProjectedEvent): Sealed => ({
  eventId,
  type,
  schemaVersion,
  payload,
});

/** The computed fields of a type; a birth is copied, not computed from other fields, and sealed. */
const isComputed = (field: Field | undefined): boolean => field?.computed === true && field.kind !== 'record';

const computedOf = (type: string, data: JsonObject): JsonObject =>
  Object.fromEntries(Object.entries(data).filter(([name]) => isComputed(allEvents[type]?.shape[name])));

/** The data of an event with the corrections over it, once all are opened. */
export function amendedData(
  type: string,
  data: JsonObject,
  corrections: readonly JsonObject[],
  computed: JsonObject,
): JsonObject {
  const corrected = corrections.reduce<object>(
    (before, { newValues, removed }) =>
      patched(before, {
        newValues: newValues as JsonObject,
        ...(removed === undefined ? {} : { removed: removed as readonly string[] }),
      }),
    data,
  ) as JsonObject;
  const given = Object.entries(corrected).filter(([name]) => !isComputed(allEvents[type]?.shape[name]));
  return { ...Object.fromEntries(given), ...computed };
}
