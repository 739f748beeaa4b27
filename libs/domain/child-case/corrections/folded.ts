/**
 * The state of a case at a revision, to go on from when later events are known. A correction changes what earlier entries
 * say, so nothing folded before it can be gone on from: the whole stream is folded again.
 */
import { withDerived } from '../derived.js';
import { evolve } from '../evolve.js';
import type { CaseState } from '../state.js';
import { caseStateIn, type Recorded } from './effective.js';
import { isCorrection, type CaseFact } from './events.js';

/** Raised when `CaseState` or what `evolve` makes of an event changes: what was kept in another shape is then left alone. */
export const FOLDED_CASE_VERSION = 1;

export interface FoldedCase {
  readonly state: CaseState;
  /** Some entry is a correction: what is computed of later events is computed anew. */
  readonly corrected: boolean;
}

/** A case of these entries, from the first. */
export const foldedCase = (entries: readonly Recorded[]): FoldedCase => ({
  state: caseStateIn(entries),
  corrected: entries.some(({ event }) => isCorrection(event)),
});

/** The same as folding the whole stream with this event at its end; `undefined` where only that tells. */
export function caseAfter({ state, corrected }: FoldedCase, event: CaseFact): FoldedCase | undefined {
  if (isCorrection(event)) return undefined;
  if (state.situation === 'none' && event.type !== 'ReferralReceived') return undefined;
  return { state: evolve(state, corrected ? withDerived(event, state) : event), corrected };
}
