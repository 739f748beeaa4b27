import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { isVirkedag } from '../kernel/calendar.js';
import { addDays, weekdayOf } from '../kernel/dates.js';
import {
  accessComplaintDeadline,
  accessDeadline,
  aftercareContactDeadline,
  aftercareLimit,
  complaintDeadline,
  daysLate,
  deadlineFlag,
  extendedInvestigationDeadline,
  firstEvaluationDeadline,
  firstEvaluationOpens,
  investigationDeadline,
  lateComplaintLimit,
  nextEvaluationDeadline,
  orderDeadline,
  outcomeDeadline,
  planDeadline,
  preliminaryAnswerDeadline,
  receiptDeadline,
  reopeningDeadline,
  reviewDeadline,
  weeklyStatusDeadline,
} from './deadlines.js';

const days = fc.integer({ min: 0, max: 5_000 }).map((n) => addDays('2023-01-01', n));

describe('D1, the review of a referral', () => {
  it('is due on the same weekday of the next week: the day of receipt is not counted', () => {
    expect(reviewDeadline('2026-03-02')).toEqual({
      rule: 'D1',
      dueOn: '2026-03-09',
      dueOnRolled: '2026-03-09',
      countedOn: 'raw',
    });
  });

  it('is kept raw and rolled when it ends on a holiday', () => {
    expect(reviewDeadline('2026-03-26')).toMatchObject({ dueOn: '2026-04-02', dueOnRolled: '2026-04-07' });
  });

  it('is broken on the day after the raw date, also where the rolled one is later', () => {
    const deadline = reviewDeadline('2026-03-26');
    expect(daysLate(deadline, '2026-04-02')).toBe(0);
    expect(daysLate(deadline, '2026-04-07')).toBe(5);
  });

  it('counts calendar days across the change to summer time', () => {
    expect(reviewDeadline('2026-03-25').dueOn).toBe('2026-04-01');
    expect(reviewDeadline('2026-10-22').dueOn).toBe('2026-10-29');
  });
});

describe('D2 and D3, answers to the one who reported', () => {
  it('are due three weeks after receipt and after the conclusion', () => {
    expect(receiptDeadline('2026-03-02')).toMatchObject({ rule: 'D2', dueOn: '2026-03-23' });
    expect(outcomeDeadline('2026-03-02')).toMatchObject({ rule: 'D3', dueOn: '2026-03-23' });
  });
});

describe('D4 and D5, the investigation', () => {
  it('runs three months from the end of the week of review', () => {
    expect(investigationDeadline('2026-03-02')).toMatchObject({ rule: 'D4', dueOn: '2026-06-09' });
  });

  it('ends on the last day of February when the week ended on 30 November', () => {
    expect(investigationDeadline('2025-11-23')).toMatchObject({
      dueOn: '2026-02-28',
      dueOnRolled: '2026-03-02',
    });
    expect(investigationDeadline('2023-11-23').dueOn).toBe('2024-02-29');
  });

  it('runs six months in total when extended, from the same day and not from the three', () => {
    expect(extendedInvestigationDeadline('2025-08-24')).toMatchObject({ rule: 'D5', dueOn: '2026-02-28' });
    expect(extendedInvestigationDeadline('2026-03-02').dueOn).toBe('2026-09-09');
  });

  it('counts from the raw end of the week, not the rolled one', () => {
    expect(reviewDeadline('2026-03-26').dueOnRolled).toBe('2026-04-07');
    expect(investigationDeadline('2026-03-26').dueOn).toBe('2026-07-02');
  });
});

describe('D6, a new investigation', () => {
  it('may be opened for six months', () => {
    expect(reopeningDeadline('2026-08-31')).toMatchObject({ rule: 'D6', dueOn: '2027-02-28' });
  });
});

describe('D7, the plan', () => {
  it('is due on the day of the decision', () => {
    expect(planDeadline('2026-03-06')).toMatchObject({ rule: 'D7', dueOn: '2026-03-06' });
    expect(daysLate(planDeadline('2026-03-06'), '2026-03-10')).toBe(4);
  });
});

