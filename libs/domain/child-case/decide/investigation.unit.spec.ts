import { describe, it } from '@jest/globals';
import { born, command, dismissed, IDS, received, running } from '../test/case.fixture.js';
import { given } from '../test/given.fixture.js';

const assessed = (referral = received()) => [referral, command('AssessReferral')];
const opened = (referral = received()) => [...assessed(referral), command('OpenInvestigation')];
const open = (changes = {}) => command('OpenInvestigation', changes);
const extend = (changes = {}, by = {}) => command('ExtendInvestigation', changes, by);

describe('an investigation', () => {
  it('is due three months after the week of the review ran out (D4)', () => {
    given(assessed())
      .when(open())
      .then({ type: 'InvestigationOpened', data: { dueOn: '2026-04-12' }, flags: [] });
  });

  it('has its months counted as months', () => {
    given([
      received({ receivedAt: '2025-11-23T10:00:00+01:00' }),
      command('AssessReferral', { assessedOn: '2025-11-30' }),
    ])
      .when(open({ startedOn: '2025-11-30' }))
      .then({ type: 'InvestigationOpened', data: { dueOn: '2026-02-28' } });
  });

  it('of several referrals counts from the first', () => {
    const second = received({
      concernId: IDS.other,
      referralId: IDS.another,
      receivedAt: '2026-01-08T10:00:00+01:00',
    });
    given([...assessed(), second, command('AssessReferral', { referralId: IDS.another })])
      .when(open({ referralIds: [IDS.another, IDS.referral] }))
      .then({ type: 'InvestigationOpened', data: { dueOn: '2026-04-12' } });
  });

  it('needs a referral that is to be investigated (05)', () => {
    const broken = { slug: 'no-open-referral', rule: '05' } as const;
    given([received()]).when(open()).thenBroken(broken);
    given([received(), command('AssessReferral', { conclusion: 'DISMISSED' })])
      .when(open())
      .thenBroken(broken);
    given(assessed())
      .when(open({ referralIds: [] }))
      .thenBroken(broken);
    given(assessed())
      .when(open({ referralIds: undefined }))
      .thenBroken(broken);
    given(assessed())
      .when(open({ referralIds: [IDS.referral, IDS.other] }))
      .thenBroken(broken);
  });

  it('leaves a referral that it took up unreviewed to be reviewed, once', () => {
    const second = received({
      concernId: IDS.other,
      referralId: IDS.another,
      receivedAt: '2026-01-08T10:00:00+01:00',
    });
    const both = [
      ...assessed(),
      second,
      command('OpenInvestigation', { referralIds: [IDS.referral, IDS.another] }),
    ];
    const review = command('AssessReferral', {
      referralId: IDS.another,
      assessedOn: '2026-01-12',
      conclusion: 'IN_ONGOING_INVESTIGATION',
    });
    given(both).when(review).then({ type: 'ReferralAssessed', flags: [] });
    given([...both, review])
      .when(review)
      .thenBroken({ slug: 'already-done', rule: '40' });
    given(both)
      .when(command('AssessReferral', { assessedOn: '2026-01-12' }))
      .thenBroken({ slug: 'already-done', rule: '40' });
  });

  it('without a plan is flagged (05)', () => {
    given(assessed())
      .when(open({ planId: undefined }))
      .then({
        type: 'InvestigationOpened',
        flags: [{ rule: '05', slug: 'investigation-plan-missing' }],
      });
  });

  it('is not opened for someone of age without aftercare (01)', () => {
    given(assessed(born('2008-01-05')))
      .when(open())
      .thenBroken({ slug: 'child-age', rule: '01' });
    given(assessed(born('2008-01-10')))
      .when(open())
      .then({ type: 'InvestigationOpened' });
  });

  it('is opened for nobody of 25, whatever began before 18 (01)', () => {
    const childBirth = { date: '2001-06-02' };
    const began = [
      received({ receivedAt: '2018-01-05T10:00:00+01:00', childBirth }),
      command('ProposeMeasure', { proposedOn: '2018-02-01' }),
      command('StartMeasure', { startedOn: '2018-02-02' }),
    ];
    const again = (receivedAt: string, assessedOn: string) => [
      received({ concernId: IDS.other, referralId: IDS.another, receivedAt, childBirth }),
      command('AssessReferral', { referralId: IDS.another, assessedOn }),
    ];
    const opening = { referralIds: [IDS.another] };
    given([...began, ...again('2026-05-26T10:00:00+02:00', '2026-06-01')])
      .when(open({ ...opening, startedOn: '2026-06-01' }))
      .then({ type: 'InvestigationOpened' });
    given([...began, ...again('2026-05-26T10:00:00+02:00', '2026-06-01')])
      .when(open({ ...opening, startedOn: '2026-06-02' }))
      .thenBroken({ slug: 'child-age', rule: '01' });
  });

  it('is opened for a youth whose measure began before 18 (01)', () => {
    const later = received({
      concernId: IDS.other,
      referralId: IDS.another,
      receivedAt: '2026-06-01T10:00:00+02:00',
      childBirth: { date: '2008-05-01' },
    });
    given([
      ...running(),
      later,
      command('AssessReferral', { referralId: IDS.another, assessedOn: '2026-06-02' }),
    ])
      .when(open({ investigationId: IDS.third, referralIds: [IDS.another], startedOn: '2026-06-02' }))
      .then({ type: 'InvestigationOpened' });
  });

  it('asks where the child stays of the referral that was received last, not recorded last (02)', () => {
    const earlier = received({
      concernId: IDS.other,
      referralId: IDS.another,
      receivedAt: '2025-12-20T10:00:00+01:00',
      contents: [{ code: '9' }],
      stayMunicipality: '0301',
    });
    given([...assessed(), earlier])
      .when(open())
      .then({ type: 'InvestigationOpened', flags: [] });
    given([...assessed(), earlier])
      .when(command('AssessPartyStatus', { assessedOn: '2025-12-20' }))
      .then({ type: 'PartyStatusAssessed' });
  });

  it('is not opened for a child who stays elsewhere (02)', () => {
    given(assessed(received({ stayMunicipality: '0301' })))
      .when(open())
      .thenBroken({ slug: 'wrong-municipality', rule: '02' });
  });

  it('is one at a time, and several in sequence', () => {
    const first = [
      ...opened(),
      command('RecordChildParticipation', { phase: 'UNDERSOKELSE', heldOn: '2026-02-01' }),
      command('JournalDocument'),
      dismissed(),
    ];
    const again = [
      received({
        concernId: IDS.other,
        referralId: IDS.another,
        receivedAt: '2026-05-01T10:00:00+02:00',
      }),
      command('AssessReferral', { referralId: IDS.another, assessedOn: '2026-05-04' }),
    ];
    const second = (changes = {}) =>
      open({
        investigationId: IDS.third,
        referralIds: [IDS.another],
        startedOn: '2026-05-04',
        ...changes,
      });
    given([...opened(), ...again])
      .when(second())
      .thenBroken({ slug: 'already-done', rule: '40' });
    given([...first, ...again])
      .when(second())
      .then({ type: 'InvestigationOpened', data: { dueOn: '2026-08-08' } });
    given([...first, ...again])
      .when(second({ referralIds: [IDS.referral] }))
      .thenBroken({ slug: 'no-open-referral', rule: '05' });
  });

  it('does not start before what it is about was received', () => {
    given([
      ...assessed(received({ receivedAt: '2026-01-05T10:00:00+01:00' })),
      received({
        concernId: IDS.other,
        referralId: IDS.another,
        receivedAt: '2026-02-05T10:00:00+01:00',
      }),
      command('AssessReferral', { referralId: IDS.another, assessedOn: '2026-02-06' }),
    ])
      .when(open({ referralIds: [IDS.another], startedOn: '2026-02-01' }))
      .thenBroken({ slug: 'date-out-of-order', felt: ['/startedOn'] });
  });
});

