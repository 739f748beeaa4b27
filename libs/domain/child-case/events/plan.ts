// @NOTE stored format: additive changes only; anything else is a new version plus an upcaster.
/** The plan for the measures (tiltaksplan) and the meeting that starts them. */
import { defineEvent } from '../../kernel/definition.js';
import { provision } from '../../kernel/law-reference.js';
import {
  boolean,
  byRule,
  code,
  computed,
  date,
  duration,
  id,
  integer,
  list,
  newId,
  optional,
  personRef,
  record,
  text,
} from '../../kernel/schema.js';
import { planType } from '../fields.js';

const goal = {
  goalId: newId(),
  text: text(),
  /** What is observed; missing is flagged (rule 31). */
  indicator: optional(text()),
  /** Nivå nå. */
  baseline: optional(text()),
  /** Målnivå. */
  target: optional(text()),
  dueOn: optional(date()),
  /** The child’s own words for what gets better. */
  childsOwnIndicator: optional(text()),
};

const planContent = {
  purpose: text(),
  goals: byRule(list(record(goal))),
  measures: byRule(
    list(
      record({
        measureId: id(),
        what: optional(text()),
        howOften: optional(text()),
        who: optional(text()),
      }),
    ),
  ),
  /** How long the measures are meant to last. */
  durationUntil: byRule(date()),
  roles: optional(list(text())),
  milestones: optional(list(text())),
  firstEvaluationOn: date(),
  mainEvaluationEvery: duration(),
  /** Medvirkning og tilpasninger. */
  participation: text(),
  /** Sikkerhet. */
  safety: text(),
  /** Beredskap. */
  emergency: text(),
  closingCriteria: list(text()),
  consentIds: optional(list(id())),
};
/** Plantype 1 (§8-1), 5 (§8-5), 7 (undersøkelsesplan) …, valid on the date. */
const storedPlanType = code('plantype');
const version = computed(integer(1, 10_000));

export const plan = { planId: newId(), establishedOn: date(), planType: planType(), ...planContent };

export const PlanEstablished = defineEvent({
  type: 'PlanEstablished',
  schemaVersion: 1,
  norwegian: 'Tiltaksplan fastsatt',
  summary: 'A plan with goals, content and duration was made for the measures and the follow-up.',
  aggregate: 'childcase',
  legalDate: 'establishedOn',
  law: [provision('BVL2021', '8-1', 2), provision('BVL2021', '8-5', 2)],
  shape: { ...plan, planType: storedPlanType, version },
  journalRelevant: true,
});

export const planRevision = {
  planId: id(),
  revisedOn: date(),
  planType: planType(),
  ...planContent,
  reason: text(),
};

export const PlanRevised = defineEvent({
  type: 'PlanRevised',
  schemaVersion: 1,
  norwegian: 'Tiltaksplan endret',
  summary: 'The whole plan in a new version, and why it was changed.',
  aggregate: 'childcase',
  legalDate: 'revisedOn',
  law: [provision('BVL2021', '8-1', 2), provision('BVL2021', '8-5', 2)],
  shape: { ...planRevision, planType: storedPlanType, version },
  journalRelevant: true,
});

export const acknowledgement = {
  planId: id(),
  version: integer(1, 10_000),
  acknowledgedOn: date(),
  personRef: personRef(),
  form: optional(text()),
};

export const PlanAcknowledged = defineEvent({
  type: 'PlanAcknowledged',
  schemaVersion: 1,
  norwegian: '«Sett og forstått»',
  summary: 'A person has seen and understood a version of the plan; recommended, not a condition.',
  aggregate: 'childcase',
  legalDate: 'acknowledgedOn',
  law: [],
  shape: acknowledgement,
  journalRelevant: true,
});

export const startMeeting = {
  on: date(),
  participants: optional(list(text())),
  childPresent: optional(boolean()),
  interpreter: optional(boolean()),
  agreed: optional(text()),
};

export const StartMeetingHeld = defineEvent({
  type: 'StartMeetingHeld',
  schemaVersion: 1,
  norwegian: 'Oppstartsmøte holdt',
  summary: 'Those involved met to start the measures.',
  aggregate: 'childcase',
  legalDate: 'on',
  law: [],
  shape: startMeeting,
  journalRelevant: true,
});
