// @NOTE stored format: additive changes only; anything else is a new version plus an upcaster.
/** The investigation, from opening to one of the four outcomes (bvl §§2-2 and 2-5). */
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
  text,
} from '../../kernel/schema.js';
import { decidedBy, decisionTexts, grounds, OUTCOMES } from '../fields.js';

export const opening = {
  investigationId: newId(),
  referralIds: byRule(list(id())),
  startedOn: date(),
  /** Undersøkelsesplan (plantype 7): a reference, nothing need exist under it; missing is flagged (rule 05). */
  planId: optional(id()),
};

export const InvestigationOpened = defineEvent({
  type: 'InvestigationOpened',
  schemaVersion: 1,
  norwegian: 'Undersøkelse åpnet',
  summary: 'An investigation of the child’s whole situation was opened on one or more referrals.',
  aggregate: 'childcase',
  legalDate: 'startedOn',
  law: [provision('BVL2021', '2-2', 1), provision('BVL2021', '2-2', 3)],
  /** `dueOn` is D4, counted from the first of the referrals. */
  shape: { ...opening, dueOn: computed(date()) },
  journalRelevant: true,
});

const extensionBase = {
  investigationId: id(),
  extendedOn: date(),
  reason: byRule(text()),
  /** At most six months in total (D5). */
  newDueOn: byRule(date()),
  decidedBy: optional(decidedBy()),
};
/** `granted` is 1 (ja) or 2 (nei), as the national list has it. */
export const extension = { ...extensionBase, granted: oneOf(['1', '2', 1, 2]) };

export const InvestigationExtended = defineEvent({
  type: 'InvestigationExtended',
  schemaVersion: 1,
  norwegian: 'Utvidet undersøkelsestid',
  summary: 'More time for the investigation was granted in a special case, or refused.',
  aggregate: 'childcase',
  legalDate: 'extendedOn',
  law: [provision('BVL2021', '2-2', 2)],
  shape: { ...extensionBase, granted: code('utvidetFrist') },
  journalRelevant: true,
});

export const conclusion = {
  investigationId: id(),
  concludedOn: date(),
  outcome: byRule(oneOf(OUTCOMES)),
  /** National code of the outcome; derived when it is not given. */
  ssbCode: optional(code('undersokelseKonklusjon')),
  /** Vedtaksgrunnlag. */
  grounds: byRule(grounds()),
  /** Until when a new investigation may be opened (bvl §2-5 third paragraph). */
  reopenUntil: optional(date()),
  findings: optional(text()),
  /** The MeasureDecided that VEDTAK_TILTAK cites; a henleggelse is itself the decision of this id. */
  decisionId: newId(),
  /** The document of a henleggelse (rule 52). */
  documentId: byRule(id()),
  ...decisionTexts(byRule),
  decidedBy: optional(decidedBy()),
  /** Begjæring; taken as given until petitions exist. */
  petitionId: byRule(id()),
};

export const InvestigationConcluded = defineEvent({
  type: 'InvestigationConcluded',
  schemaVersion: 1,
  norwegian: 'Undersøkelse avsluttet',
  summary: 'The investigation ended in dismissal, dismissal with leave to reopen, measures, or a petition.',
  aggregate: 'childcase',
  legalDate: 'concludedOn',
  law: [provision('BVL2021', '2-5', 1), provision('BVL2021', '2-5', 2), provision('BVL2021', '12-5', 1)],
  shape: { ...conclusion, decisionId: optional(id()), deadlineBreached: computed(boolean()) },
  journalRelevant: true,
});
