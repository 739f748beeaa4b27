// @NOTE stored format: additive changes only; anything else is a new version plus an upcaster.
/** A measure runs, is followed, evaluated and ended. */
import { defineEvent } from '../../kernel/definition.js';
import { provision } from '../../kernel/law-reference.js';
import {
  boolean,
  byRule,
  date,
  id,
  integer,
  list,
  newId,
  oneOf,
  optional,
  personRef,
  record,
  text,
} from '../../kernel/schema.js';
import { period } from '../../kernel/shapes.js';
import { END_REASONS, EVALUATION_KINDS, evaluator, LEGAL_BASES } from '../fields.js';
import { provider } from './decision.js';

export const start = {
  measureId: id(),
  /** That of the decision when not given; another is refused (rule 36b). */
  legalBasis: optional(oneOf(LEGAL_BASES)),
  startedOn: date(),
  provider: provider(),
  /** Consents given since the decision. */
  consentIds: optional(list(id())),
  /** Politiattest sett (rule 34). */
  policeCertificateSeenOn: byRule(date()),
};

export const MeasureStarted = defineEvent({
  type: 'MeasureStarted',
  schemaVersion: 1,
  norwegian: 'Tiltak iverksatt',
  summary: 'A decided measure began.',
  aggregate: 'childcase',
  legalDate: 'startedOn',
  law: [provision('BVL2021', '3-1', 1), provision('BVL2021', '12-11', 1)],
  lawField: 'legalBasis',
  shape: start,
  journalRelevant: true,
});

export const followUpStatus = {
  /** One of `measureId` and `planId` at least. */
  measureId: optional(id()),
  planId: optional(id()),
  on: date(),
  /** Week after the start, or of the calendar. */
  week: optional(integer(0, 520)),
  whatWorked: optional(text()),
  adjust: optional(text()),
  riskFlag: optional(boolean()),
};

export const FollowUpStatusRecorded = defineEvent({
  type: 'FollowUpStatusRecorded',
  schemaVersion: 1,
  norwegian: 'Ukestatus',
  summary: 'A short status of how the measure goes.',
  aggregate: 'childcase',
  legalDate: 'on',
  law: [provision('BVL2021', '8-1', 1)],
  shape: followUpStatus,
  journalRelevant: true,
});

export const evaluation = {
  evaluationId: newId(),
  planId: id(),
  planVersion: integer(1, 10_000),
  evaluatedOn: date(),
  kind: oneOf(EVALUATION_KINDS),
  period: period(),
  goals: list(
    record({
      goalId: id(),
      /** What the indicator showed. */
      observed: optional(text()),
      result: oneOf(['NADD', 'FREMGANG', 'UENDRET', 'FORVERRET']),
    }),
  ),
  /** The three questions of bvl §8-1 (rule 37). */
  worksAsIntended: byRule(boolean()),
  needForNewMeasures: byRule(boolean()),
  /** Under 18: grunnlag for omsorgsovertakelse. */
  groundsForCareOrder: byRule(boolean()),
  /** From 18 (§8-5): om tiltaket bør opphøre. */
  shouldCease: byRule(boolean()),
  childView: optional(text()),
  participation: optional(text()),
  parentView: optional(text()),
  networkView: optional(text()),
  serviceView: optional(text()),
  /** Tiltakstretthet. */
  sideEffects: optional(text()),
  measures: list(
    record({ measureId: id(), recommendation: oneOf(['FORTSETT', 'JUSTER', 'BYTT', 'AVSLUTT']) }),
  ),
  /** Minutes or reports of a provider or a centre. */
  sourceMinutesRefs: optional(list(id())),
  evaluators: list(evaluator(), 1),
  /** Left out of a final evaluation, as nothing follows. */
  nextDueOn: byRule(date()),
};

export const EvaluationRecorded = defineEvent({
  type: 'EvaluationRecorded',
  schemaVersion: 1,
  norwegian: 'Evaluering av tiltaksplan',
  summary: 'The municipality judged whether the help works as intended, goal by goal.',
  aggregate: 'childcase',
  legalDate: 'evaluatedOn',
  law: [provision('BVL2021', '8-1', 1), provision('BVL2021', '8-5', 1)],
  shape: evaluation,
  journalRelevant: true,
});

export const end = {
  measureId: id(),
  endedOn: date(),
  reason: oneOf(END_REASONS),
  /** Where the reason is ANNET. */
  specification: optional(text()),
  /** Missing is flagged (rule 41). */
  finalEvaluationId: optional(id()),
  /** Parties who did not want it ended (rule 42). */
  againstWishOf: optional(list(personRef())),
  /** The decision to end it (rule 42). */
  decisionId: byRule(id()),
  goalsReached: optional(text()),
  dialogueWith: optional(list(text())),
  successorMeasureId: optional(id()),
  transitionNote: optional(text()),
};

export const MeasureEnded = defineEvent({
  type: 'MeasureEnded',
  schemaVersion: 1,
  norwegian: 'Tiltak avsluttet',
  summary: 'A measure ended, and why; one that never started lapsed.',
  aggregate: 'childcase',
  legalDate: 'endedOn',
  law: [provision('BVL2021', '8-1', 1), provision('BVL2021', '3-6', 2)],
  shape: end,
  journalRelevant: true,
});
