import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '#forlop/domain';
import * as story from '../story.fixture.js';
import { ids } from '../story.fixture.js';
import type { Happening } from '../testing.fixture.js';
import type { CaseDeadline } from './deadlines.js';
import { deadlinesOf } from './deadlines.js';
import type { ItemKind } from './case-event.js';
import type { Item } from './item.js';

const item = (
  kind: ItemKind,
  key: string,
  happenings: readonly Happening[],
  document: JsonObject = {},
): Item => ({
  kind,
  key,
  document,
  events: happenings.map(({ type, data }, index) => ({
    position: `mem:${String(index).padStart(20, '0')}`,
    eventId: String(index),
    type,
    data: data as JsonObject,
  })),
});

const of = (happening: Happening, over: object): Happening => ({
  ...happening,
  data: { ...happening.data, ...over },
});

const measure = (document: JsonObject) => item('measure', ids.measure, [], document);

/** Only what a test is about. */
const rule = (items: readonly Item[], today: string, name: string): CaseDeadline[] =>
  deadlinesOf(items, today).filter(({ rule: id }) => id === name);

describe('the deadlines of a case', () => {
  it('D1: the review is due a week after the referral, and met by it', () => {
    const waiting = item('referral', ids.referral, [story.received]);
    const d1 = { rule: 'D1', dueOn: '2026-02-09', dueOnRolled: '2026-02-09', subject: ids.referral };
    expect(deadlinesOf([waiting], '2026-02-09')).toEqual([d1]);
    expect(deadlinesOf([waiting], '2026-02-12')).toEqual([{ ...d1, daysLate: 3 }]);
    const reviewed = item('referral', ids.referral, [story.received, story.assessed]);
    expect(deadlinesOf([reviewed], '2026-02-12')).toEqual([{ ...d1, metOn: '2026-02-05' }]);
  });

  it('D4: three months after the week of the review, counted on the raw date and shown rolled as well', () => {
    const open = item('investigation', ids.investigation, [story.opened]);
    expect(deadlinesOf([open], '2026-05-10')).toEqual([
      { rule: 'D4', dueOn: '2026-05-09', dueOnRolled: '2026-05-11', daysLate: 1, subject: ids.investigation },
    ]);
    const late = item('investigation', ids.investigation, [
      story.opened,
      of(story.concluded, { concludedOn: '2026-05-12' }),
    ]);
    expect(deadlinesOf([late], '2026-12-01')).toMatchObject([{ metOn: '2026-05-12', daysLate: 3 }]);
  });

  it('D5: takes the place of D4 once more time was granted, and only then', () => {
    const extension = (granted: string) =>
      item('investigation', ids.investigation, [
        story.opened,
        story.onCase('InvestigationExtended', {
          investigationId: ids.investigation,
          extendedOn: '2026-05-01',
          granted,
          newDueOn: '2026-08-09',
        }),
      ]);
    expect(deadlinesOf([extension('1')], '2026-05-20')).toMatchObject([{ rule: 'D5', dueOn: '2026-08-09' }]);
    expect(deadlinesOf([extension('2')], '2026-05-20')).toMatchObject([{ rule: 'D4', dueOn: '2026-05-09' }]);
  });

  it('D7: the plan is due with the decision, and met by the first that holds one of its measures', () => {
    const decision = item('decision', ids.decision, [story.decided]);
    const plan = item('plan', ids.plan, [story.planned, story.revised]);
    expect(rule([decision], '2026-03-02', 'D7')).toMatchObject([{ dueOn: '2026-03-02' }]);
    expect(rule([decision], '2026-03-02', 'D7')[0]).not.toHaveProperty('daysLate');
    expect(rule([decision, plan], '2026-12-01', 'D7')).toMatchObject([{ metOn: '2026-03-06', daysLate: 4 }]);
    const ending = item('decision', ids.decision, [of(story.decided, { decisionType: 'OPPHORT' })]);
    expect(rule([ending], '2026-12-01', 'D7')).toEqual([]);
  });

  it('D12: a right of the party reached last, with which nobody is late', () => {
    const decision = item('decision', ids.decision, [story.decided, story.notified]);
    expect(rule([decision], '2026-12-01', 'D12')).toEqual([
      { rule: 'D12', dueOn: '2026-03-26', dueOnRolled: '2026-03-26', subject: ids.decision },
    ]);
  });

  it('D9: six weeks after the start, or as the plan says while nothing has started', () => {
    const plan = item('plan', ids.plan, [story.planned]);
    expect(rule([plan, measure({ decidedOn: '2026-03-02' })], '2026-04-01', 'D9')).toMatchObject([
      { dueOn: '2026-04-20' },
    ]);
    const running = measure({ startedOn: '2026-03-16' });
    expect(rule([plan, running], '2026-05-01', 'D9')).toMatchObject([{ dueOn: '2026-04-27', daysLate: 4 }]);
    const evaluated = item('plan', ids.plan, [story.planned, story.evaluated]);
    expect(rule([evaluated, running], '2026-12-01', 'D9')).toMatchObject([{ metOn: '2026-04-22' }]);
  });

  it('D10: each evaluation says when the next is due; the last stands while a measure goes on', () => {
    const second = of(story.evaluated, { evaluatedOn: '2026-07-22', nextDueOn: '2026-10-22' });
    const plan = item('plan', ids.plan, [story.planned, story.evaluated, second]);
    const running = measure({ startedOn: '2026-03-09' });
    expect(rule([plan, running], '2026-08-01', 'D10')).toMatchObject([
      { dueOn: '2026-07-20', metOn: '2026-07-22', daysLate: 2 },
      { dueOn: '2026-10-22', dueOnRolled: '2026-10-22' },
    ]);
    const over = measure({ startedOn: '2026-03-09', endedOn: '2026-08-01' });
    expect(rule([plan, over], '2026-12-01', 'D10')).toMatchObject([{ metOn: '2026-07-22' }]);
  });

  it('D9 and D10 follow the days of the evaluations, not of their recording', () => {
    const second = of(story.evaluated, { evaluatedOn: '2026-07-22', nextDueOn: '2026-10-22' });
    const running = measure({ startedOn: '2026-03-09' });
    const inOrder = item('plan', ids.plan, [story.planned, story.evaluated, second]);
    const lateEntry = item('plan', ids.plan, [story.planned, second, story.evaluated]);
    expect(deadlinesOf([lateEntry, running], '2026-08-01')).toEqual(
      deadlinesOf([inOrder, running], '2026-08-01'),
    );
  });

  it('that ran out before the law of 2021 are not judged', () => {
    const old = of(story.received, { reviewDueOn: '2022-12-31' });
    expect(deadlinesOf([item('referral', ids.referral, [old])], '2026-12-01')).toEqual([]);
    const first = of(story.received, { reviewDueOn: '2023-01-01' });
    expect(rule([item('referral', ids.referral, [first])], '2026-12-01', 'D1')).toHaveLength(1);
  });

  it('asks no evaluation of a plan for an investigation', () => {
    const plan = item('plan', ids.plan, [of(story.planned, { planType: '7', measures: [] })]);
    expect(deadlinesOf([plan], '2026-12-01')).toEqual([]);
  });

  it('come by the day on which they are due', () => {
    const due = deadlinesOf(
      [
        item('investigation', ids.investigation, [story.opened]),
        item('decision', ids.decision, [story.decided]),
        item('referral', ids.referral, [story.received]),
      ],
      '2026-03-01',
    ).map(({ dueOn }) => dueOn);
    expect(due).toEqual(['2026-02-09', '2026-03-02', '2026-05-09']);
  });
});
