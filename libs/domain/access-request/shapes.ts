// @NOTE stored format: additive changes only; anything else is a new version plus an upcaster.
/** What a request for access holds: the fields that command and event share. */
import { LAWS } from '../kernel/law-reference.js';
import {
  boolean,
  byRule,
  date,
  id,
  instant,
  integer,
  list,
  newId,
  oneOf,
  optional,
  personRef,
  record,
  text,
} from '../kernel/schema.js';
import { letter, requester, section } from '../kernel/shapes.js';

export const INNSYN_BASES = [
  'PART_FVL18',
  'FORELDREANSVAR_UTEN_PARTSTATUS',
  'TIDLIGERE_BARN',
  'GDPR_15',
  'OFFENTLEGLOVA',
  'REPRESENTANT',
] as const;
/** On what basis somebody asks. */
export type InnsynBasis = (typeof INNSYN_BASES)[number];

export const STANDINGS = ['PART', 'BARN', 'TIDLIGERE_BARN', 'FORELDREANSVAR', 'INGEN'] as const;
/** What the requester is to a case, as the case knew it on the day of the request. */
export type Standing = (typeof STANDINGS)[number];

export const INNSYN_RESULTS = ['FULL', 'DELVIS', 'NEKTET'] as const;
/** The party sees all of it, parts of it, nothing of it. */
export type InnsynResult = (typeof INNSYN_RESULTS)[number];

/** A provision that access is refused by; rule 55 judges what is missing. */
export const ground = () =>
  record({
    law: byRule(oneOf(LAWS)),
    section: byRule(section()),
    paragraph: byRule(integer(1, 20)),
    /** Where the provision has letters, and only there. */
    letter: byRule(letter()),
  });

export const request = {
  requestId: newId(),
  caseIds: list(id(), 1),
  requester: requester(),
  basis: oneOf(INNSYN_BASES),
  /** What is asked for, where it is not the whole file. */
  scope: optional(text()),
  receivedAt: instant(),
  /** How it was made sure who asks (rule 54). */
  identityProof: byRule(text()),
};

export const assessment = {
  requestId: id(),
  /** A journaled document of the cases, or an entry by the id of its event. */
  documentId: id(),
  assessedOn: date(),
  result: oneOf(INNSYN_RESULTS),
  /** The ground, unless the party sees all of it (rule 55). */
  exemption: byRule(ground()),
  reason: optional(text()),
  /**
   * What is left out of a document that is seen in part: a field of an entry as a JSON pointer (`/description`), a place in a
   * document in words.
   */
  redactions: optional(list(text())),
  /** The refusal lasts as long as the investigation of the case does (rule 56). */
  untilInvestigationEnds: optional(boolean()),
};

export const innsynDecision = {
  requestId: id(),
  decidedOn: date(),
  outcome: oneOf(INNSYN_RESULTS),
  /** Every ground that something is withheld on, unless all is seen (rule 55). */
  refusalBasis: byRule(list(ground())),
};

export const delivery = {
  requestId: id(),
  deliveredOn: date(),
  channel: text(),
};

export const disclosure = {
  requestId: id(),
  representativeRef: personRef(),
  documentIds: list(id(), 1),
  disclosedOn: date(),
};
