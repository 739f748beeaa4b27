import { describe, expect, it } from '@jest/globals';
import { fold } from '../../kernel/decider.js';
import { childCase } from '../child-case.js';
import { caseStatus } from '../status.js';
import { command, decided, dismissed, IDS, prepared, received, TEXTS } from '../test/case.fixture.js';
import { given, play } from '../test/given.fixture.js';

const conclude = (changes = {}) => command('ConcludeInvestigation', changes);
const withDecision = (referral = received()) => [...prepared(referral), command('DecideMeasure')];

describe('the conclusion of an investigation', () => {
  it('cites the decision on measures', () => {
    given(withDecision())
      .when(conclude())
      .then({
        type: 'InvestigationConcluded',
        data: { outcome: 'VEDTAK_TILTAK', ssbCode: '1', deadlineBreached: false },
        flags: [],
      });
    given(prepared())
      .when(conclude())
      .thenBroken({ slug: 'conclusion-invalid', rule: '08', felt: ['/decisionId'] });
  });

  it('has exactly one outcome (08)', () => {
    given(withDecision())
      .when(conclude({ outcome: undefined }))
      .thenBroken({ slug: 'conclusion-invalid', rule: '08', felt: ['/outcome'] });
  });

  it('of the time before 2023 may be without one, and then decides nothing', () => {
    const old = [
      received({ receivedAt: '2022-01-05T10:00:00+01:00', contents: [{ code: '7' }] }),
      command('AssessReferral', { assessedOn: '2022-01-09' }),
      command('OpenInvestigation', { startedOn: '2022-01-09' }),
    ];
    const events = play([
      ...old,
      conclude({ concludedOn: '2022-03-02', outcome: undefined, grounds: undefined }),
    ]);
    expect(events.at(-1)?.data).not.toHaveProperty('decisionId');
    const state = fold(childCase, events);
    expect(caseStatus(state)).toBe('ASSESSED');
    expect(state).toMatchObject({ decisions: {} });
  });

  it('takes no code that says something else (08)', () => {
    given(withDecision())
      .when(conclude({ ssbCode: '3' }))
      .thenBroken({ slug: 'conclusion-invalid', rule: '08', felt: ['/ssbCode'] });
    given(withDecision())
      .when(conclude({ ssbCode: '1' }))
      .then({ type: 'InvestigationConcluded' });
  });

  it('has grounds for measures and for a petition (08)', () => {
    const broken = { slug: 'conclusion-invalid', rule: '08', felt: ['/grounds'] } as const;
    const petition = { outcome: 'BEGJAERING', petitionId: IDS.other };
    given(withDecision())
      .when(conclude({ grounds: [] }))
      .thenBroken(broken);
    given(withDecision())
      .when(conclude({ grounds: undefined }))
      .thenBroken(broken);
    given(prepared())
      .when(conclude({ ...petition, grounds: undefined }))
      .thenBroken(broken);
    given(prepared())
      .when(conclude(petition))
      .then({ type: 'InvestigationConcluded', data: { ssbCode: '2', petitionId: IDS.other } });
    given(prepared())
      .when(conclude({ outcome: 'BEGJAERING' }))
      .thenBroken({ slug: 'conclusion-invalid', rule: '08', felt: ['/petitionId'] });
  });

  it('is not made before the decision that it cites', () => {
    given(withDecision())
      .when(conclude({ concludedOn: '2026-02-26' }))
      .thenBroken({ slug: 'date-out-of-order', felt: ['/concludedOn'] });
  });

  it('rests on what the child said in the investigation (10)', () => {
    const unheard = withDecision().filter(
      ({ type, data }) =>
        type !== 'RecordChildParticipation' || (data as { phase: string }).phase !== 'UNDERSOKELSE',
    );
    const broken = { slug: 'participation-missing', rule: '10' } as const;
    given(unheard).when(conclude()).thenBroken(broken);
    const heard = (heldOn: string) => command('RecordChildParticipation', { phase: 'UNDERSOKELSE', heldOn });
    given([...unheard, heard('2026-03-03')])
      .when(conclude())
      .thenBroken(broken);
    given([...unheard, heard('2026-03-02')])
      .when(conclude())
      .then({ type: 'InvestigationConcluded' });
  });

  it('that comes late is recorded with how late (D4)', () => {
    given(withDecision())
      .when(conclude({ concludedOn: '2026-04-12' }))
      .then({ type: 'InvestigationConcluded', data: { deadlineBreached: false }, flags: [] });
    given(withDecision())
      .when(conclude({ concludedOn: '2026-04-20' }))
      .then({
        type: 'InvestigationConcluded',
        data: { deadlineBreached: true },
        flags: [{ rule: 'D4', slug: 'investigation-late', dueOn: '2026-04-12', daysLate: 8 }],
      });
  });

  it('is measured from the first of several referrals (D4)', () => {
    const second = [
      received({
        concernId: IDS.other,
        referralId: IDS.another,
        receivedAt: '2026-01-08T10:00:00+01:00',
      }),
      command('AssessReferral', { referralId: IDS.another }),
    ];
    const [first, ...rest] = withDecision().filter(({ type }) => type !== 'OpenInvestigation');
    const both = command('OpenInvestigation', { referralIds: [IDS.referral, IDS.another] });
    given([...(first ? [first] : []), ...second, ...rest.slice(0, 1), both, ...rest.slice(1)])
      .when(conclude({ concludedOn: '2026-04-13' }))
      .then({
        type: 'InvestigationConcluded',
        flags: [{ rule: 'D4', slug: 'investigation-late', dueOn: '2026-04-12', daysLate: 1 }],
      });
  });

  it('is measured by the time that was extended (D5)', () => {
    const extended = [...withDecision(), command('ExtendInvestigation')];
    given(extended)
      .when(conclude({ concludedOn: '2026-07-01' }))
      .then({ type: 'InvestigationConcluded', flags: [] });
    given(extended)
      .when(conclude({ concludedOn: '2026-07-03' }))
      .then({
        type: 'InvestigationConcluded',
        flags: [{ rule: 'D5', slug: 'investigation-late', dueOn: '2026-07-01', daysLate: 2 }],
      });
  });

  it('is not measured by an extension that was refused (D4)', () => {
    given([...withDecision(), command('ExtendInvestigation', { granted: '2' })])
      .when(conclude({ concludedOn: '2026-04-13' }))
      .then({
        type: 'InvestigationConcluded',
        flags: [{ rule: 'D4', slug: 'investigation-late', dueOn: '2026-04-12', daysLate: 1 }],
      });
  });

  it('does not rest on a decision that only ends something (08)', () => {
    const ended = decided(
      {},
      { decisionType: 'OPPHORT', decisionId: IDS.endDecision, decidedOn: '2026-02-28' },
    );
    given([...withDecision(), ended])
      .when(conclude({ decisionId: IDS.endDecision }))
      .thenBroken({ slug: 'conclusion-invalid', rule: '08', felt: ['/decisionId'] });
  });

  it('by petition holds no decision', () => {
    const [event] = play(
      [conclude({ outcome: 'BEGJAERING', petitionId: IDS.other, decisionId: IDS.another })],
      play(prepared()),
    ).slice(-1);
    expect(event?.data).toMatchObject({ petitionId: IDS.other });
    expect(event?.data).not.toHaveProperty('decisionId');
  });

  it('is made once', () => {
    given([...withDecision(), conclude()])
      .when(conclude())
      .thenBroken({ slug: 'already-done', rule: '40' });
  });

  it('cites grounds of its date (22)', () => {
    given(withDecision())
      .when(conclude({ grounds: [{ code: '2.1.03' }, { code: '8' }] }))
      .thenBroken({ slug: 'code-not-valid', rule: '22', felt: ['/grounds/1/code'] });
  });
});

