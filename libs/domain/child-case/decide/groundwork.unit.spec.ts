import { describe, it } from '@jest/globals';
import { command, IDS, received } from '../test/case.fixture.js';
import { given } from '../test/given.fixture.js';

const history = [received()];

describe('the child’s participation', () => {
  const participation = (changes = {}) => command('RecordChildParticipation', changes);

  it('gets the national code that exists from 2026 on', () => {
    given(history)
      .when(participation({ method: 'OBSERVATION' }))
      .then({ type: 'ChildParticipationRecorded', data: { ssbCode: '1.3' }, flags: [] });
    given([received({ receivedAt: '2025-12-01T10:00:00+01:00', contents: [{ code: '8' }] })])
      .when(participation({ heldOn: '2025-12-31' }))
      .then({ type: 'ChildParticipationRecorded', data: { method: 'CONVERSATION' }, flags: [] });
  });

  it('that had no opportunity is recorded and flagged (10)', () => {
    given(history)
      .when(participation({ method: undefined, none: 'NO_OPPORTUNITY' }))
      .then({
        type: 'ChildParticipationRecorded',
        data: { ssbCode: '2.1' },
        flags: [{ rule: '10', slug: 'no-opportunity' }],
      });
    given(history)
      .when(participation({ method: undefined, none: 'DID_NOT_WISH' }))
      .then({ type: 'ChildParticipationRecorded', data: { ssbCode: '2.2' }, flags: [] });
  });

  it('takes no other code than its own', () => {
    given(history)
      .when(participation({ ssbCode: '1.3' }))
      .thenBroken({ slug: 'code-not-valid', rule: '22', felt: ['/ssbCode'] });
  });
});

describe('findings', () => {
  it('name needs of the child by code', () => {
    given(history).when(command('SummariseFindings')).then({ type: 'FindingsSummarised' });
    given(history)
      .when(command('SummariseFindings', { riskFactors: ['2.1.03', '8'], protectiveFactors: ['9.9.99'] }))
      .thenBroken({ slug: 'code-not-valid', rule: '22', felt: ['/riskFactors/1'] });
  });
});

describe('a proposal of a measure', () => {
  const proposal = (changes = {}) => command('ProposeMeasure', changes);

  it('says why precisely this one (12)', () => {
    given(history).when(proposal()).then({ type: 'MeasureProposed' });
    given(history)
      .when(proposal({ whyThisMeasure: undefined }))
      .thenBroken({ slug: 'no-justification', rule: '12', felt: ['/whyThisMeasure'] });
  });

  it('names a measure of the catalogue (22)', () => {
    given(history)
      .when(proposal({ catalogueCode: 'ridekurs' }))
      .thenBroken({ slug: 'code-not-valid', rule: '22', felt: ['/catalogueCode'] });
    given(history)
      .when(proposal({ catalogueCode: 'veiledning-fosterhjem' }))
      .thenBroken({ slug: 'code-not-valid', rule: '22', felt: ['/catalogueCode'] });
  });

  it('from before 2023 is any row of the catalogue', () => {
    given([received({ receivedAt: '2022-01-05T10:00:00+01:00' })])
      .when(
        proposal({
          catalogueCode: 'veiledning-fosterhjem',
          proposedOn: '2022-02-01',
          whyThisMeasure: undefined,
        }),
      )
      .then({ type: 'MeasureProposed' });
  });

  it('takes an id that is free', () => {
    given([...history, proposal()])
      .when(proposal())
      .thenBroken({ slug: 'id-in-use' });
  });
});

describe('the journal', () => {
  it('takes a document once', () => {
    given(history).when(command('JournalDocument')).then({ type: 'DocumentJournaled' });
    given([...history, command('JournalDocument')])
      .when(command('JournalDocument'))
      .thenBroken({ slug: 'id-in-use' });
  });
});

describe('every entry', () => {
  it('lies between the first referral and today', () => {
    for (const [type, field] of [
      ['AssessPartyStatus', 'assessedOn'],
      ['SummariseFindings', 'summarisedOn'],
      ['ProposeMeasure', 'proposedOn'],
      ['ClarifyRoles', 'clarifiedOn'],
      ['RecordChildParticipation', 'heldOn'],
      ['JournalDocument', 'journaledOn'],
      ['RecordConsent', 'givenOn'],
      ['RecordConsentRefusal', 'on'],
      ['HoldStartMeeting', 'on'],
      ['DecideMeasure', 'decidedOn'],
      ['EstablishPlan', 'establishedOn'],
      ['RecordEvaluation', 'evaluatedOn'],
      ['OpenInvestigation', 'startedOn'],
    ] as const) {
      given(history)
        .when(command(type, { [field]: '2026-11-25' }))
        .thenBroken({ slug: 'date-in-future', felt: [`/${field}`] });
      given(history)
        .when(command(type, { [field]: '2026-01-04' }))
        .thenBroken({ slug: 'date-before-case', felt: [`/${field}`] });
    }
  });

  it('may be about a person who is assessed again', () => {
    given([...history, command('AssessPartyStatus')])
      .when(command('AssessPartyStatus', { role: 'PARENT_OTHER', personRef: IDS.mother }))
      .then({ type: 'PartyStatusAssessed' });
  });
});