describe('the extension of an investigation', () => {
  it('is granted in a special case, for six months in total', () => {
    given(opened())
      .when(extend({ newDueOn: '2026-07-12' }))
      .then({ type: 'InvestigationExtended', data: { granted: '1' }, flags: [] });
    given(opened())
      .when(extend({ newDueOn: '2026-07-13' }))
      .thenBroken({ slug: 'extension-invalid', rule: '07', felt: ['/newDueOn'] });
  });

  it('makes the time longer (07)', () => {
    given(opened())
      .when(extend({ newDueOn: '2026-04-12' }))
      .thenBroken({ slug: 'extension-invalid', rule: '07', felt: ['/newDueOn'] });
    given(opened())
      .when(extend({ newDueOn: undefined }))
      .thenBroken({ slug: 'extension-invalid', rule: '07', felt: ['/newDueOn'] });
  });

  it('says why (07)', () => {
    given(opened())
      .when(extend({ reason: undefined }))
      .thenBroken({ slug: 'extension-invalid', rule: '07', felt: ['/reason'] });
  });

  it('may be made longer once more, within the six months (07)', () => {
    const again = (newDueOn: string) => extend({ extendedOn: '2026-04-01', newDueOn });
    given([...opened(), extend()])
      .when(again('2026-07-12'))
      .then({ type: 'InvestigationExtended', flags: [] });
    given([...opened(), extend()])
      .when(again('2026-07-01'))
      .thenBroken({ slug: 'extension-invalid', rule: '07' });
  });

  it('belongs to the time before the conclusion, whenever it is recorded', () => {
    const over = [
      ...opened(),
      command('RecordChildParticipation', { phase: 'UNDERSOKELSE', heldOn: '2026-02-01' }),
      command('JournalDocument'),
      dismissed(),
    ];
    given(over)
      .when(extend({ extendedOn: '2026-03-03' }))
      .thenBroken({ slug: 'already-done', rule: '40' });
    given(over)
      .when(extend({ extendedOn: '2026-03-02' }))
      .then({ type: 'InvestigationExtended' });
  });

  it('that was refused needs no new date', () => {
    given(opened())
      .when(extend({ granted: 2, newDueOn: undefined, extendedOn: '2026-05-01' }))
      .then({ type: 'InvestigationExtended', data: { granted: '2' }, flags: [] });
  });

  it('after the three months is flagged (07)', () => {
    given(opened())
      .when(extend({ extendedOn: '2026-04-15' }))
      .then({
        type: 'InvestigationExtended',
        flags: [{ rule: '07', slug: 'extension-late', dueOn: '2026-04-12', daysLate: 3 }],
      });
  });

  it('is decided by the leader, or by delegation (19)', () => {
    const bySaksbehandler = { role: 'SAKSBEHANDLER' } as const;
    given(opened())
      .when(extend({ decidedBy: undefined }, bySaksbehandler))
      .thenBroken({ slug: 'not-authorised-to-decide', rule: '19' });
    given(opened()).when(extend({}, bySaksbehandler)).then({ type: 'InvestigationExtended' });
    given(opened())
      .when(extend({ decidedBy: undefined }))
      .then({ type: 'InvestigationExtended' });
  });
});
