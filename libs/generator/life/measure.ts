/** What a case keeps of a measure and of a plan besides the domain's own state. */
import type { CaseCommandOf, LocalDate } from '#forlop/domain';

export type DecidedMeasure = CaseCommandOf<'DecideMeasure'>['data']['measures'][number];
type Provider = DecidedMeasure['provider'];

export interface Measure {
  readonly measureId: string;
  readonly catalogueCode: string;
  readonly targetPerson: string;
  readonly provider: Provider;
  readonly content: string;
  readonly specification?: string;
  /** The consents that it rests on by now. */
  consentIds: readonly string[];
  /** Those that its last decision cited. */
  citedConsentIds: readonly string[];
  endPlanned: LocalDate;
  startedOn?: LocalDate;
  hasEnded: boolean;
  /** Somebody writes down every week how it goes. */
  readonly isWeekly: boolean;
  plan?: Plan;
}

export interface Plan {
  readonly planId: string;
  version: number;
  readonly goalIds: readonly string[];
  readonly goals: CaseCommandOf<'EstablishPlan'>['data']['goals'];
  readonly measures: Measure[];
  evaluations: number;
  lastEvaluationId?: string;
}
