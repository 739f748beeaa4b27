// @NOTE stored format: additive changes only; anything else is a new version plus an upcaster.
/** A concern comes in and is reviewed (bvl §2-1). */
import { defineEvent } from '../../kernel/definition.js';
import { provision } from '../../kernel/law-reference.js';
import {
  boolean,
  byRule,
  code,
  computed,
  date,
  id,
  instant,
  list,
  newId,
  oneOf,
  optional,
  personRef,
  record,
  sealedDate,
  text,
} from '../../kernel/schema.js';
import { guardian, municipalityNumber } from '../../kernel/shapes.js';
import { CHANNELS, grounds, REFERRAL_KINDS, REVIEW_CONCLUSIONS } from '../fields.js';

/** What the concern itself says, the same for every child that it is about. */
export const concern = {
  /** One melding or søknad, about one or more children. */
  concernId: newId(),
  kind: oneOf(REFERRAL_KINDS),
  /** When it reached the municipality. */
  receivedAt: instant(),
  channel: optional(oneOf(CHANNELS)),
  /** Melder. */
  reporters: list(
    record({
      code: code('melder'),
      specification: optional(text()),
      isPublic: optional(boolean()),
      anonymous: optional(boolean()),
      contactRef: optional(id()),
    }),
    1,
  ),
  /** Saksinnhold. */
  contents: grounds(),
  description: optional(text()),
};

/** What it says of one child. */
export const referredChild = {
  referralId: newId(),
  /** Where the child stays; the receiving municipality when nothing else is said. */
  stayMunicipality: optional(municipalityNumber()),
  /** Replaced and added to by PartyStatusAssessed. */
  guardians: optional(list(guardian())),
};

export const ReferralReceived = defineEvent({
  type: 'ReferralReceived',
  schemaVersion: 1,
  norwegian: 'Bekymringsmelding eller søknad mottatt',
  summary:
    'A concern about one child, or an application, reached the municipality; it opens the case or joins it.',
  aggregate: 'childcase',
  legalDate: 'receivedAt',
  law: [provision('BVL2021', '2-1', 1)],
  shape: {
    ...concern,
    ...referredChild,
    stayMunicipality: municipalityNumber(),
    childRef: personRef(),
    /** Copied from the Person, so that ages are judged as they were known then. */
    childBirth: computed(record({ date: optional(sealedDate()), dueDate: optional(sealedDate()) })),
    /** D1. */
    reviewDueOn: computed(date()),
    /** D2. */
    receiptDueOn: computed(date()),
  },
  journalRelevant: true,
});

export const assessment = {
  referralId: id(),
  assessedOn: date(),
  conclusion: oneOf(REVIEW_CONCLUSIONS),
  /** National code of the conclusion; derived when it is not given. */
  ssbCode: optional(code('meldingKonklusjon')),
  /** Umiddelbar oppfølging (rule 04). */
  immediateActionNeeded: byRule(boolean()),
  /** Barnevernsfaglig vurdering (rule 03). */
  professionalAssessment: byRule(text()),
  /** Åpenbart grunnløs. */
  manifestlyUnfounded: optional(boolean()),
  reasons: optional(text()),
};

export const ReferralAssessed = defineEvent({
  type: 'ReferralAssessed',
  schemaVersion: 1,
  norwegian: 'Melding gjennomgått',
  summary:
    'The referral was reviewed: dismissed, investigated, taken into what goes on already, or passed on.',
  aggregate: 'childcase',
  legalDate: 'assessedOn',
  law: [provision('BVL2021', '2-1', 1), provision('BVL2021', '2-1', 2)],
  shape: { ...assessment, deadlineBreached: computed(boolean()) },
  journalRelevant: true,
});
