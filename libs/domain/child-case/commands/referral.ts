/** Receive and assess a referral. */
import { defineCommand } from '../../kernel/definition.js';
import type { FieldError } from '../../kernel/errors.js';
import { computed, list, personRef, record, sealedDate, optional, type Shape } from '../../kernel/schema.js';
import { assessment, concern, referredChild } from '../events/referral.js';
import { CASEWORK, EXAMPLE } from './common.js';

/** The whole request of `POST /referrals`: one concern about one or more children, each of whom gets a case. */
export const referralBody = {
  ...concern,
  children: list(record({ personId: personRef(), ...referredChild }), 1),
} as const satisfies Shape;

const exampleChild = {
  personId: EXAMPLE.child,
  guardians: [
    { personRef: EXAMPLE.mother, relation: 'MOR', dailyCare: true, foreldreansvar: true },
    { personRef: EXAMPLE.father, relation: 'FAR', dailyCare: false, foreldreansvar: true },
  ],
};
const exampleConcern = {
  kind: 'BEKYMRINGSMELDING',
  receivedAt: '2026-01-05T09:30:00+01:00',
  channel: 'PORTAL',
  reporters: [{ code: '11', isPublic: true, anonymous: false }],
  contents: [{ code: '1.2.03' }, { code: '2.1.03' }],
  description: 'Barnet kommer ofte for sent til skolen og virker trøtt.',
};
/** A valid body of `POST /referrals`. */
export const referralExample: unknown = { ...exampleConcern, children: [exampleChild] };

/** A child stands once in a concern. Takes the raw body. */
export function refineReferral(body: Readonly<Record<string, unknown>>): readonly FieldError[] {
  const children: readonly unknown[] = Array.isArray(body['children']) ? body['children'] : [];
  const ids = children.map((child) => (child as { personId?: unknown } | null)?.personId);
  return ids.flatMap((personId, index) =>
    typeof personId === 'string' && ids.indexOf(personId) < index
      ? [
          {
            felt: `/children/${index}/personId`,
            regel: 'unique',
            melding: 'Fjern gjentakelsen: barnet står allerede i meldingen.',
          },
        ]
      : [],
  );
}

/** What the concern means for the case of one child. */
export const ReceiveReferral = defineCommand({
  type: 'ReceiveReferral',
  norwegian: 'Motta bekymringsmelding eller søknad',
  emits: ['ReferralReceived'],
  path: [],
  shape: {
    ...concern,
    ...referredChild,
    childRef: personRef(),
    childBirth: computed(record({ date: optional(sealedDate()), dueDate: optional(sealedDate()) })),
  },
  roles: CASEWORK,
  rules: ['01', '02', '22'],
  example: { ...exampleConcern, childRef: EXAMPLE.child, guardians: exampleChild.guardians },
});

export const AssessReferral = defineCommand({
  type: 'AssessReferral',
  norwegian: 'Gjennomgå melding',
  emits: ['ReferralAssessed'],
  path: ['referralId'],
  shape: assessment,
  roles: CASEWORK,
  rules: ['02', '03', '04', '22', '40'],
  example: {
    assessedOn: '2026-01-09',
    conclusion: 'INVESTIGATE',
    immediateActionNeeded: false,
    professionalAssessment: 'Meldingen gir rimelig grunn til å undersøke omsorgssituasjonen.',
  },
});