describe('a henleggelse', () => {
  it('is a decision of its own, and is notified as one', () => {
    given(prepared())
      .when(dismissed())
      .then({
        type: 'InvestigationConcluded',
        data: { ssbCode: '3', decisionId: IDS.decision },
        flags: [],
      });
    given([...prepared(), dismissed()])
      .when(command('NotifyDecision', { notifiedOn: '2026-03-02' }))
      .thenBroken({ slug: 'date-out-of-order', felt: ['/recipients/0/sentOn'] });
  });

  it('has all the parts of a decision (18)', () => {
    given(prepared())
      .when(dismissed({ weightGiven: undefined, familyTies: ' ' }))
      .thenBroken({
        slug: 'decision-incomplete',
        rule: '18',
        felt: ['/weightGiven', '/familyTies'],
      });
  });

  it('has its document in the journal (52)', () => {
    given(prepared())
      .when(dismissed({ documentId: IDS.other }))
      .thenBroken({ slug: 'decision-not-journaled', rule: '52' });
    given(prepared())
      .when(dismissed({ documentId: undefined }))
      .thenBroken({ slug: 'decision-not-journaled', rule: '52' });
  });

  it('is made by the leader, or by delegation (19)', () => {
    const bySaksbehandler = { role: 'SAKSBEHANDLER' } as const;
    given(prepared())
      .when(dismissed({}, bySaksbehandler))
      .thenBroken({ slug: 'not-authorised-to-decide', rule: '19' });
    given(prepared())
      .when(dismissed({ decidedBy: { delegation: 'Delegert' } }, bySaksbehandler))
      .then({ type: 'InvestigationConcluded' });
  });

  it('takes an id that is free', () => {
    given(prepared())
      .when(dismissed({ decisionId: IDS.consent }))
      .thenBroken({ slug: 'id-in-use' });
  });
});

