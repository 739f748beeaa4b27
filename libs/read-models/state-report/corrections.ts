/** Entries as their corrections leave them, by the domain's own rules, for the statement that counts. */
import type { JsonObject, LocalDate } from '#forlop/domain';
import { effectiveEntries, isCorrection } from '#forlop/domain';

/** A row of an entry that a correction is about, or of a correction. */
export interface EntryRow {
  readonly eventId: string;
  readonly type: string;
  readonly data: JsonObject;
}

/** What the statement lays over an entry. */
export interface CorrectedEntry {
  readonly eventId: string;
  readonly retracted: boolean;
  readonly data: JsonObject;
  /** Events of the corrections, with commas between. */
  readonly ids: string;
}

type Recorded = Parameters<typeof effectiveEntries>[0][number];

/**
 * @param rows corrections and the entries that they are about, in the order of the store
 * @param until a correction that takes effect later does not count
 */
export function correctedEntries(rows: readonly EntryRow[], until: LocalDate): readonly CorrectedEntry[] {
  return effectiveEntries(rows.map(recordedOf), until).flatMap((entry) => {
    const { recorded, event, correctedBy, retractedBy } = entry;
    if (isCorrection(event)) return [];
    return [
      {
        eventId: recorded.eventId,
        retracted: retractedBy !== undefined,
        data: event.data,
        ids: correctedBy.map(({ eventId }) => eventId).join(','),
      },
    ];
  });
}

/**
 * An entry as the domain's function takes it. The rows of other entries hold some of their fields only, so they are given as
 * the one event whose fields nothing is derived from: what corrections do to an entry does not hang on its type.
 */
const recordedOf = ({ eventId, type, data }: EntryRow): Recorded => {
  const isOne = type === 'EntryCorrected' || type === 'EntryRetracted';
  return {
    eventId,
    event: { type: isOne ? type : 'StartMeetingHeld', data } as unknown as Recorded['event'],
  };
};
