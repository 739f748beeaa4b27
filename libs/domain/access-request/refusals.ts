/** What becomes of a refusal: it lifts when an investigation ends (rule 56), or a representative is offered it (rule 57). */
import type { LocalDate } from '../kernel/dates.js';
import { isForRepresentative } from './provisions.js';
import type { AccessRequestState } from './state.js';

export interface TemporaryRefusal {
  readonly documentId: string;
  readonly caseId: string;
  readonly investigationId: string;
}

export interface LiftedRefusal extends TemporaryRefusal {
  /** When the investigation was concluded: from that day the refusal has no ground, and the document is assessed anew. */
  readonly liftedOn: LocalDate;
}

/** Documents that are refused for as long as an investigation lasts, whether or not a decision has been made on them. */
export const temporaryRefusals = (state: AccessRequestState): readonly TemporaryRefusal[] =>
  state.situation === 'none'
    ? []
    : Object.entries(state.assessments).flatMap(([documentId, { caseId, investigationId }]) =>
        investigationId === undefined ? [] : [{ documentId, caseId, investigationId }],
      );

/**
 * Which refusals have lifted, and when: each is a task, to assess the document anew and to decide on it. `concludedOn` holds
 * the investigations that are concluded, by id.
 */
export const liftedRefusals = (
  state: AccessRequestState,
  concludedOn: Readonly<Record<string, LocalDate>>,
): readonly LiftedRefusal[] =>
  temporaryRefusals(state).flatMap((refusal) => {
    const liftedOn = concludedOn[refusal.investigationId];
    return liftedOn === undefined ? [] : [{ ...refusal, liftedOn }];
  });

/** Documents that something is withheld of which a representative is told on request, unless special reasons speak against it. */
export const offeredToRepresentative = (state: AccessRequestState): readonly string[] =>
  state.situation === 'none'
    ? []
    : Object.entries(state.assessments).flatMap(([documentId, { decided, exemption }]) =>
        decided && exemption !== undefined && isForRepresentative(exemption) ? [documentId] : [],
      );
