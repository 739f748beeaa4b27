import { caseStateIn, caseStream, effectiveEntries } from '#forlop/domain';
import type { CaseEntry, CaseState, JsonObject, PackageEntry } from '#forlop/domain';
import type { Position, StoredEvent } from '#forlop/event-store';
import { entriesOf } from '../case-stream.js';
import { decode, envelopeIn } from '../codec.js';
import type { ReadEvent } from '../codec.js';
import { ownerOf } from '../owner.js';
import { upTo } from '../places.js';
import type { Owner } from '../request.js';
import type { Admission, StreamDeps } from '../stream.js';

/** A case as its file is shown: every event of it, with the place and the hash that the store gave it. */
export interface CaseFile {
  readonly caseId: string;
  readonly owner: Owner;
  readonly events: readonly ReadEvent[];
  readonly stored: readonly StoredEvent[];
  readonly entries: readonly CaseEntry[];
  readonly state: CaseState;
}

/** The case up to a position (see `upTo`), or all of it; `undefined` where nothing was stored by then. What is not admitted is never opened. */
export async function readCaseFile(
  { store, sealer }: StreamDeps,
  caseId: string,
  { until, admission }: { readonly until?: Position; readonly admission?: Admission } = {},
): Promise<CaseFile | undefined> {
  const stream = await store.readStream(caseStream(caseId));
  if (stream[0]) admission?.(envelopeIn(stream[0]));
  const stored = until === undefined ? stream : await upTo(store, stream, until);
  const events = await decode(sealer, stored);
  const [first] = events;
  if (first === undefined) return undefined;
  const entries = entriesOf(events);
  return {
    caseId,
    owner: ownerOf(first.envelope),
    events,
    stored,
    entries,
    state: caseStateIn(entries),
  };
}

/** An entry of the file, and whether it still counts: what was retracted stays in the list, and need not be assessed. */
export interface FileEntry extends PackageEntry {
  readonly retracted: boolean;
}

/** Every entry of a case as it is by now: as corrected, the corrections among them. */
export function fileEntries({ caseId, stored, entries }: CaseFile): readonly FileEntry[] {
  const placed = new Map(stored.map((event) => [event.eventId, event]));
  return effectiveEntries(entries).flatMap(({ recorded: { eventId }, event, correctedBy, retractedBy }) => {
    const place = placed.get(eventId);
    if (place === undefined) return [];
    return [
      {
        caseId,
        eventId,
        position: place.position,
        hash: place.hash,
        type: event.type,
        data: event.data as unknown as JsonObject,
        corrections: correctedBy.map((correction) => correction.eventId),
        retracted: retractedBy !== undefined,
      },
    ];
  });
}
