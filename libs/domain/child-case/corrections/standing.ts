/** A case on a day, told shortly: its status, and the state of its measures, consents and plans. */
import type { LocalDate } from '../../kernel/dates.js';
import type { Consent, Measure, OpenCase } from '../state.js';
import { caseStatus, type CaseStatus } from '../status.js';

export type MeasureStands = 'PROPOSED' | 'CONSENTED' | 'DECIDED' | 'STARTED' | 'ENDED' | 'LAPSED';
export type ConsentStands = 'NOT_YET' | 'EFFECTIVE' | 'EXPIRED' | 'WITHDRAWN';
export type PlanStands = 'ESTABLISHED' | 'REVISED';

export interface Standing {
  readonly caseStatus: CaseStatus;
  readonly measures: readonly { readonly measureId: string; readonly state: MeasureStands }[];
  readonly consents: readonly { readonly consentId: string; readonly state: ConsentStands }[];
  readonly plans: readonly {
    readonly planId: string;
    readonly state: PlanStands;
    readonly version: number;
  }[];
}

export const standsAt = (state: OpenCase, on: LocalDate): Standing => ({
  caseStatus: caseStatus(state),
  measures: Object.entries(state.measures).map(([measureId, measure]) => ({
    measureId,
    state: measureStands(state, measureId, measure, on),
  })),
  consents: Object.entries(state.consents).map(([consentId, consent]) => ({
    consentId,
    state: consentStands(state, consent, on),
  })),
  plans: Object.entries(state.plans).map(([planId, { versions }]) => ({
    planId,
    state: versions.length > 1 ? 'REVISED' : 'ESTABLISHED',
    version: versions.length,
  })),
});

function measureStands(state: OpenCase, id: string, { situation }: Measure, on: LocalDate): MeasureStands {
  if (situation !== 'proposed') return situation.toUpperCase() as MeasureStands;
  const isConsented = Object.values(state.consents).some(
    (consent) => consent.kind === 'TILTAK' && consent.subjectIds.includes(id) && !isWithdrawn(consent, on),
  );
  return isConsented ? 'CONSENTED' : 'PROPOSED';
}

function consentStands(state: OpenCase, consent: Consent, on: LocalDate): ConsentStands {
  if (isWithdrawn(consent, on)) return 'WITHDRAWN';
  if (on < consent.validFrom) return 'NOT_YET';
  if (consent.validTo !== undefined) return on <= consent.validTo ? 'EFFECTIVE' : 'EXPIRED';
  const isOver = consent.subjectIds.every((id) => isEnded(state.measures[id]));
  return isOver ? 'EXPIRED' : 'EFFECTIVE';
}

const isWithdrawn = ({ withdrawnOn }: Consent, on: LocalDate): boolean =>
  withdrawnOn !== undefined && withdrawnOn <= on;

const isEnded = (measure: Measure | undefined): boolean =>
  measure?.situation === 'ended' || measure?.situation === 'lapsed';
