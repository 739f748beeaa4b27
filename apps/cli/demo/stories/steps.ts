/** Steps that every story has, so that a story reads as what is its own. */
import type { LocalDate, Role, Slug } from '#forlop/domain';
import type { Played, Step } from '../step.js';
import { contentOn, morningOf } from '../story-days.js';
import { registrationOf, type SyntheticPerson } from '../synthetic-person.js';

interface Told {
  readonly title: string;
  readonly on: LocalDate;
  readonly as?: Role;
}

type Body = NonNullable<Step['body']>;

/** A command that is accepted, with the events that it is expected to give. */
export const accepted = (
  { title, on, as = 'SAKSBEHANDLER' }: Told,
  command: string,
  path: string | ((played: Played) => string),
  body: Body,
  ...events: readonly string[]
): Step => ({
  title,
  on,
  as,
  command,
  method: 'POST',
  path,
  body,
  expected: { status: 201, events },
});

/** A command that is refused. */
export const refused = (
  { title, on, as = 'SAKSBEHANDLER' }: Told,
  command: string,
  path: string | ((played: Played) => string),
  body: Body,
  status: number,
  kode: Slug,
): Step => ({ title, on, as, command, method: 'POST', path, body, expected: { status, kode } });

export const registered = (title: string, person: SyntheticPerson, on: LocalDate): Step =>
  accepted({ title, on }, 'RegisterPerson', '/persons', registrationOf(person, on), 'PersonRegistered');

export interface Guardian {
  readonly person: SyntheticPerson;
  readonly relation: 'MOR' | 'FAR';
  readonly dailyCare: boolean;
}

export interface Concern {
  readonly referralId: string;
  readonly child: SyntheticPerson;
  readonly guardians: readonly Guardian[];
  readonly kind: 'BEKYMRINGSMELDING' | 'SOKNAD_FRA_FAMILIE';
  /** Code of the list of reporters (melder). */
  readonly reporter: { readonly code: string; readonly isPublic: boolean; readonly anonymous: boolean };
  /** Alternatives, the first that is valid on the day is used. */
  readonly contents: readonly string[];
  readonly description: string;
}

export const received = (told: Told, concern: Concern): Step =>
  accepted(
    told,
    'ReceiveReferral',
    '/referrals',
    {
      kind: concern.kind,
      receivedAt: morningOf(told.on),
      channel: 'PORTAL',
      reporters: [concern.reporter],
      contents: [contentOn(told.on, ...concern.contents)],
      description: concern.description,
      children: [
        {
          personId: concern.child.personId,
          referralId: concern.referralId,
          guardians: concern.guardians.map(({ person, relation, dailyCare }) => ({
            personRef: person.personId,
            relation,
            dailyCare,
            foreldreansvar: true,
          })),
        },
      ],
    },
    'ReferralReceived',
  );

/** The review that leads to an investigation, and its opening the same day. */
export const investigated = (
  on: LocalDate,
  referralId: string,
  investigationId: string,
  professionalAssessment: string,
  planId: string,
): readonly Step[] => [
  accepted(
    { title: 'Meldingen gjennomgås: skal undersøkes', on },
    'AssessReferral',
    `/cases/{caseId}/referrals/${referralId}/assessment`,
    { assessedOn: on, conclusion: 'INVESTIGATE', immediateActionNeeded: false, professionalAssessment },
    'ReferralAssessed',
  ),
  accepted(
    { title: 'Undersøkelsen åpnes, med plan', on },
    'OpenInvestigation',
    '/cases/{caseId}/investigations',
    { investigationId, referralIds: [referralId], startedOn: on, planId },
    'InvestigationOpened',
  ),
];

export const participated = (
  told: Told,
  phase: string,
  words: { readonly opinion: string; readonly weight: string },
  trustedPersonPresent = false,
): Step =>
  accepted(
    told,
    'RecordChildParticipation',
    '/cases/{caseId}/participations',
    {
      phase,
      method: 'CONVERSATION',
      heldOn: told.on,
      ...words,
      informedOfUse: true,
      trustedPersonPresent,
    },
    'ChildParticipationRecorded',
  );

export const party = (told: Told, person: SyntheticPerson, role: string, basis?: 'AGE_15' | 'FVL_2E'): Step =>
  accepted(
    told,
    'AssessPartyStatus',
    '/cases/{caseId}/party-statuses',
    {
      personRef: person.personId,
      assessedOn: told.on,
      role,
      isParty: basis !== undefined,
      ...(basis === undefined ? undefined : { basis }),
      ...(role === 'CHILD' ? { understandsCase: true } : { hasParentalResponsibility: true }),
    },
    'PartyStatusAssessed',
  );

/** What a consent must tell of to be informed (rule 15). */
export const INFORMED = {
  rightToWithdraw: true,
  rightToComplain: true,
  participation: true,
  sharing: true,
} as const;

export const journaled = (
  told: Told,
  document: { readonly documentId: string; readonly sha256: string; readonly recipient: SyntheticPerson },
): Step =>
  accepted(
    told,
    'JournalDocument',
    '/cases/{caseId}/documents',
    {
      documentId: document.documentId,
      journaledOn: told.on,
      noark: {
        type: 'U',
        date: told.on,
        parties: [
          {
            personRef: document.recipient.personId,
            name: { first: document.recipient.first, last: document.recipient.last },
            role: 'Mottaker',
          },
        ],
      },
      documentClass: 'Vedtak om hjelpetiltak',
      sha256: document.sha256,
      internal: false,
    },
    'DocumentJournaled',
  );
