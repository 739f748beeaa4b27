import { describe, expect, it } from '@jest/globals';
import type { AccessRequestEvent } from '../access-request/events.js';
import { requestDeadlines } from './of-request.js';
import {
  assessed,
  concluded,
  corrected,
  decided,
  ended,
  entry,
  evaluated,
  extended,
  notified,
  opened,
  planned,
  received,
  retracted,
  standing,
  standingOf,
  started,
  status,
} from './test/deadlines.fixture.js';

const rules = (deadlines: readonly { rule: string }[]): string[] => deadlines.map(({ rule }) => rule);

describe('the deadlines of a case', () => {
  it('begin with the referral: its review (D1) and the receipt to the reporter (D2)', () => {
    expect(standing(received())).toMatchObject([
      {
        rule: 'D1',
        dueOn: '2026-02-09',
        triggerEventId: 'received',
        triggeredOn: '2026-02-02',
        kind: 'duty',
      },
      { rule: 'D2', dueOn: '2026-02-23', triggerEventId: 'received', kind: 'unobserved' },
    ]);
  });

  it('D1 is met by the review', () => {
    expect(standingOf('D1', received(), assessed('2026-02-12'))).toMatchObject([
      { metOn: '2026-02-12', metByEventId: 'assessed' },
    ]);
  });

  it('D2 is not due to a reporter who is anonymous, of a melding without ground, or of an application', () => {
    expect(standingOf('D2', received({ reporters: [{ code: '5', anonymous: true }] }))).toEqual([]);
    expect(standingOf('D2', received(), assessed('2026-02-05', { manifestlyUnfounded: true }))).toEqual([]);
    expect(rules(standing(received({ kind: 'SOKNAD_FRA_FAMILIE' })))).toEqual(['D1', 'D14']);
  });

  it('D3 runs to the public reporter of each referral from the end of the investigation', () => {
    const done = [opened, concluded('2026-04-15')];
    expect(standingOf('D3', received(), ...done)).toMatchObject([
      { dueOn: '2026-05-06', subject: 'referral', triggerEventId: 'concluded' },
    ]);
    expect(standingOf('D3', received({ reporters: [{ code: '2' }] }), ...done)).toEqual([]);
    const alsoReceived = entry('also', 'ReferralReceived', {
      ...received().event.data,
      referralId: 'further',
    });
    const takenIn = (assessedOn: string) =>
      entry('taken in', 'ReferralAssessed', {
        referralId: 'further',
        assessedOn,
        conclusion: 'IN_ONGOING_INVESTIGATION',
      });
    const subjects = (assessedOn: string) =>
      standingOf('D3', received(), opened, alsoReceived, takenIn(assessedOn), concluded('2026-04-15')).map(
        ({ subject }) => subject,
      );
    expect(subjects('2026-03-01')).toEqual(['referral', 'further']);
    expect(subjects('2026-05-01')).toEqual(['referral']);
  });

  it('D5 is D4 with more time, and only where it was granted', () => {
    expect(standingOf('D4', received(), opened)).toMatchObject([{ dueOn: '2026-05-09', slot: 'D4' }]);
    expect(standingOf('D5', received(), opened, extended())).toMatchObject([
      {
        dueOn: '2026-08-09',
        slot: 'D4',
        extendedFrom: { rule: 'D4', dueOn: '2026-05-09' },
        triggerEventId: 'extended',
        triggeredOn: '2026-05-01',
      },
    ]);
    expect(standingOf('D4', received(), opened, extended({ granted: '2' }))).toHaveLength(1);
  });

  it('D6 is the limit for a new investigation after a henleggelse that allowed for it', () => {
    const reopenable = (over: object = {}) =>
      concluded('2026-04-15', { outcome: 'HENLAGT_MED_GJENAPNING', ...over });
    expect(standingOf('D6', received(), opened, reopenable())).toMatchObject([
      { dueOn: '2026-10-15', kind: 'limit' },
    ]);
    const sooner = reopenable({ reopenUntil: '2026-07-01' });
    expect(standingOf('D6', received(), opened, sooner)).toMatchObject([{ dueOn: '2026-07-01' }]);
    expect(standingOf('D6', received(), opened, concluded('2026-04-15'))).toEqual([]);
  });

  it('D7 is due with the decision, and met by the first plan for one of its measures', () => {
    expect(standingOf('D7', decided(), planned('2026-03-06'))).toMatchObject([
      { dueOn: '2026-03-02', metOn: '2026-03-06', metByEventId: 'planned' },
    ]);
    expect(standingOf('D7', decided({ decisionType: 'OPPHORT' }))).toEqual([]);
  });

  it('D8 asks for a status in each of six weeks, each met only within its own', () => {
    const weeks = standingOf('D8', started('2026-03-09'), status('2026-03-09'), status('2026-03-24'));
    expect(weeks.map(({ dueOn, metOn }) => [dueOn, metOn])).toEqual([
      ['2026-03-16', '2026-03-09'],
      ['2026-03-23', undefined],
      ['2026-03-30', '2026-03-24'],
      ['2026-04-06', undefined],
      ['2026-04-13', undefined],
      ['2026-04-20', undefined],
    ]);
  });

  it('D8 takes a status of the plan for one of its measures, and ends with evaluation or measure', () => {
    const plan = [decided(), planned('2026-03-06'), started('2026-03-09')];
    const ofPlan = standingOf('D8', ...plan, status('2026-03-12', { planId: 'plan' }));
    expect(ofPlan[0]).toMatchObject({ metOn: '2026-03-12' });
    expect(standingOf('D8', ...plan, evaluated('2026-04-08'))).toHaveLength(4);
    expect(standingOf('D8', ...plan, ended('2026-03-20'))).toHaveLength(1);
  });

  it('D9 and D10 follow start and evaluations, and end with the measure', () => {
    const plan = [decided(), planned('2026-03-06'), started('2026-03-16')];
    expect(standingOf('D9', ...plan)).toMatchObject([{ dueOn: '2026-04-27', triggerEventId: 'started' }]);
    const gone = [...plan, evaluated('2026-04-22', '2026-07-22')];
    expect(standingOf('D9', ...gone)).toMatchObject([{ metOn: '2026-04-22' }]);
    expect(standingOf('D10', ...gone)).toMatchObject([{ dueOn: '2026-07-22' }]);
    expect(standingOf('D10', ...gone, ended('2026-06-01'))).toEqual([]);
  });

  it('D9 is only planned until a measure starts, and stays missed when the measure ends after it', () => {
    const plan = [decided(), planned('2026-03-06')];
    expect(standingOf('D9', ...plan)).toMatchObject([{ dueOn: '2026-04-20', kind: 'planned' }]);
    expect(standingOf('D9', ...plan, ended('2026-05-01'))).toEqual([]);
    const begun = [...plan, started('2026-03-16')];
    expect(standingOf('D9', ...begun, ended('2026-04-27'))).toEqual([]);
    expect(standingOf('D9', ...begun, ended('2026-06-01'))).toMatchObject([
      { dueOn: '2026-04-27', kind: 'duty', ceasedOn: '2026-06-01' },
    ]);
  });

  it('D12 is counted from the party who was reached last, D13 from the decision', () => {
    const later = notified('2026-03-10', 'again');
    expect(standingOf('D12', decided(), notified('2026-03-05'), later)).toMatchObject([
      { dueOn: '2026-03-31', triggerEventId: 'again', kind: 'limit' },
    ]);
    expect(standingOf('D12', decided(), notified(undefined))).toEqual([]);
    expect(standingOf('D13', decided())).toMatchObject([{ dueOn: '2027-03-02', kind: 'limit' }]);
    const dismissed = concluded('2026-04-15', { outcome: 'HENLAGT' });
    expect(standingOf('D13', received(), opened, dismissed)).toMatchObject([{ dueOn: '2027-04-15' }]);
  });

  it('move with a correction of what they count from, D4 with the referral too', () => {
    const earlier = corrected('received', 'ReferralReceived', { receivedAt: '2026-01-30T09:00:00+01:00' });
    const moved = standing(received(), opened, earlier);
    expect(moved.map(({ rule, dueOn }) => `${rule} ${dueOn}`)).toEqual([
      'D1 2026-02-06',
      'D4 2026-05-06',
      'D2 2026-02-20',
    ]);
  });

  it('fall away with the entry that they count from, and come back with it', () => {
    const gone = retracted('decided', 'MeasureDecided');
    expect(standing(decided(), gone)).toEqual([]);
    const back = retracted('retraction', 'EntryRetracted', 'second thought');
    expect(rules(standing(decided(), gone, back))).toEqual(['D7', 'D13']);
  });

  it('that ran out before the law of 2021 are left out', () => {
    const old = received({
      receivedAt: '2022-12-20T09:00:00+01:00',
      reviewDueOn: '2022-12-27',
      receiptDueOn: '2023-01-10',
    });
    expect(rules(standing(old))).toEqual(['D2']);
  });
});

describe('the deadlines of a request for access', () => {
  const event = (eventId: string, type: string, data: object) => ({
    eventId,
    event: { type, data } as unknown as AccessRequestEvent,
  });
  const requested = event('requested', 'InnsynRequested', {
    requestId: 'request',
    receivedAt: '2026-03-05T12:00:00+01:00',
  });

  it('are its decision within three virkedager (D15) and the complaint of each refusal (D16)', () => {
    const refused = event('refused', 'InnsynDecided', {
      decidedOn: '2026-03-11',
      outcome: 'DELVIS',
      complaintDueOn: '2026-04-01',
    });
    const given = event('given', 'InnsynDecided', { decidedOn: '2026-04-15', outcome: 'FULL' });
    expect(requestDeadlines([requested])).toMatchObject([{ rule: 'D15', dueOn: '2026-03-10' }]);
    expect(requestDeadlines([requested, refused, given])).toMatchObject([
      { rule: 'D15', metOn: '2026-03-11', metByEventId: 'refused' },
      { rule: 'D16', dueOn: '2026-04-01', kind: 'limit', triggerEventId: 'refused' },
    ]);
  });

  it('are none of a stream that does not begin with a request', () => {
    expect(requestDeadlines([])).toEqual([]);
  });
});
