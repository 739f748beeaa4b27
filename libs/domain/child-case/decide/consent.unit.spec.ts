import { describe, it } from '@jest/globals';
import { command, IDS, received } from '../test/case.fixture.js';
import { given } from '../test/given.fixture.js';

const history = [received(), command('ProposeMeasure')];
const consent = (changes = {}) => command('RecordConsent', changes);
const informedOf = {
  rightToWithdraw: true,
  rightToComplain: true,
  participation: true,
  sharing: true,
};

describe('a consent', () => {
  it('is informed (15)', () => {
    given(history).when(consent()).then({ type: 'ConsentGiven', flags: [] });
  });

  it('tells every right, each of them true (15)', () => {
    for (const right of Object.keys(informedOf)) {
      for (const value of [false, undefined]) {
        given(history)
          .when(consent({ informedOf: { ...informedOf, [right]: value } }))
          .thenBroken({ slug: 'consent-not-informed', rule: '15', felt: [`/informedOf/${right}`] });
      }
    }
    given(history)
      .when(consent({ informedOf: undefined }))
      .thenBroken({
        slug: 'consent-not-informed',
        rule: '15',
        felt: Object.keys(informedOf).map((right) => `/informedOf/${right}`),
      });
  });

  it('says for what and for how long (15)', () => {
    given(history)
      .when(consent({ purpose: undefined, untilMeasureEnds: undefined }))
      .thenBroken({ slug: 'consent-not-informed', rule: '15', felt: ['/purpose', '/validTo'] });
    given(history)
      .when(consent({ untilMeasureEnds: false, validTo: '2026-12-31' }))
      .then({ type: 'ConsentGiven' });
  });

  it('to share says what, with whom and why (15)', () => {
    const sharing = { kind: 'SAMARBEID_INFO', subjectIds: ['SKOLE'] };
    const broken = { slug: 'consent-not-informed', rule: '15', felt: ['/informationShared'] } as const;
    given(history).when(consent(sharing)).then({ type: 'ConsentGiven' });
    given(history)
      .when(consent({ ...sharing, informationShared: undefined }))
      .thenBroken(broken);
    given(history)
      .when(consent({ ...sharing, informationShared: [{ what: 'Oppmøte', withWhom: 'Skolen' }] }))
      .thenBroken(broken);
  });

  it('does not run out before it begins', () => {
    given(history)
      .when(consent({ validTo: '2026-02-24' }))
      .thenBroken({ slug: 'date-out-of-order', felt: ['/validTo'] });
  });

  it('takes an id that is free', () => {
    given([...history, consent()])
      .when(consent())
      .thenBroken({ slug: 'id-in-use' });
  });

  it('from before 2023 is not judged (15)', () => {
    given([received({ receivedAt: '2022-01-05T10:00:00+01:00' })])
      .when(consent({ givenOn: '2022-12-31', informedOf: undefined }))
      .then({ type: 'ConsentGiven', flags: [] });
  });
});

describe('unwillingness', () => {
  it('to consent names the measures that it affects', () => {
    given(history)
      .when(command('RecordConsentRefusal'))
      .then({ type: 'ConsentRefused', data: { effect: [IDS.measure] } });
    given(history)
      .when(command('RecordConsentRefusal', { subjectIds: ['SKOLE'] }))
      .then({ type: 'ConsentRefused', data: { effect: [] } });
  });

  it('to go on withdraws a consent, once', () => {
    const withdrawal = command('WithdrawConsent');
    given([...history, consent()])
      .when(withdrawal)
      .then({ type: 'ConsentWithdrawn', data: { effect: [IDS.measure] } });
    given([...history, consent(), withdrawal])
      .when(withdrawal)
      .thenNothing();
    given([...history, consent()])
      .when(command('WithdrawConsent', { on: '2026-02-24' }))
      .thenBroken({ slug: 'date-out-of-order', felt: ['/on'] });
  });
});
