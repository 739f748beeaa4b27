import { describe, expect, it } from '@jest/globals';
import type { JsonObject } from '#forlop/domain';
import type { Item } from './item.js';
import { tasksOf } from './tasks.js';

const TODAY = '2026-05-12';
const task: Item = {
  kind: 'task',
  key: '16:m',
  document: {
    kind: 'END_OR_DECIDE_MEASURE',
    rule: '16',
    dueOn: '2026-05-12',
    causedBy: 'e',
    measureId: 'm',
    consentId: 'c',
  },
  events: [],
};
const measure = (document: JsonObject = { decidedOn: '2026-03-02', voluntary: true }): Item => ({
  kind: 'measure',
  key: 'm',
  document,
  events: [],
});
const event = (type: string, data: JsonObject, position = 'mem:1') => ({
  position,
  eventId: type,
  type,
  data,
});
const consent = (kind = 'TILTAK'): Item => ({
  kind: 'consent',
  key: 'c',
  document: {},
  events: [event('ConsentGiven', { kind }), event('ConsentWithdrawn', { on: '2026-05-05' }, 'mem:2')],
});
const concluded = (outcome: string, concludedOn: string): Item => ({
  kind: 'investigation',
  key: 'i',
  document: {},
  events: [event('InvestigationConcluded', { outcome, concludedOn })],
});

describe('the task of a withdrawn consent (rule 16)', () => {
  it('stands while the measure runs, and is overdue once its day has passed', () => {
    expect(tasksOf([task, measure(), consent()], TODAY)).toEqual([{ ...task.document, overdue: false }]);
    expect(tasksOf([task, measure(), consent()], '2026-05-13')).toMatchObject([{ overdue: true }]);
  });

  it.each([
    ['has ended', [measure({ decidedOn: '2026-03-02', endedOn: '2026-05-06' }), consent()]],
    ['was never decided', [measure({ proposedOn: '2026-03-01' }), consent()]],
    ['is not voluntary', [measure({ decidedOn: '2026-03-02', voluntary: false }), consent()]],
    ['lost a consent to something else', [measure(), consent('SAMARBEID_INFO')]],
    ['waits for the tribunal', [measure(), consent(), concluded('BEGJAERING', '2026-05-06')]],
  ])('does not stand where the measure %s', (_, items) => {
    expect(tasksOf([task, ...items], TODAY)).toEqual([]);
  });

  it('goes with a withdrawal that does not count, and stands after what is no petition since', () => {
    const again: Item = { ...consent(), events: consent().events.slice(0, 1) };
    expect(tasksOf([task, measure(), again], TODAY)).toEqual([]);
    const before = [task, measure(), consent(), concluded('BEGJAERING', '2026-05-04')];
    expect(tasksOf(before, TODAY)).toHaveLength(1);
    expect(
      tasksOf([task, measure(), consent(), concluded('VEDTAK_TILTAK', '2026-05-06')], TODAY),
    ).toHaveLength(1);
  });
});
