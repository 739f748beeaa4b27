import { caseStateIn, childCase } from '#forlop/domain';
import type { CaseEntry, CaseFact, CaseState } from '#forlop/domain';
import type { ReadEvent } from './codec.js';
import { load } from './stream.js';
import type { Admission, Loaded, StreamDeps } from './stream.js';

/** A case as its commands are judged by it: folded from what its entries say by now, corrections taken into account. */
export async function loadCaseStream(
  deps: StreamDeps,
  streamId: string,
  admission?: Admission,
): Promise<Loaded<CaseState>> {
  const decider = { initialState: childCase.initialState, evolve: unfolded };
  const loaded = await load(deps, decider, streamId, admission);
  return { ...loaded, state: caseStateIn(entriesOf(loaded.events)) };
}

/** What an event means hangs on those after it, so the state is folded once all are read. */
const unfolded = (state: CaseState): CaseState => state;

/** The events of a case's stream as entries that can be corrected. */
export const entriesOf = (events: readonly ReadEvent[]): readonly CaseEntry[] =>
  events.map(({ event, envelope, recordedAt }) => ({
    eventId: envelope.eventId,
    event: event as CaseFact,
    recordedAt,
    by: envelope.actor,
    municipality: envelope.municipalityNumber,
    ...(envelope.districtNumber === undefined ? {} : { district: envelope.districtNumber }),
  }));
