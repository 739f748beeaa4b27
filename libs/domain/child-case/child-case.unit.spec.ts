import { describe, expect, it } from '@jest/globals';
import { fold } from '../kernel/decider.js';
import { childCase } from './child-case.js';
import type { CaseCommand } from './commands.js';
import type { CaseEvent } from './events.js';
import { caseStatus } from './status.js';
import {
  command,
  concluded,
  decided,
  IDS,
  planned,
  prepared,
  received,
  running,
} from './test/case.fixture.js';
import { given, play } from './test/given.fixture.js';

const statusAfter = (commands: readonly CaseCommand[]) => caseStatus(fold(childCase, play(commands)));

const seed003: readonly CaseCommand[] = [
  ...running(),
  command('AcknowledgePlan'),
  command('RecordFollowUpStatus'),
  command('RecordFollowUpStatus', { on: '2026-03-17', week: 2 }, { role: 'OPPFOLGING' }),
  command('RecordEvaluation'),
  command('RevisePlan'),
  command('RecordEvaluation', {
    evaluationId: IDS.finalEvaluation,
    planVersion: 2,
    evaluatedOn: '2026-07-07',
    kind: 'AVSLUTTENDE',
    period: { from: '2026-04-07', to: '2026-07-07' },
    nextDueOn: undefined,
  }),
  command('EndMeasure', { finalEvaluationId: IDS.finalEvaluation }),
];

describe('the case of seed 003, from referral to ended measure', () => {
  it('gives each step its event, and no flag when all is done in time', () => {
    const events = play(seed003);
    expect(events.map(({ type }) => type)).toEqual([
      'ReferralReceived',
      'ReferralAssessed',
      'InvestigationOpened',
      'PartyStatusAssessed',
      'PartyStatusAssessed',
      'ChildParticipationRecorded',
      'FindingsSummarised',
      'MeasureProposed',
      'RolesClarified',
      'ChildParticipationRecorded',
      'ConsentGiven',
      'DocumentJournaled',
      'MeasureDecided',
      'InvestigationConcluded',
      'DecisionNotified',
      'ChildParticipationRecorded',
      'PlanEstablished',
      'StartMeetingHeld',
      'MeasureStarted',
      'PlanAcknowledged',
      'FollowUpStatusRecorded',
      'FollowUpStatusRecorded',
      'EvaluationRecorded',
      'PlanRevised',
      'EvaluationRecorded',
      'MeasureEnded',
    ]);
    expect(events.flatMap(({ flags }) => flags ?? [])).toEqual([]);
  });

  it('goes through the states of a case', () => {
    expect(statusAfter([received()])).toBe('RECEIVED');
    expect(statusAfter([received(), command('AssessReferral')])).toBe('ASSESSED');
    expect(statusAfter(prepared())).toBe('UNDER_INVESTIGATION');
    expect(statusAfter([...prepared(), command('DecideMeasure')])).toBe('UNDER_INVESTIGATION');
    expect(statusAfter(concluded())).toBe('MEASURES_DECIDED');
    expect(statusAfter(running())).toBe('MEASURES_ACTIVE');
    expect(statusAfter(seed003)).toBe('MEASURES_ENDED');
  });

  it('takes in a further referral without losing what goes on', () => {
    const further = received({
      concernId: IDS.other,
      referralId: IDS.another,
      receivedAt: '2026-05-01T08:00:00+02:00',
    });
    expect(statusAfter([...running(), further])).toBe('MEASURES_ACTIVE');
    expect(statusAfter([...seed003, { ...further }])).toBe('RECEIVED');
  });
});

describe('the states where nothing goes on', () => {
  const assessed = (conclusion: string) => [received(), command('AssessReferral', { conclusion })];

  it('are named by how the referral or the investigation ended', () => {
    expect(statusAfter(assessed('DISMISSED'))).toBe('DISMISSED');
    expect(statusAfter(assessed('TRANSFERRED'))).toBe('ASSESSED');
    const petition = { outcome: 'BEGJAERING', petitionId: IDS.other, decisionId: IDS.another };
    expect(statusAfter([...prepared(), command('ConcludeInvestigation', petition)])).toBe('PETITIONED');
  });

  it('wait for no measure that a later decision has ended', () => {
    const ended = decided(
      {},
      { decisionType: 'OPPHORT', decisionId: IDS.endDecision, decidedOn: '2026-03-01' },
    );
    const direct = prepared().filter(({ type }) => !type.includes('Investigation'));
    expect(statusAfter([...direct, command('DecideMeasure')])).toBe('MEASURES_DECIDED');
    expect(statusAfter([...direct, command('DecideMeasure'), ended])).not.toBe('MEASURES_DECIDED');
  });

  it('stay with the measures when the investigation is concluded after they ended', () => {
    const early = [
      ...prepared(),
      command('DecideMeasure'),
      command('StartMeasure'),
      command('EndMeasure', { endedOn: '2026-03-20' }),
    ];
    expect(statusAfter(early)).toBe('UNDER_INVESTIGATION');
    const conclusion = command('ConcludeInvestigation', { concludedOn: '2026-03-25' });
    expect(statusAfter([...early, conclusion])).toBe('MEASURES_ENDED');
  });

  it('belong to no case that was never opened', () => {
    expect(() => caseStatus(childCase.initialState)).toThrow(TypeError);
  });
});

describe('evolve', () => {
  it('ignores nothing: an unknown event is a bug', () => {
    const state = fold(childCase, play([received()]));
    expect(() => childCase.evolve(state, { type: 'Unheard' } as unknown as CaseEvent)).toThrow(
      'No branch for Unheard',
    );
  });

  it('starts with a referral', () => {
    const [, assessed] = play([received(), command('AssessReferral')]);
    expect(() => childCase.evolve(childCase.initialState, assessed as CaseEvent)).toThrow(TypeError);
  });

  it('reads a case whose child has been erased', () => {
    const erased = JSON.parse(
      JSON.stringify(play(seed003)).replace('"date":"2014-05-01"', '"date":"[slettet]"'),
    ) as CaseEvent[];
    expect(caseStatus(fold(childCase, erased))).toBe('MEASURES_ENDED');
  });
});

describe('a case that does not exist', () => {
  it('takes no command but a referral', () => {
    given([]).when(command('ClarifyRoles')).thenBroken({ slug: 'not-found' });
    given([]).when(command('DecideMeasure')).thenBroken({ slug: 'not-found' });
  });
});

describe('ids of the path', () => {
  it('are looked up in the case', () => {
    for (const [type, id] of [
      ['AssessReferral', 'referralId'],
      ['ExtendInvestigation', 'investigationId'],
      ['ConcludeInvestigation', 'investigationId'],
      ['WithdrawConsent', 'consentId'],
      ['NotifyDecision', 'decisionId'],
      ['RevisePlan', 'planId'],
      ['AcknowledgePlan', 'planId'],
      ['StartMeasure', 'measureId'],
      ['EndMeasure', 'measureId'],
    ] as const) {
      given(planned())
        .when(command(type, { [id]: IDS.other }))
        .thenBroken({ slug: 'not-found' });
    }
  });
});
