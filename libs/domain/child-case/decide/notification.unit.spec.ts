import { describe, it } from '@jest/globals';
import {
  born,
  childConsents,
  childIsParty,
  command,
  concluded,
  IDS,
  received,
} from '../test/case.fixture.js';
import { given } from '../test/given.fixture.js';

const notify = (changes = {}) => command('NotifyDecision', changes);
const includes = {
  complaintRight: true,
  body: true,
  deadline: true,
  procedure: true,
  accessRight: true,
  suspension: true,
};
const toMother = { personRef: IDS.mother, capacity: 'PART', sentOn: '2026-02-27', reachedOn: '2026-02-28' };
const notNotified = { rule: '25', slug: 'not-notified' };

describe('the notice of a decision', () => {
  it('starts the time to complain when it reached the party, moved to a virkedag (D12)', () => {
    given(concluded())
      .when(notify())
      .then({ type: 'DecisionNotified', data: { complaintDueOn: '2026-03-23' }, flags: [] });
    given(concluded())
      .when(notify({ recipients: [{ ...toMother, reachedOn: undefined }] }))
      .then({ type: 'DecisionNotified', flags: [notNotified] });
  });

  it('counts the time of a party, not of whoever else is told (D12)', () => {
    const toFather = {
      personRef: IDS.father,
      capacity: 'FORELDREANSVAR_INFO',
      sentOn: '2026-02-27',
      reachedOn: '2026-04-01',
    };
    given(concluded())
      .when(notify({ recipients: [toMother, toFather] }))
      .then({ type: 'DecisionNotified', data: { complaintDueOn: '2026-03-23' } });
  });

  it('goes to no parent as such when the youth is of age (25)', () => {
    const ofAge = received({
      concernId: IDS.other,
      referralId: IDS.another,
      receivedAt: '2026-02-27T10:00:00+01:00',
      childBirth: { date: '2008-02-27' },
    });
    const toYouth = { personRef: IDS.child, capacity: 'PART', sentOn: '2026-02-27' };
    given([...concluded(), ofAge])
      .when(notify({ recipients: [toMother, toYouth] }))
      .then({ type: 'DecisionNotified', flags: [] });
  });

  it('goes to every party and everyone with parental responsibility (25)', () => {
    given(concluded())
      .when(notify({ recipients: [toMother] }))
      .then({ type: 'DecisionNotified', flags: [notNotified] });
    given([...concluded(), notify({ recipients: [toMother] })])
      .when(
        notify({
          recipients: [{ personRef: IDS.father, capacity: 'FORELDREANSVAR_INFO', sentOn: '2026-03-02' }],
          notifiedOn: '2026-03-02',
        }),
      )
      .then({ type: 'DecisionNotified', flags: [] });
  });

  it('goes to a child of 15 too (25)', () => {
    const of15 = [...concluded(born('2011-01-06')).slice(0, -2), childIsParty(), childConsents()];
    const decision = command('DecideMeasure', { consentIds: [IDS.consent, IDS.childConsent] });
    given([...of15, decision])
      .when(notify())
      .then({ type: 'DecisionNotified', flags: [notNotified] });
  });

  it('to a party as if to a mere parent does not count (25)', () => {
    given(concluded())
      .when(
        notify({
          recipients: [
            { ...toMother, capacity: 'FORELDREANSVAR_INFO' },
            { ...toMother, personRef: IDS.father },
          ],
        }),
      )
      .then({ type: 'DecisionNotified', flags: [notNotified] });
  });

  it('is left out for reasons that are lawful for that person (25)', () => {
    const leftOut = (capacity: string, reason: string, personRef: string = IDS.father) =>
      notify({ recipients: [toMother], omitted: [{ personRef, capacity, reason }] });
    for (const reason of ['FARE', 'IKKE_TILGJENGELIG']) {
      given(concluded())
        .when(leftOut('FORELDREANSVAR_INFO', reason))
        .then({ type: 'DecisionNotified', flags: [] });
      given(concluded())
        .when(leftOut('PART', reason))
        .thenBroken({ slug: 'omission-not-lawful', rule: '25', felt: ['/omitted/0/reason'] });
    }
    given(concluded())
      .when(leftOut('FORELDREANSVAR_INFO', 'APENBART_UNODVENDIG'))
      .thenBroken({ slug: 'omission-not-lawful', rule: '25' });
    given(concluded())
      .when(leftOut('PART', 'APENBART_UNODVENDIG'))
      .then({ type: 'DecisionNotified', flags: [] });
  });

  it('tells what the law asks it to tell (26)', () => {
    for (const part of ['complaintRight', 'body', 'deadline', 'procedure', 'accessRight']) {
      given(concluded())
        .when(notify({ includes: { ...includes, [part]: false } }))
        .thenBroken({ slug: 'notification-incomplete', rule: '26', felt: [`/includes/${part}`] });
    }
    given(concluded())
      .when(notify({ includes: undefined }))
      .thenBroken({ slug: 'notification-incomplete', rule: '26' });
  });

  it('that is silent on suspension is flagged (26)', () => {
    given(concluded())
      .when(notify({ includes: { ...includes, suspension: false } }))
      .then({ type: 'DecisionNotified', flags: [{ rule: '26', slug: 'suspension-not-mentioned' }] });
  });

  it('follows the decision, and reaches nobody before it was sent', () => {
    given(concluded())
      .when(notify({ notifiedOn: '2026-02-26' }))
      .thenBroken({ slug: 'date-out-of-order', felt: ['/notifiedOn'] });
    given(concluded())
      .when(notify({ recipients: [{ ...toMother, reachedOn: '2026-02-26' }] }))
      .thenBroken({ slug: 'date-out-of-order', felt: ['/recipients/0/reachedOn'] });
    given(concluded())
      .when(notify({ recipients: [{ ...toMother, reachedOn: '2026-11-25' }] }))
      .thenBroken({ slug: 'date-in-future', felt: ['/recipients/0/reachedOn'] });
  });
});
