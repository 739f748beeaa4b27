import { describe, it } from '@jest/globals';
import {
  born,
  childConsents,
  childIsParty,
  command,
  decided,
  IDS,
  prepared,
  received,
  SUPPORT_CONTACT,
} from '../test/case.fixture.js';
import { given } from '../test/given.fixture.js';
import type { CaseCommand } from '../commands.js';

const consentIds = [IDS.consent, IDS.childConsent, IDS.fatherConsent];
const decide = (changes = {}, decision = {}) => decided(changes, { consentIds, ...decision });
const fatherConsents = (changes = {}) =>
  command('RecordConsent', { consentId: IDS.fatherConsent, givenBy: IDS.father, ...changes });
const notBy = (type: CaseCommand['type'], commands: readonly CaseCommand[]) =>
  commands.filter((step) => step.type !== type);
const withConsent = (changes: object) => [
  ...notBy('RecordConsent', prepared()),
  command('RecordConsent', changes),
];
const accepted = { type: 'MeasureDecided' } as const;
const consentMissing = { slug: 'consent-missing', rule: '13' } as const;
const childConsentMissing = { slug: 'child-consent-missing', rule: '14' } as const;

describe('consent from everyone with daily care (13)', () => {
  it('is one parent’s where one has it', () => {
    given(prepared()).when(decide()).then(accepted);
    given(notBy('RecordConsent', prepared())).when(decide()).thenBroken(consentMissing);
  });

  it('is given by the day of the decision, from whatever day it is said to count', () => {
    given(withConsent({ givenOn: '2026-02-28', validFrom: '2026-02-25' }))
      .when(decide())
      .thenBroken(consentMissing);
    given(withConsent({ givenOn: '2026-02-27' }))
      .when(decide())
      .then(accepted);
  });

  it('is both parents’ where both have it', () => {
    const guardian = { dailyCare: true, foreldreansvar: true };
    const both = prepared(
      received({
        guardians: [
          { personRef: IDS.mother, relation: 'MOR', ...guardian },
          { personRef: IDS.father, relation: 'FAR', ...guardian },
        ],
      }),
    ).map((step) =>
      step.type === 'AssessPartyStatus' && step.data.personRef === IDS.father
        ? command('AssessPartyStatus', { personRef: IDS.father })
        : step,
    );
    given(both).when(decide()).thenBroken(consentMissing);
    given([...both, fatherConsents()])
      .when(decide())
      .then(accepted);
  });

  it('goes by the party status where the referral was wrong', () => {
    const moved = command('AssessPartyStatus', { personRef: IDS.father, assessedOn: '2026-02-26' });
    given([...prepared(), moved])
      .when(decide())
      .thenBroken(consentMissing);
    given([...prepared(), moved, fatherConsents()])
      .when(decide())
      .then(accepted);
    const lost = command('AssessPartyStatus', {
      personRef: IDS.mother,
      role: 'PARENT_VISITATION',
      assessedOn: '2026-02-26',
    });
    given([...notBy('RecordConsent', prepared()), moved, lost, fatherConsents()])
      .when(decide())
      .then(accepted);
  });

  it('goes by the status that was recorded last of one day', () => {
    const status = (role: string) =>
      command('AssessPartyStatus', { personRef: IDS.father, role, assessedOn: '2026-02-26' });
    given([...prepared(), status('PARENT_DAILY_CARE'), status('PARENT_VISITATION')])
      .when(decide())
      .then(accepted);
    given([...prepared(), status('PARENT_VISITATION'), status('PARENT_DAILY_CARE')])
      .when(decide())
      .thenBroken(consentMissing);
  });

  it('is somebody’s who answers for the child where nobody is registered with it', () => {
    const nobody = prepared(received({ guardians: undefined })).filter(
      ({ type }) => type !== 'AssessPartyStatus',
    );
    given(nobody).when(decide()).then(accepted);
    given(notBy('RecordConsent', nobody)).when(decide()).thenBroken(consentMissing);
  });

  it('counts when it is cited', () => {
    given(prepared())
      .when(decide({}, { consentIds: [] }))
      .thenBroken(consentMissing);
    given(prepared())
      .when(decide({}, { consentIds: undefined }))
      .thenBroken(consentMissing);
    given(prepared())
      .when(decide({}, { consentIds: [IDS.other] }))
      .thenBroken(consentMissing);
  });

  it('counts when it is for a measure, and this one', () => {
    given(withConsent({ kind: 'FILMING' }))
      .when(decide())
      .thenBroken(consentMissing);
    given(withConsent({ subjectIds: [IDS.other] }))
      .when(decide())
      .thenBroken(consentMissing);
    given(withConsent({ subjectIds: [IDS.other, IDS.measure] }))
      .when(decide())
      .then(accepted);
  });

  it('counts from its first day to its last', () => {
    given(withConsent({ validFrom: '2026-02-28' }))
      .when(decide())
      .thenBroken(consentMissing);
    given(withConsent({ validFrom: '2026-02-27' }))
      .when(decide())
      .then(accepted);
    given(withConsent({ validTo: '2026-02-26' }))
      .when(decide())
      .thenBroken(consentMissing);
    given(withConsent({ validTo: '2026-02-27' }))
      .when(decide())
      .then(accepted);
  });

  it('counts until it is withdrawn', () => {
    const withdrawn = (on: string) => [...prepared(), command('WithdrawConsent', { on })];
    given(withdrawn('2026-02-27')).when(decide()).thenBroken(consentMissing);
    given(withdrawn('2026-02-28')).when(decide()).then(accepted);
  });
});

