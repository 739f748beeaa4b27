import { describe, it } from '@jest/globals';
import { born, command, IDS, received } from '../test/case.fixture.js';
import { given } from '../test/given.fixture.js';

const again = (changes = {}) => received({ concernId: IDS.other, referralId: IDS.another, ...changes });

describe('a referral', () => {
  it('opens the case and sets its two deadlines', () => {
    given([])
      .when(received())
      .then({
        type: 'ReferralReceived',
        data: { reviewDueOn: '2026-01-12', receiptDueOn: '2026-01-26', stayMunicipality: '3401' },
        flags: [],
      });
  });

  it('counts its deadlines from the date in Oslo, not in UTC', () => {
    given([])
      .when(received({ receivedAt: '2026-01-05T23:30:00Z' }))
      .then({ type: 'ReferralReceived', data: { reviewDueOn: '2026-01-13' } });
  });

  it('joins a case that another opened', () => {
    given([received()]).when(again()).then({ type: 'ReferralReceived', flags: [] });
  });

  it('takes ids that the case has not used', () => {
    given([received()])
      .when(received({ concernId: IDS.other }))
      .thenBroken({ slug: 'id-in-use' });
    given([received()])
      .when(received({ referralId: IDS.other }))
      .thenBroken({ slug: 'id-in-use' });
  });

  it('is not received in the future', () => {
    given([])
      .when(received({ receivedAt: '2026-11-24T12:00:01+01:00' }))
      .thenBroken({ slug: 'date-in-future', felt: ['/receivedAt'] });
  });

  it('of someone of 18 is received and flagged (01)', () => {
    given([])
      .when(born('2008-01-05'))
      .then({ type: 'ReferralReceived', flags: [{ rule: '01', slug: 'child-age' }] });
    given([]).when(born('2008-01-06')).then({ type: 'ReferralReceived', flags: [] });
  });

  it('of an unborn child is no question of age (01)', () => {
    given([])
      .when(received({ childBirth: { dueDate: '2026-05-01' } }))
      .then({ type: 'ReferralReceived', flags: [] });
  });

  it('of a child who stays elsewhere is received and flagged (02)', () => {
    given([])
      .when(received({ stayMunicipality: '0301' }))
      .then({ type: 'ReferralReceived', flags: [{ rule: '02', slug: 'wrong-municipality' }] });
  });

  it('knows its own municipality under the number it had before (02)', () => {
    given([])
      .when(received({ stayMunicipality: '3005' }, { municipality: '3301' }))
      .then({ type: 'ReferralReceived', flags: [] });
  });

  it('with a code of another year is received and flagged (22)', () => {
    const flags = [{ rule: '22', slug: 'code-not-valid' }];
    given([])
      .when(received({ contents: [{ code: '8' }] }))
      .then({ type: 'ReferralReceived', flags });
    given([])
      .when(received({ reporters: [{ code: '15' }] }))
      .then({ type: 'ReferralReceived', flags });
  });

  it('with what was never a code cannot be stored', () => {
    given([])
      .when(received({ contents: [{ code: '1.2.03' }, { code: 'Ola' }] }))
      .thenBroken({ slug: 'code-not-valid', rule: '22', felt: ['/contents/1/code'] });
    given([])
      .when(received({ reporters: [{ code: '99' }] }))
      .thenBroken({ slug: 'code-not-valid', rule: '22', felt: ['/reporters/0/code'] });
  });

  it('says more where the code asks for it', () => {
    const lastYear = { receivedAt: '2025-10-01T10:00:00+02:00' };
    given([])
      .when(received({ ...lastYear, contents: [{ code: '19' }] }))
      .thenBroken({ slug: 'specification-missing', rule: '22', felt: ['/contents/0/specification'] });
    given([])
      .when(received({ ...lastYear, contents: [{ code: '19', specification: 'Sover dårlig' }] }))
      .then({ type: 'ReferralReceived', flags: [] });
  });

  it('from before 2023 is recorded and not judged', () => {
    given([])
      .when(received({ receivedAt: '2022-12-31T10:00:00+01:00', stayMunicipality: '0301' }))
      .then({ type: 'ReferralReceived', flags: [] });
  });
});