describe('a henleggelse with leave to reopen (09)', () => {
  const reopenable = (changes = {}) => dismissed({ outcome: 'HENLAGT_MED_GJENAPNING', ...changes });
  const refusal = (changes = {}) => command('RecordConsentRefusal', changes);
  const broken = { slug: 'reopening-not-allowed', rule: '09' } as const;

  it('needs parents who refused what was recommended, by then', () => {
    given([...prepared(), refusal()])
      .when(reopenable({ reopenUntil: '2026-09-02' }))
      .then({ type: 'InvestigationConcluded', data: { ssbCode: '4' }, flags: [] });
    given(prepared()).when(reopenable()).thenBroken(broken);
    given([...prepared(), refusal({ on: '2026-03-03' })])
      .when(reopenable())
      .thenBroken(broken);
    given([...prepared(), refusal({ by: IDS.child })])
      .when(reopenable())
      .thenBroken(broken);
  });

  it('lasts six months at most', () => {
    given([...prepared(), refusal()])
      .when(reopenable({ reopenUntil: '2026-09-03' }))
      .thenBroken(broken);
    given([...prepared(), refusal()])
      .when(reopenable({ reopenUntil: '2026-03-01' }))
      .thenBroken({ slug: 'date-out-of-order', felt: ['/reopenUntil'] });
  });

  it('did not exist before 2026', () => {
    const lastYear = [
      received({ receivedAt: '2025-10-01T10:00:00+02:00', contents: [{ code: '8' }] }),
      command('AssessReferral', { assessedOn: '2025-10-06' }),
      command('OpenInvestigation', { startedOn: '2025-10-06' }),
      command('RecordChildParticipation', { phase: 'UNDERSOKELSE', heldOn: '2025-11-01' }),
      refusal({ on: '2025-12-01' }),
      command('JournalDocument', { journaledOn: '2025-12-20' }),
    ];
    given(lastYear)
      .when(reopenable({ concludedOn: '2025-12-31' }))
      .thenBroken(broken);
    given(lastYear)
      .when(reopenable({ concludedOn: '2026-01-01' }))
      .then({ type: 'InvestigationConcluded', flags: [] });
  });

  it('alone says until when', () => {
    given(prepared())
      .when(dismissed({ reopenUntil: '2026-06-01', ...TEXTS }))
      .thenBroken(broken);
  });
});