describe('consent of a child who is party (14)', () => {
  const of15 = (birth = '2011-01-05') => [...prepared(born(birth)), childIsParty()];

  it('is needed for a støttekontakt', () => {
    given(of15()).when(decide(SUPPORT_CONTACT)).thenBroken(childConsentMissing);
    given([...of15(), childConsents()])
      .when(decide(SUPPORT_CONTACT))
      .then(accepted);
  });

  it('is needed for what the catalogue marks, whoever it is said to be directed at', () => {
    given(of15())
      .when(decide({ ...SUPPORT_CONTACT, targetPerson: IDS.mother }))
      .thenBroken(childConsentMissing);
  });

  it('is needed for whatever is directed at the child', () => {
    given(of15())
      .when(decide({ targetPerson: IDS.child }))
      .thenBroken(childConsentMissing);
    given(of15()).when(decide()).then(accepted);
  });

  it('is not needed of a younger child, unless it was found to be party', () => {
    given(prepared()).when(decide(SUPPORT_CONTACT)).then(accepted);
    given([...prepared(), childIsParty()])
      .when(decide(SUPPORT_CONTACT))
      .thenBroken(childConsentMissing);
  });

  it('is needed from the birthday on', () => {
    given(prepared(born('2011-02-28')))
      .when(decide(SUPPORT_CONTACT))
      .then(accepted);
    given([...prepared(born('2011-02-27')), childIsParty('2026-02-27')])
      .when(decide(SUPPORT_CONTACT))
      .thenBroken(childConsentMissing);
  });

  it('is not needed of a child of 15 who does not understand what it is about', () => {
    const notParty = (understandsCase: boolean) =>
      command('AssessPartyStatus', {
        personRef: IDS.child,
        role: 'CHILD',
        isParty: false,
        understandsCase,
      });
    given([...prepared(born('2011-01-05')), notParty(false)])
      .when(decide(SUPPORT_CONTACT))
      .then(accepted);
    given([...prepared(born('2011-01-05')), notParty(true)])
      .when(decide(SUPPORT_CONTACT))
      .thenBroken(childConsentMissing);
  });

  it('does not stand in for those with daily care', () => {
    given([...notBy('RecordConsent', of15()), childConsents()])
      .when(decide(SUPPORT_CONTACT))
      .thenBroken(consentMissing);
  });
});

describe('an acute measure (bvl §4-1)', () => {
  const acute = () =>
    decide({ voluntary: false }, { decisionType: 'AKUTT_4_1', legalBasis: '4-1', consentIds: undefined });
  const refuse = (changes = {}) => command('RecordConsentRefusal', changes);

  it('needs no consent', () => {
    given(notBy('RecordConsent', prepared())).when(acute()).then(accepted);
  });

  it('gives way to a parent who opposes it', () => {
    given([...prepared(), refuse()])
      .when(acute())
      .thenBroken(consentMissing);
    given([...prepared(), command('WithdrawConsent', { on: '2026-02-26' })])
      .when(acute())
      .thenBroken(consentMissing);
    given([...prepared(), refuse({ on: '2026-02-28' })])
      .when(acute())
      .then(accepted);
  });

  it('does not give way to a parent who has come round', () => {
    given([
      ...prepared(),
      refuse({ on: '2026-02-25' }),
      fatherConsents({ givenOn: '2026-02-26', validFrom: '2026-02-26' }),
    ])
      .when(acute())
      .then(accepted);
  });

  it('gives way to a parent who consented and then changed their mind', () => {
    given([...prepared(), refuse({ by: IDS.mother, on: '2026-02-26' })])
      .when(acute())
      .thenBroken(consentMissing);
  });

  it('gives way to a child of 15', () => {
    given([...prepared(), refuse({ by: IDS.child })])
      .when(acute())
      .then(accepted);
    given([...prepared(born('2011-01-05')), childIsParty(), refuse({ by: IDS.child })])
      .when(acute())
      .thenBroken(consentMissing);
  });

  it('does not give way to someone who is no parent', () => {
    const fosterParent = command('AssessPartyStatus', {
      personRef: IDS.other,
      role: 'FOSTER_PARENT',
      isParty: false,
    });
    given([...prepared(), fosterParent, refuse({ by: IDS.other })])
      .when(acute())
      .then(accepted);
  });
});