describe('the review of a referral', () => {
  const assess = (changes = {}) => command('AssessReferral', changes);

  it('in time breaks no deadline', () => {
    given([received()])
      .when(assess({ assessedOn: '2026-01-12' }))
      .then({ type: 'ReferralAssessed', data: { deadlineBreached: false, ssbCode: '2' }, flags: [] });
  });

  it('that comes late is recorded with how late (D1)', () => {
    given([received()])
      .when(assess({ assessedOn: '2026-01-15' }))
      .then({
        type: 'ReferralAssessed',
        data: { deadlineBreached: true },
        flags: [{ rule: 'D1', slug: 'review-late', dueOn: '2026-01-12', daysLate: 3 }],
      });
  });

  it('that dismisses gives professional reasons (03)', () => {
    const dismissed = { conclusion: 'DISMISSED', professionalAssessment: undefined };
    given([received()])
      .when(assess(dismissed))
      .thenBroken({ slug: 'missing-reasons', rule: '03', felt: ['/professionalAssessment'] });
    given([received()])
      .when(assess({ ...dismissed, professionalAssessment: '  ' }))
      .thenBroken({ slug: 'missing-reasons', rule: '03' });
    given([received()])
      .when(assess({ conclusion: 'DISMISSED' }))
      .then({ type: 'ReferralAssessed', data: { ssbCode: '10' } });
  });

  it('need not reason why it dismisses what is plainly unfounded (03)', () => {
    given([received()])
      .when(assess({ conclusion: 'DISMISSED', professionalAssessment: undefined, manifestlyUnfounded: true }))
      .then({ type: 'ReferralAssessed' });
  });

  it('says whether something must be done at once (04)', () => {
    given([received()])
      .when(assess({ immediateActionNeeded: undefined }))
      .thenBroken({ slug: 'urgency-missing', rule: '04', felt: ['/immediateActionNeeded'] });
  });

  it('is done once', () => {
    given([received(), assess()]).when(assess()).thenBroken({ slug: 'already-done', rule: '40' });
  });

  it('flags an investigation of a child who stays elsewhere, and passes it on without (02)', () => {
    const elsewhere = received({ stayMunicipality: '0301' });
    given([elsewhere])
      .when(assess())
      .then({ type: 'ReferralAssessed', flags: [{ rule: '02', slug: 'wrong-municipality' }] });
    given([elsewhere])
      .when(assess({ conclusion: 'TRANSFERRED' }))
      .then({ type: 'ReferralAssessed', data: { ssbCode: '7' }, flags: [] });
  });

  it('takes the national code of its date', () => {
    given([received()])
      .when(assess({ conclusion: 'DISMISSED', ssbCode: '1' }))
      .thenBroken({ slug: 'code-not-valid', rule: '22', felt: ['/ssbCode'] });
    given([received({ receivedAt: '2025-12-20T10:00:00+01:00' })])
      .when(assess({ conclusion: 'DISMISSED', assessedOn: '2025-12-22' }))
      .then({ type: 'ReferralAssessed', data: { ssbCode: '1' } });
  });

  it('lies between the receipt and today', () => {
    given([received()])
      .when(assess({ assessedOn: '2026-11-25' }))
      .thenBroken({ slug: 'date-in-future', felt: ['/assessedOn'] });
    given([received()])
      .when(assess({ assessedOn: '2026-01-04' }))
      .thenBroken({ slug: 'date-before-case', felt: ['/assessedOn'] });
    given([received(), again({ receivedAt: '2026-03-01T10:00:00+01:00' })])
      .when(assess({ referralId: IDS.another, assessedOn: '2026-02-01' }))
      .thenBroken({ slug: 'date-out-of-order', felt: ['/assessedOn'] });
  });

  it('from before 2023 is not judged', () => {
    given([received({ receivedAt: '2022-10-01T10:00:00+02:00' })])
      .when(
        assess({
          assessedOn: '2022-12-01',
          conclusion: 'DISMISSED',
          professionalAssessment: undefined,
          immediateActionNeeded: undefined,
        }),
      )
      .then({ type: 'ReferralAssessed', data: { deadlineBreached: false }, flags: [] });
  });
});
