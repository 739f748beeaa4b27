import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { fold } from '../kernel/decider.js';
import { isExempted } from '../law/exemptions.js';
import { deadlines, nextBreach } from './deadline.js';
import { deadlineProvisions } from './provisions.js';
import {
  assessed,
  concluded,
  corrected,
  decided,
  ended,
  evaluated,
  extended,
  following,
  looks,
  opened,
  planned,
  received,
  retracted,
  started,
  status,
  told,
  type Entry,
  type Look,
} from './test/deadlines.fixture.js';

/** Facts about one rule, look by look. */
const about = (rule: string, ...each: readonly Look[]): string[][] =>
  looks(...each).facts.map((facts) => facts.filter(({ data }) => data.rule === rule).map(told));

describe('the facts about a deadline', () => {
  it('are that it was set, and that it was met in time', () => {
    expect(
      about('D1', [[received()], '2026-02-02'], [[received(), assessed('2026-02-09')], '2026-02-09']),
    ).toEqual([['DeadlineSet D1 2026-02-02'], ['DeadlineMet D1 2026-02-09']]);
  });

  it('are that it was missed once its day has passed, and met late', () => {
    const late = [received(), assessed('2026-02-12')];
    expect(
      about(
        'D1',
        [[received()], '2026-02-09'],
        [[received()], '2026-02-10'],
        [[received()], '2026-02-11'],
        [late, '2026-02-12'],
      ),
    ).toEqual([
      ['DeadlineSet D1 2026-02-02'],
      ['DeadlineMissed D1 2026-02-10 +1'],
      [],
      ['DeadlineMet D1 2026-02-12 +3'],
    ]);
  });

  it('are the same when the watch looks for the first time long afterwards', () => {
    expect(about('D1', [[received(), assessed('2026-02-12')], '2026-11-01'])).toEqual([
      ['DeadlineSet D1 2026-02-02', 'DeadlineMissed D1 2026-02-10 +1', 'DeadlineMet D1 2026-02-12 +3'],
    ]);
  });

  it('say that it was extended when more time was granted', () => {
    const [, news] = looks(
      [[received(), assessed('2026-02-05'), opened], '2026-02-05'],
      [[received(), assessed('2026-02-05'), opened, extended()], '2026-05-01'],
    ).facts;
    expect(news?.map(told)).toEqual(['DeadlineExtended D5 2026-05-01']);
    expect(news?.[0]?.data).toMatchObject({ deadlineId: 'D4 of investigation', dueOn: '2026-08-09' });
  });

  it('say so too when the watch looks for the first time afterwards, and what was missed before', () => {
    const entries = (on: string) => [
      received(),
      assessed('2026-02-05'),
      opened,
      extended({ extendedOn: on }),
    ];
    const told45 = (on: string) =>
      looks([entries(on), '2026-06-01'])
        .facts.flat()
        .filter(({ data }) => data.deadlineId === 'D4 of investigation')
        .map(told);
    expect(told45('2026-05-01')).toEqual(['DeadlineSet D4 2026-02-05', 'DeadlineExtended D5 2026-05-01']);
    expect(told45('2026-05-20')).toEqual([
      'DeadlineSet D4 2026-02-05',
      'DeadlineMissed D4 2026-05-10 +1',
      'DeadlineExtended D5 2026-05-20',
    ]);
  });

  it('say it anew when a correction moves it, and what was missed is then judged anew', () => {
    const earlier = corrected('received', 'ReferralReceived', { receivedAt: '2026-01-30T09:00:00+01:00' });
    expect(
      about(
        'D1',
        [[received(), assessed('2026-02-08')], '2026-02-08'],
        [[received(), assessed('2026-02-08'), earlier], '2026-03-01'],
      ),
    ).toEqual([
      ['DeadlineSet D1 2026-02-02', 'DeadlineMet D1 2026-02-08'],
      ['DeadlineSet D1 2026-01-30', 'DeadlineMissed D1 2026-02-07 +1', 'DeadlineMet D1 2026-02-08 +2'],
    ]);
  });

  it('say it anew when what met it is taken back', () => {
    const met = [received(), assessed('2026-02-08')];
    const takenBack = retracted('assessed', 'ReferralAssessed');
    expect(about('D1', [met, '2026-02-08'], [[...met, takenBack], '2026-03-01'])[1]).toEqual([
      'DeadlineSet D1 2026-02-02',
      'DeadlineMissed D1 2026-02-10 +1',
    ]);
  });

  it('say that it fell away with its trigger, and that it stands again when the retraction is taken back', () => {
    const gone = retracted('received', 'ReferralReceived');
    const back = retracted('retraction', 'EntryRetracted', 'second thought');
    expect(
      about(
        'D1',
        [[received()], '2026-02-03'],
        [[received(), gone], '2026-02-04'],
        [[received(), gone, back], '2026-02-05'],
      ),
    ).toEqual([
      ['DeadlineSet D1 2026-02-02'],
      ['DeadlineLapsed D1 2026-02-04'],
      ['DeadlineSet D1 2026-02-02'],
    ]);
  });

  it('count a plan as missing after the days of grace, and a later one as late from the day of the decision', () => {
    expect(
      about(
        'D7',
        [[decided()], '2026-03-16'],
        [[decided()], '2026-03-17'],
        [[decided(), planned('2026-03-20')], '2026-03-20'],
      ),
    ).toEqual([
      ['DeadlineSet D7 2026-03-02'],
      ['DeadlineMissed D7 2026-03-17 +15'],
      ['DeadlineMet D7 2026-03-20 +18'],
    ]);
    expect(about('D7', [[decided(), planned('2026-03-06')], '2026-03-06'])[0]).toEqual([
      'DeadlineSet D7 2026-03-02',
      'DeadlineMet D7 2026-03-06 +4',
    ]);
  });

  it('never say that somebody was late with a limit, or with what no entry of ours tells', () => {
    const { facts } = looks([[received(), decided()], '2035-01-01']);
    const missed = facts.flat().filter(({ type }) => type === 'DeadlineMissed');
    expect(missed.map(({ data }) => data.rule)).toEqual(['D1', 'D7']);
  });

  it('leave whoever enters an old referral the day to enter its review', () => {
    const entered = (entries: readonly Entry[], today: string) => {
      const command = following(entries, today);
      return {
        ...command,
        standing: command.standing.map((deadline) => ({ ...deadline, knownOn: '2026-04-01' })),
      };
    };
    const reviewTold = (entries: readonly Entry[], today: string) =>
      deadlines
        .decide(entered(entries, today), deadlines.initialState)
        .filter(({ data }) => data.rule === 'D1')
        .map(told);
    expect(reviewTold([received()], '2026-04-01')).toEqual(['DeadlineSet D1 2026-02-02']);
    expect(nextBreach(entered([received()], '2026-04-01'))).toBe('2026-04-02');
    const missed = ['DeadlineSet D1 2026-02-02', 'DeadlineMissed D1 2026-02-10 +1'];
    expect(reviewTold([received()], '2026-04-02')).toEqual(missed);
    const late = [received(), assessed('2026-02-12')];
    expect(reviewTold(late, '2026-04-01')).toEqual([...missed, 'DeadlineMet D1 2026-02-12 +3']);
  });

  it('are never said twice, whatever was recorded and on whatever days the watch looked', () => {
    const all: readonly Entry[] = [
      received(),
      assessed('2026-02-12'),
      opened,
      extended(),
      concluded('2026-06-15'),
      decided(),
      planned('2026-03-06'),
      started('2026-03-09'),
      status('2026-03-12'),
      evaluated('2026-04-22', '2026-07-22'),
      ended('2026-09-01'),
      corrected('received', 'ReferralReceived', { receivedAt: '2026-01-30T09:00:00+01:00' }),
      retracted('decided', 'MeasureDecided'),
      retracted('retraction', 'EntryRetracted', 'second thought'),
    ];
    const day = fc.constantFrom('2026-02-02', '2026-02-20', '2026-04-01', '2026-06-20', '2026-12-31');
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.integer({ min: 1, max: all.length }), day), { minLength: 1, maxLength: 6 }),
        (steps) => {
          const counts = steps.map(([count]) => count).sort((a, b) => a - b);
          const days = steps.map(([, on]) => on).sort();
          const inOrder = counts.map((count, index): Look => [all.slice(0, count), days[index] ?? '']);
          const { state } = looks(...inOrder);
          const [entries, on] = inOrder.at(-1) ?? [all, '2026-12-31'];
          expect(deadlines.decide(following(entries, on), state)).toEqual([]);
          const [whole] = looks([entries, on]).facts;
          const fromScratch = fold(deadlines, whole ?? []);
          for (const [id, { situation, dueOn }] of Object.entries(fromScratch)) {
            expect(state[id]).toMatchObject({ dueOn, ...(situation === 'running' ? {} : { situation }) });
          }
        },
      ),
    );
  });
});

