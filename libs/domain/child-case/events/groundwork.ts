// @NOTE stored format: additive changes only; anything else is a new version plus an upcaster.
/** What a decision rests on: the child’s view, who is party, what was found, what was chosen, who does what. */
import { defineEvent } from '../../kernel/definition.js';
import { provision } from '../../kernel/law-reference.js';
import {
  boolean,
  byRule,
  code,
  date,
  list,
  newId,
  oneOf,
  optional,
  personRef,
  text,
} from '../../kernel/schema.js';
import { TARGET_GROUPS } from '../../law/catalogue.js';
import { catalogueCode, contact, needCodes, PARTY_ROLES, PHASES } from '../fields.js';

export const participation = {
  phase: oneOf(PHASES),
  /** How the child took part; exactly one of `method` and `none`. */
  method: optional(oneOf(['CONVERSATION', 'REPRESENTATIVE', 'OBSERVATION', 'OTHER_EXPRESSION'])),
  /** Why the child did not. */
  none: optional(oneOf(['NO_OPPORTUNITY', 'DID_NOT_WISH'])),
  /** National code, from 2026 on; derived. */
  ssbCode: optional(code('medvirkning')),
  heldOn: date(),
  opinion: optional(text()),
  /** What weight the opinion was given. */
  weight: optional(text()),
  /** Told what it can be used for and who may see it (bvl §1-4 second paragraph). */
  informedOfUse: boolean(),
  viewOnSharing: optional(text()),
  parentsInformedBeforehand: optional(boolean()),
  trustedPersonPresent: optional(boolean()),
};

export const ChildParticipationRecorded = defineEvent({
  type: 'ChildParticipationRecorded',
  schemaVersion: 1,
  norwegian: 'Barnets medvirkning',
  summary: 'The child took part, or the reason why not, in one phase of the case.',
  aggregate: 'childcase',
  legalDate: 'heldOn',
  law: [provision('BVL2021', '1-4', 1), provision('BVL2021', '1-4', 2)],
  shape: participation,
  journalRelevant: true,
});

export const partyStatus = {
  personRef: personRef(),
  assessedOn: date(),
  role: oneOf(PARTY_ROLES),
  isParty: boolean(),
  basis: optional(oneOf(['AGE_15', 'ATFERD', 'MENNESKEHANDEL', 'NEMNDA', 'FVL_2E'])),
  /** Foreldreansvar. */
  hasParentalResponsibility: optional(boolean()),
  /** Forstår hva saken gjelder (bvl §12-3 first paragraph). */
  understandsCase: optional(boolean()),
};

export const PartyStatusAssessed = defineEvent({
  type: 'PartyStatusAssessed',
  schemaVersion: 1,
  norwegian: 'Partsstatus vurdert',
  summary: 'Whether a person is party to the case, in which role and on what basis.',
  aggregate: 'childcase',
  legalDate: 'assessedOn',
  law: [provision('BVL2021', '12-2', 1), provision('BVL2021', '12-3', 1), provision('FVL1967', '2', 1)],
  shape: partyStatus,
  journalRelevant: true,
});

export const findings = {
  summarisedOn: date(),
  findings: text(),
  childView: optional(text()),
  parentView: optional(text()),
  /** Codes of «Barnets behov i sentrum», 1.1.01–3.3.06. */
  riskFactors: optional(needCodes()),
  protectiveFactors: optional(needCodes()),
};

export const FindingsSummarised = defineEvent({
  type: 'FindingsSummarised',
  schemaVersion: 1,
  norwegian: 'Beslutningsgrunnlag',
  summary: 'The findings were summed up together with child and parents.',
  aggregate: 'childcase',
  legalDate: 'summarisedOn',
  law: [provision('BVL2021', '12-4', 1)],
  shape: findings,
  journalRelevant: true,
});

export const proposal = {
  measureId: newId(),
  proposedOn: date(),
  catalogueCode: catalogueCode(),
  /** Why precisely this measure will help (rule 12). */
  whyThisMeasure: byRule(text()),
  alternativesConsidered: optional(text()),
  /** Målgruppe. */
  targetGroup: optional(oneOf(TARGET_GROUPS)),
  /** Egnethet. */
  suitability: text(),
  networkConsidered: optional(text()),
};

export const MeasureProposed = defineEvent({
  type: 'MeasureProposed',
  schemaVersion: 1,
  norwegian: 'Tiltak valgt (vurderingsnotat)',
  summary: 'A measure was chosen together with the family, and why this one.',
  aggregate: 'childcase',
  legalDate: 'proposedOn',
  law: [provision('BVL2021', '3-1', 1)],
  shape: proposal,
  journalRelevant: true,
});

export const roles = {
  clarifiedOn: date(),
  contacts: optional(list(contact())),
  /** Samordnende instans, barnekoordinator. */
  coordinator: optional(text()),
  /** Informasjonssløyfer: what is shared, and what is not. */
  informationLoops: optional(text()),
};

export const RolesClarified = defineEvent({
  type: 'RolesClarified',
  schemaVersion: 1,
  norwegian: 'Roller og samhandling avklart',
  summary: 'Who does what among the services, and what is shared between them.',
  aggregate: 'childcase',
  legalDate: 'clarifiedOn',
  law: [provision('BVL2021', '15-8')],
  shape: roles,
  journalRelevant: true,
});
