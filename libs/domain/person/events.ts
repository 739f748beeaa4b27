// @NOTE stored format: additive changes only; anything else is a new version plus an upcaster.
/** Events of a person's own stream, all sealed under that person's key. */
import { defineEvent, type EventOf } from '../kernel/definition.js';
import { provision } from '../kernel/law-reference.js';
import {
  boolean,
  date,
  id,
  list,
  oneOf,
  optional,
  personRef,
  record,
  reference,
  sealedDate,
  text,
} from '../kernel/schema.js';
import { address, name, protection, RELATIONS } from '../kernel/shapes.js';
import { IDENTIFIER_KINDS } from './identity-number.js';

/** Who the person is. Exactly one of `birthDate` and `dueDate`; the latter for a child not yet born. */
export const personFields = {
  identifier: record({ kind: oneOf(IDENTIFIER_KINDS), value: optional(text()) }),
  name: optional(name()),
  birthDate: optional(sealedDate()),
  dueDate: optional(sealedDate()),
  address: optional(address()),
  addressProtection: protection(),
  relations: optional(
    list(
      record({
        personRef: personRef(),
        relation: oneOf(RELATIONS),
        dailyCare: optional(boolean()),
        foreldreansvar: optional(boolean()),
      }),
    ),
  ),
} as const;

/** Person registrert. */
export const PersonRegistered = defineEvent({
  type: 'PersonRegistered',
  schemaVersion: 1,
  norwegian: 'Person registrert',
  summary: 'A person is known to the municipality: a child, a parent or another whom a case concerns.',
  aggregate: 'person',
  legalDate: 'on',
  law: [provision('BVL2021', '12-4', 1)],
  shape: { personId: id(), ...personFields, on: date() },
  journalRelevant: false,
});

/** Person rettet. */
export const PersonCorrected = defineEvent({
  type: 'PersonCorrected',
  schemaVersion: 1,
  norwegian: 'Person rettet',
  summary:
    'What is registered about a person is replaced as a whole, for example when an expected child is born.',
  aggregate: 'person',
  legalDate: 'on',
  law: [provision('BVL2021', '12-4', 1)],
  shape: { personId: id(), ...personFields, reason: text(), on: date() },
  journalRelevant: false,
});

export const SHRED_GROUNDS = ['APENBART_GRUNNLOS', 'HENLAGT_10_AR'] as const;

/** Reference to the decision of kassasjon. It is not sealed: the key that could open it is destroyed with this event. */
export const decisionRef = () =>
  reference(
    /^[A-Za-z0-9][A-Za-z0-9./_-]{0,63}$/,
    'saksreferansen uten mellomrom, som «2026/1234-5», og uten navn',
    '2026/1234-5',
  );

/** Nøkkel slettet (kassasjon). */
export const SubjectShredded = defineEvent({
  type: 'SubjectShredded',
  schemaVersion: 1,
  norwegian: 'Nøkkel slettet',
  summary: 'The key of a person was destroyed, so that nothing sealed with it can be read again.',
  aggregate: 'person',
  legalDate: 'shreddedOn',
  law: [provision('ARKL2025', '12'), provision('ARKL2025', '13')],
  shape: { subjectRef: id(), ground: oneOf(SHRED_GROUNDS), decisionRef: decisionRef(), shreddedOn: date() },
  journalRelevant: false,
});

export type PersonEvent =
  EventOf<typeof PersonRegistered> | EventOf<typeof PersonCorrected> | EventOf<typeof SubjectShredded>;

export const personEvents = { PersonRegistered, PersonCorrected, SubjectShredded } as const;
