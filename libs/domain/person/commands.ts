/** Commands on a person. */
import { defineCommand } from '../kernel/definition.js';
import type { Command } from '../kernel/decider.js';
import { boolean, computed, date, id, list, newId, oneOf, optional, record, text } from '../kernel/schema.js';
import { decisionRef, personFields, SHRED_GROUNDS } from './events.js';
import { identityErrors } from './identity-check.js';

/** Synthetic: the month of the number has 80 added. */
const SYNTHETIC_CHILD = {
  identifier: { kind: 'FNR', value: '13891450006' },
  name: { first: 'Synne', middle: 'Prøve', last: 'Testdatter' },
  birthDate: '2014-09-13',
  address: { lines: ['Eksempelveien 1'], postalCode: '2317', city: 'Hamar' },
  addressProtection: 'UGRADERT',
  relations: [],
} as const;

/** Registrer person. */
export const RegisterPerson = defineCommand({
  type: 'RegisterPerson',
  norwegian: 'Registrer person',
  emits: ['PersonRegistered'],
  path: [],
  /** `on` is today when it is not given. */
  shape: { personId: newId(), ...personFields, on: optional(date()) },
  roles: ['SAKSBEHANDLER', 'LEDER'],
  rules: [],
  example: { ...SYNTHETIC_CHILD, on: '2026-03-02' },
  refine: identityErrors,
});

/** Rett person: the whole person as it shall stand, with the reason. */
export const CorrectPerson = defineCommand({
  type: 'CorrectPerson',
  norwegian: 'Rett person',
  emits: ['PersonCorrected'],
  path: ['personId'],
  shape: { personId: id(), ...personFields, reason: text(), on: date() },
  roles: ['SAKSBEHANDLER', 'LEDER'],
  rules: [],
  example: { ...SYNTHETIC_CHILD, reason: 'Adressen er endret i Folkeregisteret', on: '2026-03-09' },
  refine: identityErrors,
});

/** What is known of a case of the subject when its key is to be destroyed; gathered by the service. */
export const caseFacts = () =>
  record({ caseId: id(), open: boolean(), holdsMeasureDecision: boolean(), lastEntryOn: date() });

/** Slett nøkkel: an operator's command, never sent over HTTP. */
export const ShredSubject = defineCommand({
  type: 'ShredSubject',
  norwegian: 'Slett nøkkel',
  emits: ['SubjectShredded'],
  path: ['subjectRef'],
  shape: {
    subjectRef: id(),
    ground: oneOf(SHRED_GROUNDS),
    decisionRef: decisionRef(),
    shreddedOn: date(),
    cases: computed(list(caseFacts())),
  },
  roles: [],
  rules: [],
  example: { ground: 'APENBART_GRUNNLOS', decisionRef: '2026/1234-5', shreddedOn: '2026-03-09' },
});

export type PersonCommand =
  Command<typeof RegisterPerson> | Command<typeof CorrectPerson> | Command<typeof ShredSubject>;

export const personCommands = { RegisterPerson, CorrectPerson, ShredSubject } as const;