describe('D8, D9 and D10, following up', () => {
  it('asks for a status each week, a first evaluation in week 4 to 6', () => {
    expect(weeklyStatusDeadline('2026-03-02', 3)).toMatchObject({ rule: 'D8', dueOn: '2026-03-23' });
    expect(firstEvaluationOpens('2026-03-02')).toBe('2026-03-30');
    expect(firstEvaluationDeadline('2026-03-02')).toMatchObject({ rule: 'D9', dueOn: '2026-04-13' });
  });

  it('evaluates each quarter, or as often as the plan says', () => {
    expect(nextEvaluationDeadline('2025-11-30')).toMatchObject({ rule: 'D10', dueOn: '2026-02-28' });
    expect(nextEvaluationDeadline('2026-03-02', 'P6W').dueOn).toBe('2026-04-13');
    expect(nextEvaluationDeadline('2026-01-31', 'P1M1D').dueOn).toBe('2026-03-01');
  });
});

describe('D11, the end of an order', () => {
  it('is a year, three months in a centre, six months for parent support', () => {
    expect(orderDeadline('2024-02-29', 'ORDINARY')).toMatchObject({ rule: 'D11', dueOn: '2025-02-28' });
    expect(orderDeadline('2026-11-30', 'CENTRE').dueOn).toBe('2027-02-28');
    expect(orderDeadline('2026-03-02', 'PARENT_SUPPORT').dueOn).toBe('2026-09-02');
  });
});

describe('D12, D13 and D16, complaints', () => {
  it('rolls for the party: a complaint on the next virkedag is in time', () => {
    const deadline = complaintDeadline('2026-03-13');
    expect(deadline).toEqual({
      rule: 'D12',
      dueOn: '2026-04-03',
      dueOnRolled: '2026-04-07',
      countedOn: 'rolled',
    });
    expect(daysLate(deadline, '2026-04-07')).toBe(0);
    expect(daysLate(deadline, '2026-04-08')).toBe(1);
  });

  it('ends for good a year after the decision', () => {
    expect(lateComplaintLimit('2026-03-02')).toMatchObject({ rule: 'D13', dueOn: '2027-03-02' });
    expect(accessComplaintDeadline('2026-03-02')).toMatchObject({ rule: 'D16', dueOn: '2026-03-23' });
  });
});

describe('D14 and D15, answers', () => {
  it('are a month and three virkedager', () => {
    expect(preliminaryAnswerDeadline('2026-01-31')).toMatchObject({ rule: 'D14', dueOn: '2026-02-28' });
    expect(accessDeadline('2026-04-01')).toMatchObject({ rule: 'D15', dueOn: '2026-04-09' });
  });
});

describe('D17 and D18, aftercare', () => {
  it('asks for contact a year before 18 and ends the day before 25', () => {
    expect(aftercareContactDeadline('2009-05-17')).toMatchObject({ rule: 'D17', dueOn: '2026-05-17' });
    expect(aftercareLimit('2001-05-17')).toMatchObject({ rule: 'D18', dueOn: '2026-05-16' });
    expect(aftercareLimit('2004-02-29').dueOn).toBe('2029-02-28');
  });
});

describe('a missed deadline', () => {
  it('is a flag with the day it was due and how late it is', () => {
    const review = reviewDeadline('2026-03-02');
    expect(deadlineFlag(review, 'review-late', '2026-03-09')).toBeUndefined();
    expect(deadlineFlag(review, 'review-late', '2026-03-13')).toEqual({
      rule: 'D1',
      slug: 'review-late',
      dueOn: '2026-03-09',
      daysLate: 4,
    });
    expect(deadlineFlag(planDeadline('2026-03-01'), 'plan-late', '2026-03-05', '29')).toEqual({
      rule: '29',
      slug: 'plan-late',
      dueOn: '2026-03-01',
      daysLate: 4,
    });
  });
});

describe('every deadline', () => {
  it('of weeks keeps the weekday, and rolls to a virkedag no earlier than its raw date', () => {
    fc.assert(
      fc.property(days, (date) => {
        for (const deadline of [reviewDeadline(date), receiptDeadline(date), complaintDeadline(date)]) {
          expect(weekdayOf(deadline.dueOn)).toBe(weekdayOf(date));
          expect(isVirkedag(deadline.dueOnRolled)).toBe(true);
          expect(deadline.dueOnRolled >= deadline.dueOn).toBe(true);
        }
      }),
    );
  });

  it('is met on its day and late on the next', () => {
    fc.assert(
      fc.property(days, (date) => {
        const duty = investigationDeadline(date);
        expect(daysLate(duty, duty.dueOn)).toBe(0);
        expect(daysLate(duty, addDays(duty.dueOn, 1))).toBe(1);
        expect(daysLate(duty, date)).toBe(0);
      }),
    );
  });
});
