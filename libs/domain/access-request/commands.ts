/** Commands to a request for access. Computed fields are what the service knows of the cases and hands in as data. */
import { defineCommand } from '../kernel/definition.js';
import type { Command } from '../kernel/decider.js';
import type { Role } from '../kernel/envelope.js';
import type { FieldError } from '../kernel/errors.js';
import { boolean, computed, date, id, integer, list, optional, record } from '../kernel/schema.js';
import { sha256 } from '../kernel/shapes.js';
import { EXAMPLE } from '../child-case/commands/common.js';
import { assessment, delivery, disclosure, innsynDecision, request } from './shapes.js';

const ARCHIVE: readonly Role[] = ['ARKIVAR'];

/** Synthetic ids of the examples, which tell one story. */
export const INNSYN_EXAMPLE = {
  request: 'c4c0e551-0001-4000-8000-000000000001',
  case: 'c4c0e551-0001-4000-8000-000000000002',
  representative: '6f0e7c1a-5d0b-4c55-9a51-0c3a8f4b1d04',
} as const;

/** What a case knows of the requester on the day of the request; see `knownOfRequester`. */
export const knownInCase = () =>
  record({
    caseId: id(),
    /** When the case began: nobody asked for it before. */
    startedOn: date(),
    /** The case is about the requester. */
    isChild: boolean(),
    /** Of the child that the case is about. */
    childAge: integer(-1, 150),
    isParty: boolean(),
    hasForeldreansvar: boolean(),
  });

/** What the proposal says of a document; see `proposeDocuments`. Absent when no case of the request holds it. */
export const documentFacts = () =>
  record({
    caseId: id(),
    /** Holds what is confidential towards a child under 15. */
    confidential: boolean(),
    /** The investigation that is open in its case. */
    openInvestigationId: optional(id()),
    /** The corrections that it stands with, oldest first. */
    corrections: optional(list(id())),
  });

const error = (felt: string, regel: string, melding: string): FieldError => ({ felt, regel, melding });

export const RequestInnsyn = defineCommand({
  type: 'RequestInnsyn',
  norwegian: 'Be om innsyn',
  emits: ['InnsynRequested'],
  path: [],
  shape: { ...request, known: computed(list(knownInCase())) },
  roles: [...ARCHIVE, 'PART'],
  rules: ['54'],
  example: {
    requestId: INNSYN_EXAMPLE.request,
    caseIds: [INNSYN_EXAMPLE.case],
    requester: {
      personRef: EXAMPLE.mother,
      name: { first: 'Testine', last: 'Eksempel' },
      relation: 'FORELDER',
    },
    basis: 'PART_FVL18',
    scope: 'Hele saken',
    receivedAt: '2026-04-07T09:00:00+02:00',
    identityProof: 'Legitimert med pass ved oppmøte',
  },
  refine: ({ caseIds }) =>
    Array.isArray(caseIds) && new Set(caseIds).size < caseIds.length
      ? [error('/caseIds', 'duplicate', 'Nevn hver sak én gang.')]
      : [],
});

export const AssessInnsynDocument = defineCommand({
  type: 'AssessInnsynDocument',
  norwegian: 'Vurdere dokument for innsyn',
  emits: ['InnsynDocumentAssessed'],
  path: ['requestId'],
  shape: {
    ...assessment,
    document: computed(optional(documentFacts())),
    /** Of the requester on the day of the assessment, where it is known. */
    requesterAge: computed(optional(integer(-1, 150))),
  },
  roles: ARCHIVE,
  rules: ['55', '56', '57'],
  example: {
    documentId: EXAMPLE.document,
    assessedOn: '2026-04-08',
    result: 'DELVIS',
    exemption: { law: 'FVL1967', section: '19', paragraph: 2, letter: 'b' },
    reason: 'Melderens forhold bør ikke gis videre.',
    redactions: ['Side 2, andre avsnitt'],
  },
  refine: ({ result, exemption, redactions, untilInvestigationEnds }) =>
    result === 'FULL'
      ? [
          ...(exemption === undefined ? [] : [excluded('/exemption')]),
          ...(Array.isArray(redactions) && redactions.length > 0 ? [excluded('/redactions')] : []),
          ...(untilInvestigationEnds === true ? [excluded('/untilInvestigationEnds')] : []),
        ]
      : [],
});

const excluded = (felt: string): FieldError =>
  error(felt, 'excluded', 'Fjern feltet: ingenting holdes tilbake når resultatet er FULL.');

export const DecideInnsyn = defineCommand({
  type: 'DecideInnsyn',
  norwegian: 'Avgjøre innsyn',
  emits: ['InnsynDecided'],
  path: ['requestId'],
  /**
   * `proposed`: ids of the documents that must each have been assessed; `outdated`: ids of those that would be shown otherwise
   * than they were assessed, since they were corrected later.
   */
  shape: {
    ...innsynDecision,
    proposed: computed(list(id())),
    outdated: computed(optional(list(id()))),
  },
  roles: [...ARCHIVE, 'LEDER'],
  rules: ['55'],
  example: {
    decidedOn: '2026-04-08',
    outcome: 'DELVIS',
    refusalBasis: [{ law: 'FVL1967', section: '19', paragraph: 2, letter: 'b' }],
  },
  refine: ({ outcome, refusalBasis }) =>
    outcome === 'FULL' && Array.isArray(refusalBasis) && refusalBasis.length > 0
      ? [excluded('/refusalBasis')]
      : [],
});

export const DeliverInnsyn = defineCommand({
  type: 'DeliverInnsyn',
  norwegian: 'Utlevere innsyn',
  emits: ['InnsynDelivered'],
  path: ['requestId'],
  shape: { ...delivery, packageHash: computed(sha256()) },
  roles: ARCHIVE,
  rules: [],
  example: { deliveredOn: '2026-04-09', channel: 'Digital postkasse' },
});

export const DiscloseToRepresentative = defineCommand({
  type: 'DiscloseToRepresentative',
  norwegian: 'Gjøre kjent for representant',
  emits: ['RepresentativeDisclosureMade'],
  path: ['requestId'],
  shape: disclosure,
  roles: ARCHIVE,
  rules: ['57'],
  example: {
    representativeRef: INNSYN_EXAMPLE.representative,
    documentIds: [EXAMPLE.document],
    disclosedOn: '2026-04-13',
  },
});

export const accessRequestCommands = {
  RequestInnsyn,
  AssessInnsynDocument,
  DecideInnsyn,
  DeliverInnsyn,
  DiscloseToRepresentative,
} as const;

export type AccessRequestCommandType = keyof typeof accessRequestCommands;
/** The command of a type, as `decide` takes it. */
export type AccessRequestCommandOf<T extends AccessRequestCommandType> = Command<
  (typeof accessRequestCommands)[T]
>;
export type AccessRequestCommand = {
  [T in AccessRequestCommandType]: AccessRequestCommandOf<T>;
}[AccessRequestCommandType];
