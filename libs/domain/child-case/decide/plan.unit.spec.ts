import { describe, it } from '@jest/globals';
import { caseCommands } from '../commands.js';
import { command, concluded, IDS, planned, received } from '../test/case.fixture.js';
import { given } from '../test/given.fixture.js';

const establish = (changes = {}) => command('EstablishPlan', changes);
const revise = (changes = {}) => command('RevisePlan', changes);
const heard = command('RecordChildParticipation', { phase: 'PLAN', heldOn: '2026-02-27' });
const ready = () => [...concluded(), heard];
const [goal] = (caseCommands.EstablishPlan.example as { goals: readonly object[] }).goals;
const goals = (count: number) =>
  Array.from({ length: count }, (_, n) => ({ ...goal, goalId: `c0000000-0000-4000-8000-00000000000${n}` }));

describe('a plan', () => {
  it('made with the decision is in time', () => {
    given(ready())
      .when(establish())
      .then({ type: 'PlanEstablished', data: { version: 1, planType: '1' }, flags: [] });
  });

  it('made after the decision is flagged with how late (29)', () => {
    given(ready())
      .when(establish({ establishedOn: '2026-03-03' }))
      .then({
        type: 'PlanEstablished',
        flags: [{ rule: '29', slug: 'plan-late', dueOn: '2026-02-27', daysLate: 4 }],
      });
  });

  it('for what another plan held before is not late (29)', () => {
    given(planned())
      .when(
        establish({
          planId: IDS.other,
          establishedOn: '2026-05-01',
          goals: [{ ...goal, goalId: IDS.another }],
        }),
      )
      .then({ type: 'PlanEstablished', flags: [] });
  });

  it('has goals, content and duration (30)', () => {
    given(ready())
      .when(establish({ goals: [], measures: undefined, durationUntil: undefined }))
      .thenBroken({
        slug: 'plan-incomplete',
        rule: '30',
        felt: ['/goals', '/measures', '/durationUntil'],
      });
  });

  it('is about measures of the case (30)', () => {
    given(ready())
      .when(establish({ measures: [{ measureId: IDS.other, what: 'Noe' }] }))
      .thenBroken({ slug: 'plan-incomplete', rule: '30', felt: ['/measures/0/measureId'] });
  });

  it('of an investigation has none of these, and is not asked for them', () => {
    for (const planType of [7, 8]) {
      given([received()])
        .when(establish({ planType, goals: [], measures: [], durationUntil: undefined }))
        .then({ type: 'PlanEstablished', data: { planType: `${planType}` }, flags: [] });
    }
  });

  it('with a goal that nothing shows is flagged (31)', () => {
    given(ready())
      .when(establish({ goals: [goal, { ...goals(1)[0], indicator: undefined }] }))
      .then({ type: 'PlanEstablished', flags: [{ rule: '31', slug: 'goal-without-indicator' }] });
  });

  it('with more than three goals is flagged (31)', () => {
    given(ready())
      .when(establish({ goals: goals(3) }))
      .then({ type: 'PlanEstablished', flags: [] });
    given(ready())
      .when(establish({ goals: goals(4) }))
      .then({ type: 'PlanEstablished', flags: [{ rule: '31', slug: 'too-many-goals' }] });
  });

  it('that the child had no part in is flagged (10)', () => {
    const flags = [{ rule: '10', slug: 'participation-missing' }];
    given(concluded()).when(establish()).then({ type: 'PlanEstablished', flags });
    given([...concluded(), command('RecordChildParticipation', { phase: 'PLAN', heldOn: '2026-02-28' })])
      .when(establish())
      .then({ type: 'PlanEstablished', flags });
  });

  it('has a type that exists on the date (22)', () => {
    given(ready())
      .when(establish({ planType: '3' }))
      .thenBroken({ slug: 'code-not-valid', rule: '22', felt: ['/planType'] });
  });

  it('does not run out before it is made, and takes ids that are free', () => {
    given(ready())
      .when(establish({ durationUntil: '2026-02-26' }))
      .thenBroken({ slug: 'date-out-of-order', felt: ['/durationUntil'] });
    given(planned())
      .when(establish({ planId: IDS.other }))
      .thenBroken({ slug: 'id-in-use' });
  });
});

describe('a revision', () => {
  it('is the next version', () => {
    given(planned())
      .when(revise())
      .then({ type: 'PlanRevised', data: { version: 2 }, flags: [] });
    given([...planned(), revise()])
      .when(revise({ revisedOn: '2026-05-01' }))
      .then({ type: 'PlanRevised', data: { version: 3 } });
  });

  it('is complete like the plan itself (30)', () => {
    given(planned())
      .when(revise({ goals: [] }))
      .thenBroken({ slug: 'plan-incomplete', rule: '30', felt: ['/goals'] });
  });

  it('follows the version before', () => {
    given([...planned(), revise()])
      .when(revise({ revisedOn: '2026-04-06' }))
      .thenBroken({ slug: 'date-out-of-order', felt: ['/revisedOn'] });
  });

  it('keeps its own goals, and takes new ones under ids that are free', () => {
    given(planned())
      .when(revise({ goals: [goal, ...goals(1)] }))
      .then({ type: 'PlanRevised' });
    given(planned())
      .when(revise({ goals: [{ ...goal, goalId: IDS.measure }] }))
      .thenBroken({ slug: 'id-in-use' });
    given(planned())
      .when(revise({ goals: [goal, goal] }))
      .thenBroken({ slug: 'id-in-use' });
  });
});

describe('«sett og forstått»', () => {
  const seen = (changes = {}) => command('AcknowledgePlan', changes);

  it('is recorded once for a person and a version', () => {
    given(planned()).when(seen()).then({ type: 'PlanAcknowledged' });
    given([...planned(), seen()])
      .when(seen())
      .thenNothing();
    given([...planned(), seen()])
      .when(seen({ personRef: IDS.father }))
      .then({ type: 'PlanAcknowledged' });
  });

  it('is of a version that exists, from its first day on', () => {
    given(planned())
      .when(seen({ version: 2 }))
      .thenBroken({ slug: 'plan-not-in-force', rule: '36', felt: ['/version'] });
    given(planned())
      .when(seen({ acknowledgedOn: '2026-02-26' }))
      .thenBroken({ slug: 'date-out-of-order', felt: ['/acknowledgedOn'] });
  });
});
