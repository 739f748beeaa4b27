// @NOTE stored format: additive changes only; anything else is a new version plus an upcaster.
/** The decision on measures (vedtak) and the notice of it. */
import { defineEvent } from '../../kernel/definition.js';
import { provision } from '../../kernel/law-reference.js';
import {
  boolean,
  byRule,
  code,
  computed,
  date,
  id,
  list,
  newId,
  oneOf,
  optional,
  personRef,
  record,
  text,
} from '../../kernel/schema.js';
import { PROVIDER_TYPES } from '../../kernel/shapes.js';
import {
  catalogueCode,
  decidedBy,
  DECISION_TYPES,
  decisionTexts,
  grounds,
  LEGAL_BASES,
  NOTICE_CAPACITIES,
  OMISSION_REASONS,
  orgNumber,
} from '../fields.js';

export const provider = () => record({ type: oneOf(PROVIDER_TYPES), org: optional(orgNumber()) });

const decidedMeasure = {
  /** New, or one that was proposed or decided before. */
  measureId: newId(),
  /** That of the decision when not given; another is refused (rule 36b). */
  legalBasis: optional(oneOf(LEGAL_BASES)),
  catalogueCode: catalogueCode(),
  /** National category; the catalogue’s usual one when not given. */
  ssbCategory: optional(code('tiltakKategori')),
  /** Presisering, where the category asks for one (rule 22). */
  specification: optional(text()),
  /** Whom it is directed at. */
  targetPerson: personRef(),
  content: text(),
  frequency: optional(text()),
  provider: provider(),
  startPlanned: date(),
  endPlanned: optional(date()),
  maxDurationUntil: optional(date()),
  voluntary: boolean(),
};

export const decision = {
  decisionId: newId(),
  decidedOn: date(),
  decisionType: oneOf(DECISION_TYPES),
  legalBasis: oneOf(LEGAL_BASES),
  /** A DocumentJournaled of this case (rule 52). */
  documentId: byRule(id()),
  measures: list(record(decidedMeasure), 1),
  /** Tiltaksgrunnlag. */
  grounds: grounds(),
  ...decisionTexts(byRule),
  /** Why precisely this measure (rule 12). */
  whyThisMeasure: byRule(text()),
  /** Consents that the decision rests on (rules 13 and 14). */
  consentIds: byRule(list(id())),
  /** Nemndas vedtak, for what was ordered (rule 27). */
  tribunalDecisionId: optional(id()),
  planId: optional(id()),
  decidedBy: optional(decidedBy()),
  /** Vedtaksstatus 1–4. */
  status: optional(code('vedtakStatus')),
};

export const MeasureDecided = defineEvent({
  type: 'MeasureDecided',
  schemaVersion: 1,
  norwegian: 'Vedtak om hjelpetiltak',
  summary: 'One or more measures were decided, continued, changed, replaced or brought to an end.',
  aggregate: 'childcase',
  legalDate: 'decidedOn',
  law: [provision('BVL2021', '3-1', 1), provision('BVL2021', '12-5', 1), provision('FVL1967', '24', 1)],
  lawField: 'legalBasis',
  /** `planDueOn` is D7: the plan is made when the decision is. */
  shape: { ...decision, planDueOn: computed(date()) },
  journalRelevant: true,
});

export const notification = {
  decisionId: id(),
  notifiedOn: date(),
  recipients: list(
    record({
      personRef: personRef(),
      capacity: oneOf(NOTICE_CAPACITIES),
      sentOn: date(),
      reachedOn: optional(date()),
    }),
  ),
  /** What the notice tells of; rule 26. */
  includes: byRule(
    record({
      complaintRight: byRule(boolean()),
      body: byRule(boolean()),
      deadline: byRule(boolean()),
      procedure: byRule(boolean()),
      accessRight: byRule(boolean()),
      /** Utsatt iverksetting, where execution could harm the party. */
      suspension: optional(boolean()),
    }),
  ),
  omitted: optional(
    list(
      record({
        personRef: personRef(),
        capacity: oneOf(NOTICE_CAPACITIES),
        reason: oneOf(OMISSION_REASONS),
      }),
    ),
  ),
};

export const DecisionNotified = defineEvent({
  type: 'DecisionNotified',
  schemaVersion: 1,
  norwegian: 'Underretning om vedtak',
  summary: 'Parties and those with parental responsibility were told of a decision, or lawfully not.',
  aggregate: 'childcase',
  legalDate: 'notifiedOn',
  law: [provision('FVL1967', '27', 1), provision('FVL1967', '27', 3), provision('BVL2021', '12-2', 2)],
  /** `complaintDueOn` is D12, when the time of the last party to be reached runs out; absent until one was reached. */
  shape: { ...notification, complaintDueOn: optional(computed(date())) },
  journalRelevant: true,
});