describe('the next day that the clock is waited for', () => {
  it('is the day after the first that is not met and can be missed', () => {
    expect(nextBreach(following([received(), opened], '2026-02-05'))).toBe('2026-02-10');
    expect(nextBreach(following([received(), assessed('2026-02-08'), opened], '2026-02-08'))).toBe(
      '2026-05-10',
    );
    expect(nextBreach(following([received(), assessed('2026-02-08')], '2026-02-08'))).toBeUndefined();
  });
});

describe('an exemption from a deadline', () => {
  const ukraine = [
    { rules: ['D1', 'D4'], municipalities: ['3403'], from: '2022-06-15', to: '2026-06-30' },
  ] as const;

  it('holds for its rules, its municipalities and triggers of its days', () => {
    expect(isExempted('D1', '3403', '2026-06-30', ukraine)).toBe(true);
    expect(isExempted('D1', '3403', '2026-07-01', ukraine)).toBe(false);
    expect(isExempted('D1', '0301', '2026-06-30', ukraine)).toBe(false);
    expect(isExempted('D7', '3403', '2026-06-30', ukraine)).toBe(false);
    expect(isExempted('D1', '3403', '2026-06-30')).toBe(false);
  });
});

describe('the provisions of a deadline', () => {
  it('are those of the act that was in force', () => {
    expect(deadlineProvisions('D1', '2026-02-02')).toMatchObject([{ law: 'BVL2021', section: '2-1' }]);
    expect(deadlineProvisions('D1', '2022-12-31')).toEqual([]);
    expect(deadlineProvisions('D12', '2022-12-31')).toMatchObject([{ law: 'FVL1967', section: '29' }]);
  });
});
