// @NOTE stored format: additive changes only; anything else is a new version plus an upcaster.
/** Consent given, refused and withdrawn. */
import { defineEvent } from '../../kernel/definition.js';
import {
  boolean,
  byRule,
  date,
  id,
  list,
  newId,
  oneOf,
  optional,
  personRef,
  record,
  reference,
  text,
} from '../../kernel/schema.js';
import { CAPACITIES, CONSENT_KINDS } from '../fields.js';

const SERVICES = [
  'BARNEHAGE',
  'SKOLE',
  'SFO',
  'PPT',
  'HELSESTASJON',
  'SKOLEHELSETJENESTE',
  'FASTLEGE',
  'TANNHELSE',
  'BUP',
  'DPS',
  'NAV',
  'POLITI',
  'FAMILIEVERN',
  'KRISESENTER',
  'BUFETAT',
  'ANNEN_TJENESTE',
];

/** What a consent is about: a measure, or a service by organisation number or kind. */
const subject = () =>
  reference(
    new RegExp(`^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|(0192:)?\\d{9}|${SERVICES.join('|')})$`),
    'tiltakets id, tjenestens organisasjonsnummer eller en av ' + SERVICES.join(', '),
    'SKOLE',
  );

export const consent = {
  consentId: newId(),
  kind: oneOf(CONSENT_KINDS),
  subjectIds: list(subject(), 1),
  givenBy: personRef(),
  capacity: oneOf(CAPACITIES),
  form: oneOf(['WRITTEN', 'ELECTRONIC', 'ORAL']),
  givenOn: date(),
  purpose: byRule(text()),
  informationShared: optional(
    list(record({ what: optional(text()), withWhom: optional(text()), why: optional(text()) })),
  ),
  validFrom: date(),
  /** This or `untilMeasureEnds`: how long it lasts (rule 15). */
  validTo: byRule(date()),
  untilMeasureEnds: byRule(boolean()),
  /** Each must be true (rule 15). */
  informedOf: byRule(
    record({
      rightToWithdraw: byRule(boolean()),
      rightToComplain: byRule(boolean()),
      participation: byRule(boolean()),
      sharing: byRule(boolean()),
    }),
  ),
  interpreterUsed: optional(boolean()),
};

export const ConsentGiven = defineEvent({
  type: 'ConsentGiven',
  schemaVersion: 1,
  norwegian: 'Samtykke gitt',
  summary: 'Someone consented to a measure, to sharing with a service, or to something else that needs it.',
  aggregate: 'childcase',
  legalDate: 'givenOn',
  law: [],
  shape: consent,
  journalRelevant: true,
});

const unwillingness = {
  by: personRef(),
  on: date(),
  reason: optional(text()),
  /** Measures that it affects; those that the consent names, when not given. */
  effect: optional(list(id())),
};

export const refusal = { subjectIds: list(subject(), 1), ...unwillingness };

export const ConsentRefused = defineEvent({
  type: 'ConsentRefused',
  schemaVersion: 1,
  norwegian: 'Samtykke nektet',
  summary: 'Someone refused to consent to a measure or to sharing.',
  aggregate: 'childcase',
  legalDate: 'on',
  law: [],
  shape: refusal,
  journalRelevant: true,
});

export const withdrawal = { consentId: id(), ...unwillingness };

export const ConsentWithdrawn = defineEvent({
  type: 'ConsentWithdrawn',
  schemaVersion: 1,
  norwegian: 'Samtykke trukket',
  summary: 'A consent was withdrawn; what rested on it alone has lost its basis.',
  aggregate: 'childcase',
  legalDate: 'on',
  law: [],
  shape: withdrawal,
  journalRelevant: true,
});
