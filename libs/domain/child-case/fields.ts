/** Fields and enums that several facts of a case share (model.md section 5; contract section 5, «Shapes»). */
import { guardian, name, specifiedCode } from '../kernel/shapes.js';
import {
  code,
  id,
  list,
  oneOf,
  optional,
  personRef,
  record,
  reference,
  text,
  type TextField,
} from '../kernel/schema.js';

export { guardian };

export const REFERRAL_KINDS = ['BEKYMRINGSMELDING', 'SOKNAD_FRA_FAMILIE', 'OVERFORT_FRA_KOMMUNE'] as const;
export const CHANNELS = ['FIKS', 'PORTAL', 'PHONE', 'LETTER', 'BARNEVERNVAKT'] as const;

export const REVIEW_CONCLUSIONS = [
  'DISMISSED',
  'INVESTIGATE',
  'IN_ONGOING_INVESTIGATION',
  'IN_ACTIVE_MEASURES',
  'TRANSFERRED',
] as const;
export type ReviewConclusion = (typeof REVIEW_CONCLUSIONS)[number];

export const OUTCOMES = ['HENLAGT', 'HENLAGT_MED_GJENAPNING', 'VEDTAK_TILTAK', 'BEGJAERING'] as const;
/** How an investigation ends (bvl §2-5 first paragraph). */
export type Outcome = (typeof OUTCOMES)[number];

/** A henleggelse: itself a decision (bvl §2-5 second paragraph). */
export const isDismissal = (outcome: Outcome | undefined): boolean =>
  outcome === 'HENLAGT' || outcome === 'HENLAGT_MED_GJENAPNING';

export const PHASES = [
  'UNDERSOKELSE',
  'TILTAKSVALG',
  'VEDTAK',
  'PLAN',
  'EVALUERING',
  'AVSLUTNING',
  'INNSYN',
] as const;
export type Phase = (typeof PHASES)[number];

export const PARTY_ROLES = [
  'CHILD',
  'PARENT_DAILY_CARE',
  'PARENT_VISITATION',
  'PARENT_OTHER',
  'GUARDIAN',
  'FOSTER_PARENT',
] as const;
export type PartyRole = (typeof PARTY_ROLES)[number];

export const CONSENT_KINDS = [
  'TILTAK',
  'SAMARBEID_INFO',
  'FILMING',
  'INSTITUSJON_6_1',
  'UTLAND_3_3',
  'ETTERVERN',
  'INNSYN_TREDJEPART',
] as const;
export type ConsentKind = (typeof CONSENT_KINDS)[number];

export const CAPACITIES = ['DAILY_CARE', 'CHILD_PARTY', 'YOUTH', 'GUARDIAN', 'FORELDREANSVAR'] as const;
export type Capacity = (typeof CAPACITIES)[number];

export const DECISION_TYPES = [
  'NYTT',
  'VIDEREFORT',
  'ENDRET',
  'ERSTATTET',
  'OPPHORT',
  'AKUTT_4_1',
  'ETTERVERN',
  'PALAGT_GJENNOMFORING',
] as const;
export type DecisionType = (typeof DECISION_TYPES)[number];

/** Sections of barnevernsloven 2021 that a measure can rest on. */
const BASES_2021 = ['3-1', '3-2', '3-3', '3-4', '3-5', '3-6', '3-7', '3-8', '4-1'] as const;
/** Sections of barnevernloven 1992, for decisions before 2023: hjelpetiltak, acute measures, and aftercare. */
const BASES_1992 = ['4-4', '4-6', '1-3'] as const;
export const LEGAL_BASES = [...BASES_2021, ...BASES_1992] as const;
export type LegalBasis = (typeof LEGAL_BASES)[number];
export const isBasisOf2021 = (basis: LegalBasis): boolean =>
  (BASES_2021 as readonly LegalBasis[]).includes(basis);

export const NOTICE_CAPACITIES = ['PART', 'FORELDREANSVAR_INFO'] as const;
export type NoticeCapacity = (typeof NOTICE_CAPACITIES)[number];
export const OMISSION_REASONS = ['FARE', 'IKKE_TILGJENGELIG', 'APENBART_UNODVENDIG'] as const;

export const EVALUATION_KINDS = ['FORSTE_4_6_UKER', 'KVARTAL', 'MINI', 'AVSLUTTENDE', 'EKSTRA'] as const;
export type EvaluationKind = (typeof EVALUATION_KINDS)[number];

/** Why a measure ends. Lack of resources is no reason, so there is no such word (rule 20). */
export const END_REASONS = [
  'MAL_NADD',
  'INGEN_EFFEKT',
  'ERSTATTET',
  'SAMTYKKE_TRUKKET',
  'PERIODE_UTLOPT',
  'PALEGG_UTLOPT',
  'FLYTTET_KOMMUNE',
  'FLYTTET_UTLAND',
  'FYLT_18_UTEN_SAMTYKKE',
  'FYLT_25',
  'OMSORGSOVERTAKELSE',
  'OMGJORT_VED_KLAGE',
  'DODSFALL',
  'ANNET',
] as const;
export type EndReason = (typeof END_REASONS)[number];

/** Key of the measure catalogue (model.md section 9); whether it is one, and valid on the date, is a rule (422). */
export const catalogueCode = () =>
  reference(
    /^[a-z0-9][a-z0-9.-]{0,39}$/,
    'en nøkkel i tiltakskatalogen, som «stottekontakt»',
    'stottekontakt',
  );

/** Organisation number, with or without the prefix of ISO 6523. */
export const orgNumber = () =>
  reference(/^(0192:)?\d{9}$/, 'organisasjonsnummer som «0192:» og ni sifre', '0192:999999999');

/** Whether two organisation numbers name the same, however each is written. */
export const isSameOrganisation = (a: string, b: string): boolean => digits(a) === digits(b);
const digits = (org: string): string => org.replace(/^0192:/, '');

/** The municipality's employee who decides; `delegation` says by what right, when that is not the leader. */
export const decidedBy = () => record({ personRef: optional(id()), delegation: optional(text()) });

/**
 * Someone who takes part in the work: by name, by reference to the register, or both. A name may stand as one record or its
 * parts beside the rest.
 */
const someone = {
  name: optional(name()),
  first: optional(text()),
  middle: optional(text()),
  last: optional(text()),
  personRef: optional(personRef()),
  role: optional(text()),
} as const;

export const evaluator = () => record({ ...someone, org: optional(orgNumber()), service: optional(text()) });
export const contact = () =>
  record({ ...someone, org: optional(orgNumber()), service: optional(text()), consentId: optional(id()) });

/** A ground or content of a case: a code of `saksinnhold`, with a specification where the code asks for one. */
export const grounds = () => list(specifiedCode('saksinnhold'), 1);

/** Needs of the child («Barnets behov i sentrum»), by code. */
export const needCodes = () => list(code('saksinnhold'));

/** Plantype as the national list numbers it; the number itself is taken too. */
export const planType = () => oneOf(['1', '2', '3', '4', '5', '6', '7', '8', 1, 2, 3, 4, 5, 6, 7, 8]);

/** The six texts that bvl §12-5 asks of every decision; rule 18 judges their absence. */
export const decisionTexts = <F>(field: (text: TextField) => F) => ({
  facts: field(text()),
  professionalAssessment: field(text()),
  childOpinion: field(text()),
  weightGiven: field(text()),
  bestInterests: field(text()),
  familyTies: field(text()),
});
/** In the order of the statute. */
export const DECISION_TEXTS = [
  'facts',
  'professionalAssessment',
  'childOpinion',
  'weightGiven',
  'bestInterests',
  'familyTies',
] as const;
