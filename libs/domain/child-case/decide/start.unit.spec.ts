import { describe, it } from '@jest/globals';
import type { CaseCommand } from '../commands.js';
import {
  born,
  childConsents,
  childIsParty,
  command,
  decided,
  IDS,
  planned,
  prepared,
  running,
  SUPPORT_CONTACT,
} from '../test/case.fixture.js';
import { given } from '../test/given.fixture.js';

const start = (changes = {}, by = {}) => command('StartMeasure', changes, by);
const replacing = (step: CaseCommand, commands = planned()) =>
  commands.map((before) => (before.type === step.type ? step : before));
const notifiedAndPlanned = [
  command('NotifyDecision'),
  command('RecordChildParticipation', { phase: 'PLAN', heldOn: '2026-02-27' }),
  command('EstablishPlan'),
];

describe('the start of a measure', () => {
  it('follows decision, notice and plan', () => {
    given(planned())
      .when(start())
      .then({ type: 'MeasureStarted', data: { legalBasis: '3-1' }, flags: [] });
  });

  it('needs a decision (33)', () => {
    const broken = { slug: 'no-decision', rule: '33' } as const;
    given(prepared()).when(start()).thenBroken(broken);
    const onlyConsented = prepared().filter(({ type }) => type !== 'ProposeMeasure');
    given(onlyConsented).when(start()).thenBroken(broken);
    const ended = decided(
      {},
      { decisionId: IDS.endDecision, decisionType: 'OPPHORT', decidedOn: '2026-03-01' },
    );
    given([...planned(), ended])
      .when(start())
      .thenBroken(broken);
  });

  it('that is entered late rests on what was decided by then (33)', () => {
    const endedLater = decided(
      {},
      { decisionId: IDS.endDecision, decisionType: 'OPPHORT', decidedOn: '2026-09-01' },
    );
    given([...planned(), endedLater])
      .when(start())
      .then({ type: 'MeasureStarted', flags: [] });
    given([...planned(), endedLater])
      .when(start({ startedOn: '2026-09-01' }))
      .thenBroken({ slug: 'no-decision', rule: '33' });
  });

  it('without notice or plan is flagged (33)', () => {
    given([...prepared(), command('DecideMeasure')])
      .when(start())
      .then({
        type: 'MeasureStarted',
        flags: [
          { rule: '33', slug: 'not-notified' },
          { rule: '33', slug: 'no-plan' },
        ],
      });
    given(replacing(command('NotifyDecision', { notifiedOn: '2026-03-04' })))
      .when(start())
      .then({ type: 'MeasureStarted', flags: [{ rule: '33', slug: 'not-notified' }] });
  });

  it('does not come before its decision, nor twice', () => {
    given(planned())
      .when(start({ startedOn: '2026-02-26' }))
      .thenBroken({ slug: 'date-out-of-order', felt: ['/startedOn'] });
    given(running()).when(start()).thenBroken({ slug: 'already-done', rule: '40' });
  });

  it('rests on the § of the decision (36b)', () => {
    given(planned())
      .when(start({ legalBasis: '3-1' }))
      .then({ type: 'MeasureStarted' });
    given(planned())
      .when(start({ legalBasis: '3-6' }))
      .thenBroken({ slug: 'legal-basis-mismatch', rule: '36b' });
  });

  it('with someone outside the service waits for the police certificate (34)', () => {
    const broken = {
      slug: 'police-certificate-missing',
      rule: '34',
      felt: ['/policeCertificateSeenOn'],
    } as const;
    for (const type of ['PRIVATPERSON', 'PRIVAT_VIRKSOMHET', 'FRIVILLIG']) {
      const provider = { type };
      given(planned()).when(start({ provider })).thenBroken(broken);
      given(planned())
        .when(start({ provider, policeCertificateSeenOn: '2026-03-04' }))
        .thenBroken(broken);
      given(planned())
        .when(start({ provider, policeCertificateSeenOn: '2026-03-03' }))
        .then({ type: 'MeasureStarted' });
    }
    for (const type of ['KOMMUNE', 'BUFETAT', 'ANNEN_TJENESTE']) {
      given(planned())
        .when(start({ provider: { type } }))
        .then({ type: 'MeasureStarted' });
    }
  });
});

