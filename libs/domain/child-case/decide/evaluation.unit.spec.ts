import { describe, it } from '@jest/globals';
import { born, command, IDS, planned, running } from '../test/case.fixture.js';
import { given } from '../test/given.fixture.js';

const evaluate = (changes = {}, by = {}) => command('RecordEvaluation', changes, by);
const second = (changes = {}) =>
  evaluate({ evaluationId: IDS.finalEvaluation, evaluatedOn: '2026-07-07', kind: 'KVARTAL', ...changes });
const type = 'EvaluationRecorded';

describe('an evaluation', () => {
  it('in week 4 to 6 is in time', () => {
    given(running()).when(evaluate()).then({ type, flags: [] });
  });

  it('after six weeks is flagged with how late (39)', () => {
    given(running())
      .when(evaluate({ evaluatedOn: '2026-04-14', nextDueOn: '2026-07-14' }))
      .then({ type, flags: [] });
    given(running())
      .when(evaluate({ evaluatedOn: '2026-04-16', nextDueOn: '2026-07-14' }))
      .then({
        type,
        flags: [{ rule: '39', slug: 'evaluation-late', dueOn: '2026-04-14', daysLate: 2 }],
      });
  });

  it('is due when the one before said (39)', () => {
    const once = [...running(), evaluate()];
    given(once)
      .when(second({ nextDueOn: '2026-10-07' }))
      .then({ type, flags: [] });
    given(once)
      .when(second({ evaluatedOn: '2026-07-10', nextDueOn: '2026-10-07' }))
      .then({
        type,
        flags: [{ rule: '39', slug: 'evaluation-late', dueOn: '2026-07-07', daysLate: 3 }],
      });
  });

  it('is due by the evaluations of its own plan that came before (39)', () => {
    const otherPlan = command('EstablishPlan', {
      planId: IDS.other,
      goals: [{ goalId: IDS.another, text: 'Annet mål', indicator: 'Antall' }],
    });
    const ofOther = evaluate({ planId: IDS.other, evaluationId: IDS.third });
    given([...running(), otherPlan, ofOther])
      .when(second({ nextDueOn: '2026-10-07' }))
      .then({
        type,
        flags: [{ rule: '39', slug: 'evaluation-late', dueOn: '2026-04-14', daysLate: 84 }],
      });
    given([...running(), second({ nextDueOn: '2026-10-07' })])
      .when(evaluate({ evaluatedOn: '2026-04-15' }))
      .then({
        type,
        flags: [{ rule: '39', slug: 'evaluation-late', dueOn: '2026-04-14', daysLate: 1 }],
      });
  });

  it('goes by the plan while no measure has started (39)', () => {
    given(planned())
      .when(evaluate())
      .then({
        type,
        flags: [{ rule: '39', slug: 'evaluation-late', dueOn: '2026-04-06', daysLate: 1 }],
      });
  });

  it('is of the plan version in force on the day (36)', () => {
    const broken = { slug: 'plan-not-in-force', rule: '36' } as const;
    given(running())
      .when(evaluate({ planId: IDS.other }))
      .thenBroken(broken);
    given(running())
      .when(evaluate({ planVersion: 2 }))
      .thenBroken(broken);
    given(running())
      .when(evaluate({ evaluatedOn: '2026-02-26' }))
      .thenBroken(broken);
    const revised = [...running(), command('RevisePlan', { revisedOn: '2026-04-06' })];
    given(revised).when(evaluate()).thenBroken(broken);
    given(revised)
      .when(evaluate({ planVersion: 2 }))
      .then({ type });
    given(revised)
      .when(evaluate({ evaluatedOn: '2026-04-06' }))
      .then({ type });
  });

  it('that passes a goal over is flagged (36)', () => {
    const flags = [{ rule: '36', slug: 'goal-not-observed' }];
    given(running())
      .when(evaluate({ goals: [] }))
      .then({ type, flags });
    given(running())
      .when(evaluate({ goals: [{ goalId: IDS.goal, result: 'FREMGANG' }] }))
      .then({ type, flags });
  });

  it('answers the three questions of the law (37)', () => {
    given(running())
      .when(
        evaluate({
          worksAsIntended: undefined,
          needForNewMeasures: undefined,
          groundsForCareOrder: undefined,
        }),
      )
      .thenBroken({
        slug: 'evaluation-incomplete',
        rule: '37',
        felt: ['/worksAsIntended', '/needForNewMeasures', '/groundsForCareOrder'],
      });
    given(running())
      .when(evaluate({ groundsForCareOrder: undefined, shouldCease: false }))
      .thenBroken({ slug: 'evaluation-incomplete', rule: '37', felt: ['/groundsForCareOrder'] });
  });

  it('asks from 18 on whether the measure should cease (37)', () => {
    const history = [...running().slice(1)];
    const ofAge = [
      born('2014-05-01'),
      ...history,
      command('ReceiveReferral', {
        concernId: IDS.other,
        referralId: IDS.another,
        receivedAt: '2026-03-10T10:00:00+01:00',
        childBirth: { date: '2008-04-07' },
      }),
    ];
    given(ofAge)
      .when(evaluate())
      .thenBroken({ slug: 'evaluation-incomplete', rule: '37', felt: ['/shouldCease'] });
    given(ofAge)
      .when(evaluate({ groundsForCareOrder: undefined, shouldCease: false }))
      .then({ type });
  });

  it('is the municipality’s own (38)', () => {
    const broken = { slug: 'evaluator-not-municipality', rule: '38' } as const;
    given(running())
      .when(evaluate({}, { role: 'LEVERANDOR', orgNumber: '0192:111111111' }))
      .thenBroken(broken);
    const by = (org: string) => [{ name: { first: 'Testine', last: 'Eksempel' }, org }];
    given(running())
      .when(evaluate({ evaluators: by('0192:111111111') }))
      .thenBroken({ ...broken, felt: ['/evaluators/0/org'] });
    given(running())
      .when(evaluate({ evaluators: by('999999999') }))
      .then({ type });
  });

  it('without the child’s view is flagged (10)', () => {
    const flags = [{ rule: '10', slug: 'participation-missing' }];
    given(running())
      .when(evaluate({ childView: undefined }))
      .then({ type, flags });
    given(running())
      .when(evaluate({ childView: undefined, participation: 'Samtale på skolen' }))
      .then({ type, flags: [] });
    given([...running(), command('RecordChildParticipation', { phase: 'EVALUERING', heldOn: '2026-04-07' })])
      .when(evaluate({ childView: undefined }))
      .then({ type, flags: [] });
  });

  it('has its dates in order, and takes an id that is free', () => {
    given(running())
      .when(evaluate({ period: { from: '2026-04-07', to: '2026-03-03' } }))
      .thenBroken({ slug: 'date-out-of-order', felt: ['/period/to'] });
    given(running())
      .when(evaluate({ nextDueOn: '2026-04-06' }))
      .thenBroken({ slug: 'date-out-of-order', felt: ['/nextDueOn'] });
    given([...running(), evaluate()])
      .when(evaluate())
      .thenBroken({ slug: 'id-in-use' });
  });
});