describe('consent at the start', () => {
  it('is judged again (13)', () => {
    given([...planned(), command('WithdrawConsent', { on: '2026-03-01' })])
      .when(start())
      .thenBroken({ slug: 'consent-missing', rule: '13' });
  });

  it('that was given since the decision is cited there (13)', () => {
    const renewed = command('RecordConsent', { consentId: IDS.other, givenOn: '2026-03-02' });
    const withdrawn = [...planned(), command('WithdrawConsent', { on: '2026-03-01' }), renewed];
    given(withdrawn).when(start()).thenBroken({ slug: 'consent-missing', rule: '13' });
    given(withdrawn)
      .when(start({ consentIds: [IDS.other] }))
      .then({ type: 'MeasureStarted' });
  });

  it('is the child’s too when it has turned 15 since the decision (14)', () => {
    const turns15 = [...prepared(born('2011-03-02')), decided(SUPPORT_CONTACT), ...notifiedAndPlanned];
    const consented = [...turns15, childConsents({ givenOn: '2026-03-02', validFrom: '2026-03-02' })];
    given(turns15)
      .when(start({ startedOn: '2026-03-01' }))
      .then({ type: 'MeasureStarted' });
    given(turns15)
      .when(start({ startedOn: '2026-03-02' }))
      .thenBroken({ slug: 'child-consent-missing', rule: '14' });
    given(consented).when(start()).thenBroken({ slug: 'child-consent-missing', rule: '14' });
    given(consented)
      .when(start({ consentIds: [IDS.childConsent] }))
      .then({ type: 'MeasureStarted' });
  });

  it('is the youth’s alone from 18 on (13)', () => {
    const turns18 = [
      ...prepared(born('2008-03-02')),
      childIsParty(),
      command('DecideMeasure'),
      ...notifiedAndPlanned,
    ];
    given(turns18)
      .when(start({ startedOn: '2026-03-01' }))
      .then({ type: 'MeasureStarted' });
    given(turns18)
      .when(start({ startedOn: '2026-03-02' }))
      .thenBroken({ slug: 'consent-missing', rule: '13' });
    given([...turns18, childConsents({ capacity: 'YOUTH' })])
      .when(start({ consentIds: [IDS.childConsent] }))
      .then({ type: 'MeasureStarted' });
  });

  it('comes too late for someone of 25 (01)', () => {
    const grownUp = command('ReceiveReferral', {
      concernId: IDS.other,
      referralId: IDS.another,
      receivedAt: '2026-03-02T10:00:00+01:00',
      childBirth: { date: '2001-03-03' },
    });
    given([...planned(), grownUp, childConsents()])
      .when(start({ consentIds: [IDS.childConsent] }))
      .thenBroken({ slug: 'child-age', rule: '01' });
  });

  it('is cited by the decision that was in force then', () => {
    const continued = decided(
      {},
      {
        decisionId: IDS.other,
        decisionType: 'VIDEREFORT',
        decidedOn: '2026-04-01',
        consentIds: [IDS.another],
      },
    );
    const consent = command('RecordConsent', {
      consentId: IDS.another,
      givenOn: '2026-04-01',
      validFrom: '2026-04-01',
    });
    given([...planned(), consent, continued])
      .when(start())
      .then({ type: 'MeasureStarted' });
    given([...planned(), consent, continued])
      .when(start({ startedOn: '2026-04-02' }))
      .then({ type: 'MeasureStarted' });
  });

  it('of an acute measure is not needed while nobody opposes it', () => {
    const acute = decided(
      { voluntary: false },
      { decisionType: 'AKUTT_4_1', legalBasis: '4-1', consentIds: undefined },
    );
    const history = [...prepared(), acute, ...notifiedAndPlanned];
    given(history).when(start()).then({ type: 'MeasureStarted' });
    given([...history, command('RecordConsentRefusal', { on: '2026-03-01' })])
      .when(start())
      .thenBroken({ slug: 'consent-missing', rule: '13' });
  });
});

describe('a weekly status', () => {
  const status = (changes = {}, by = {}) => command('RecordFollowUpStatus', changes, by);

  it('belongs to the time that the measure runs', () => {
    given(running()).when(status()).then({ type: 'FollowUpStatusRecorded', flags: [] });
    given(prepared()).when(status()).thenBroken({ slug: 'no-decision', rule: '33' });
    given(running())
      .when(status({ measureId: IDS.other }))
      .thenBroken({ slug: 'no-decision', rule: '33' });
    given(planned()).when(status()).thenBroken({ slug: 'date-out-of-order', rule: '40' });
    given(running())
      .when(status({ on: '2026-03-02' }))
      .thenBroken({ slug: 'date-out-of-order', felt: ['/on'] });
    const ended = [...running(), command('EndMeasure')];
    given(ended)
      .when(status({ on: '2026-09-01' }))
      .thenBroken({ slug: 'measure-already-ended', rule: '40' });
    given(ended)
      .when(status({ on: '2026-08-31' }))
      .then({ type: 'FollowUpStatusRecorded' });
  });

  it('may be about a plan', () => {
    given(planned())
      .when(status({ measureId: undefined, planId: IDS.plan }))
      .then({ type: 'FollowUpStatusRecorded' });
    given(planned())
      .when(status({ measureId: undefined, planId: IDS.other }))
      .thenBroken({ slug: 'plan-not-in-force', rule: '36' });
  });

  it('of a provider is about what it carries out itself', () => {
    const org = '0192:111111111';
    const provider = { type: 'PRIVAT_VIRKSOMHET', org: '111111111' };
    const theirs = [...planned(), start({ provider, policeCertificateSeenOn: '2026-03-01' })];
    given(theirs)
      .when(status({}, { role: 'LEVERANDOR', orgNumber: org }))
      .then({ type: 'FollowUpStatusRecorded' });
    given(theirs)
      .when(status({}, { role: 'LEVERANDOR', orgNumber: '0192:222222222' }))
      .thenBroken({ slug: 'forbidden' });
    given(theirs)
      .when(status({ measureId: undefined, planId: IDS.plan }, { role: 'LEVERANDOR', orgNumber: org }))
      .thenBroken({ slug: 'forbidden' });
    given(running())
      .when(status({}, { role: 'LEVERANDOR', orgNumber: org }))
      .thenBroken({ slug: 'forbidden' });
  });
});
