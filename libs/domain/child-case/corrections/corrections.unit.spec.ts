import { describe, expect, it } from '@jest/globals';
import { separate } from '../../kernel/personal.js';
import { caseStatus } from '../status.js';
import { command, IDS, planned, received, running } from '../test/case.fixture.js';
import { brokenBy, correcting, entriesOf, entryOf, retracting, then } from '../test/entries.fixture.js';
import { caseStateIn, effectiveEntries, effectiveEvents } from './effective.js';
import { correctionEvents, type CaseFact } from './events.js';
import { flagsNow, type Entry } from './judge.js';

const started = entriesOf(...running());
const dataOf = (entries: readonly Entry[], type: CaseFact['type']): unknown =>
  effectiveEvents(entries).findLast((event) => event.type === type)?.data;
const last = (entries: readonly Entry[]): Entry => {
  const entry = entries.at(-1);
  if (entry === undefined) throw new Error('Nothing was played');
  return entry;
};

describe('the effective events of a case', () => {
  it('are its events while nothing is corrected', () => {
    expect(effectiveEvents(started)).toEqual(started.map(({ event }) => event));
  });

  it('hold the corrected values in the place of those that were recorded', () => {
    const after = then(started, correcting(entryOf(started, 'MeasureStarted'), { startedOn: '2026-03-04' }));
    expect(dataOf(after, 'MeasureStarted')).toMatchObject({
      measureId: IDS.measure,
      startedOn: '2026-03-04',
    });
    expect(caseStateIn(after)).toMatchObject({ measures: { [IDS.measure]: { startedOn: '2026-03-04' } } });
    expect(entryOf(after, 'MeasureStarted').event.data).toMatchObject({ startedOn: '2026-03-03' });
  });

  it('leave out what is retracted, and take it in again when the retraction is retracted', () => {
    const retracted = then(started, retracting(entryOf(started, 'MeasureStarted')));
    expect(dataOf(retracted, 'MeasureStarted')).toBeUndefined();
    expect(caseStatus(caseStateIn(started))).toBe('MEASURES_ACTIVE');
    expect(caseStatus(caseStateIn(retracted))).toBe('MEASURES_DECIDED');
    const again = then(retracted, retracting(last(retracted)));
    expect(effectiveEvents(again)).toEqual(effectiveEvents(started));
  });

  it('go by the newest of several corrections, field by field', () => {
    const target = entryOf(started, 'ChildParticipationRecorded');
    const first = then(started, correcting(target, { opinion: 'Først', weight: 'Stor' }));
    const second = then(first, correcting(target, { opinion: 'Så' }));
    expect(dataOf(second, 'ChildParticipationRecorded')).toMatchObject({ opinion: 'Så', weight: 'Stor' });
  });

  it('let a correction of a correction take its place', () => {
    const target = entryOf(started, 'ChildParticipationRecorded');
    const first = then(started, correcting(target, { opinion: 'Først', weight: 'Stor' }));
    const second = then(first, correcting(last(first), { opinion: 'Så' }));
    const said = { ...(target.event.data as object), opinion: 'Så' };
    expect(dataOf(second, 'ChildParticipationRecorded')).toEqual(said);
    const third = then(second, retracting(last(second)));
    expect(dataOf(third, 'ChildParticipationRecorded')).toMatchObject({ opinion: 'Først', weight: 'Stor' });
  });

  it('let the correction of a retraction change from when it counts', () => {
    const retracted = then(started, retracting(entryOf(started, 'MeasureStarted')));
    const later = then(retracted, correcting(last(retracted), { effectiveOn: '2026-05-01' }));
    const types = (on: string) => effectiveEvents(later, on).map(({ type }) => type);
    expect(types('2026-04-30')).toContain('MeasureStarted');
    expect(types('2026-05-01')).not.toContain('MeasureStarted');
  });

  it('count a correction from the day it is effective', () => {
    const target = entryOf(started, 'PlanEstablished');
    const after = then(
      started,
      correcting(target, { purpose: 'Nytt formål' }, { effectiveOn: '2026-04-01' }),
    );
    const purpose = (on: string) =>
      (effectiveEvents(after, on).find(({ type }) => type === 'PlanEstablished')?.data as { purpose: string })
        .purpose;
    expect(purpose('2026-03-31')).not.toBe('Nytt formål');
    expect(purpose('2026-04-01')).toBe('Nytt formål');
  });

  it('carry what the service computed from an entry along with its correction', () => {
    const target = entryOf(started, 'ReferralReceived');
    const after = then(started, correcting(target, { receivedAt: '2026-01-02T10:00:00+01:00' }));
    expect(dataOf(after, 'ReferralReceived')).toMatchObject({
      reviewDueOn: '2026-01-09',
      receiptDueOn: '2026-01-23',
    });
    expect(dataOf(after, 'InvestigationOpened')).toMatchObject({ dueOn: '2026-04-09' });
    expect(caseStateIn(after)).toMatchObject({
      startedOn: '2026-01-02',
      referrals: { [IDS.referral]: { receivedOn: '2026-01-02' } },
    });
    expect(effectiveEntries(after)).toHaveLength(after.length);
  });

  it('lose no case when its opening referral is retracted', () => {
    const after = then(started, retracting(entryOf(started, 'ReferralReceived')));
    expect(caseStateIn(after)).toMatchObject({
      childRef: IDS.child,
      referrals: {},
      measures: { [IDS.measure]: {} },
    });
    const only = entriesOf(received());
    const alone = then(only, retracting(last(only)));
    expect(caseStateIn(alone)).toMatchObject({ situation: 'open', referrals: {} });
    expect(caseStateIn(then(alone, retracting(last(alone))))).toEqual(caseStateIn(only));
  });

  it('keep the number of a plan version when one before it is retracted', () => {
    const revised = entriesOf(
      ...running(),
      command('RevisePlan'),
      command('RevisePlan', { revisedOn: '2026-05-04' }),
    );
    const [, second] = revised.filter(
      ({ event }) => event.type === 'PlanRevised' || event.type === 'PlanEstablished',
    );
    const after = then(revised, retracting(second as Entry));
    expect(caseStateIn(after)).toMatchObject({
      plans: {
        [IDS.plan]: { versions: [{ from: '2026-02-27' }, { from: '2026-05-04' }, { from: '2026-05-04' }] },
      },
    });
  });
});

describe('a correction', () => {
  it('is stored with the type of the entry, its values sealed as the entry’s own', () => {
    const target = entryOf(started, 'ChildParticipationRecorded');
    const { event } = last(then(started, correcting(target, { opinion: 'Hemmelig', heldOn: '2026-02-25' })));
    expect(event.data).toMatchObject({
      targetEventId: target.eventId,
      targetType: 'ChildParticipationRecorded',
      effectiveOn: '2026-02-25',
    });
    const shape = correctionEvents.EntryCorrected.shapeOf?.(event.data) ?? {};
    const { clear, personal } = separate(shape, event.data);
    expect(clear['newValues']).toEqual({ opinion: null, heldOn: '2026-02-25' });
    expect(personal).toEqual(['Skrevet feil.', 'Hemmelig']);
  });

  it('takes a field away by null', () => {
    const consent = entryOf(started, 'ConsentGiven');
    const body = { untilMeasureEnds: null, validTo: '2026-12-31' };
    const after = then(started, correcting(consent, body));
    expect(last(after).event.data).toMatchObject({
      newValues: { validTo: '2026-12-31' },
      removed: ['untilMeasureEnds'],
    });
    expect(dataOf(after, 'ConsentGiven')).not.toHaveProperty('untilMeasureEnds');
  });

  it('derives the national code anew that the service had filled in', () => {
    const target = entryOf(started, 'ChildParticipationRecorded');
    const after = then(started, correcting(target, { method: 'OBSERVATION' }));
    expect(dataOf(after, 'ChildParticipationRecorded')).toMatchObject({
      method: 'OBSERVATION',
      ssbCode: '1.3',
    });
  });

  it('changes nothing when the entry says so already', () => {
    const target = entryOf(started, 'MeasureStarted');
    expect(then(started, correcting(target, { startedOn: '2026-03-03' }))).toHaveLength(started.length);
    const retracted = then(started, retracting(target));
    expect(then(retracted, retracting(target))).toHaveLength(retracted.length);
  });

  it.each([
    ['without a reason', { reason: undefined }],
    ['with an empty reason', { reason: '  ' }],
  ])('is refused %s (53), and so is a retraction', (_, changes) => {
    const target = entryOf(started, 'MeasureStarted');
    const expected = { slug: 'missing-reasons', rule: '53', status: 422 };
    expect(brokenBy(started, correcting(target, { startedOn: '2026-03-04' }, changes))).toMatchObject(
      expected,
    );
    expect(brokenBy(started, retracting(target, changes))).toMatchObject(expected);
  });

  it('is refused for an entry that the case does not have, and for one that is retracted', () => {
    const unknown = { eventId: IDS.other };
    expect(brokenBy(started, correcting(unknown, {}))).toMatchObject({ slug: 'not-found' });
    expect(brokenBy(started, retracting(unknown))).toMatchObject({ slug: 'not-found' });
    const target = entryOf(started, 'MeasureStarted');
    const retracted = then(started, retracting(target));
    expect(brokenBy(retracted, correcting(target, { startedOn: '2026-03-04' }))).toMatchObject({
      slug: 'already-done',
      rule: '53',
    });
  });

  it.each([
    ['ReferralReceived', { reviewDueOn: '2026-02-01' }, '/newValues/reviewDueOn'],
    ['ReferralReceived', { childRef: IDS.mother }, '/newValues/childRef'],
    ['ReferralReceived', { receivedAt: null }, '/newValues/receivedAt'],
    ['ConsentGiven', { consentId: IDS.other }, '/newValues/consentId'],
    ['ConsentGiven', { nonsense: 1 }, '/newValues/nonsense'],
    ['ConsentGiven', { form: 'SHOUTED' }, '/newValues/form'],
    ['ChildParticipationRecorded', { none: 'DID_NOT_WISH' }, '/newValues/method'],
    ['PlanEstablished', { goals: [{ text: 'Uten id' }] }, '/newValues/goals/0/goalId'],
  ] as const)('of %s refuses %j, which does not fit the entry', (type, newValues, felt) => {
    const broken = brokenBy(started, correcting(entryOf(started, type), newValues));
    expect({ slug: broken.slug, felt: broken.feil?.map((error) => error.felt) }).toEqual({
      slug: 'invalid-request',
      felt: [felt],
    });
  });

  it('is refused by the rule that forbids what the entry would say', () => {
    const decision = entryOf(started, 'MeasureDecided');
    expect(brokenBy(started, correcting(decision, { bestInterests: ' ' }))).toMatchObject({
      slug: 'decision-incomplete',
      rule: '18',
      feil: [{ felt: '/newValues/bestInterests' }],
    });
    expect(brokenBy(started, correcting(decision, { consentIds: [] }))).toMatchObject({ rule: '13' });
    const start = entryOf(started, 'MeasureStarted');
    expect(brokenBy(started, correcting(start, { startedOn: '2027-01-01' }))).toMatchObject({
      slug: 'date-in-future',
    });
    expect(brokenBy(started, correcting(start, {}, { on: '2027-01-01' }))).toMatchObject({
      slug: 'date-in-future',
    });
    expect(brokenBy(started, correcting(start, {}, { effectiveOn: '2027-01-01' }))).toMatchObject({
      slug: 'date-in-future',
    });
  });

  it('is not refused for what was broken before it', () => {
    const withoutConsent = then(started, retracting(entryOf(started, 'ConsentGiven')));
    const after = then(
      withoutConsent,
      correcting(entryOf(started, 'MeasureDecided'), { facts: 'Rettet tekst.' }),
    );
    expect(dataOf(after, 'MeasureDecided')).toMatchObject({ facts: 'Rettet tekst.' });
  });

  it('says which flags the entry has by now', () => {
    const target = entryOf(started, 'ReferralAssessed');
    const after = then(started, correcting(target, { assessedOn: '2026-01-14' }));
    expect(last(after).event.flags).toMatchObject([{ rule: 'D1', slug: 'review-late' }]);
    expect(dataOf(after, 'ReferralAssessed')).toMatchObject({ deadlineBreached: true });
  });
});

describe('the flags as known now', () => {
  it('are those of then while nothing more is known', () => {
    const now = flagsNow(started);
    for (const { eventId, event } of started)
      expect([event.type, now.get(eventId)]).toEqual([event.type, event.flags ?? []]);
  });

  it('go when evidence of the time is recorded later', () => {
    const unheard = planned().filter(
      ({ type, data }) => type !== 'RecordChildParticipation' || !('phase' in data && data.phase === 'PLAN'),
    );
    const entries = entriesOf(...unheard);
    const plan = entryOf(entries, 'PlanEstablished');
    expect(plan.event.flags).toMatchObject([{ rule: '10', slug: 'participation-missing' }]);
    const late = then(entries, command('RecordChildParticipation', { phase: 'PLAN', heldOn: '2026-02-27' }));
    expect(flagsNow(late).get(plan.eventId)).toEqual([]);
    const tooLate = then(
      entries,
      command('RecordChildParticipation', { phase: 'PLAN', heldOn: '2026-02-28' }),
    );
    expect(flagsNow(tooLate).get(plan.eventId)).toEqual(plan.event.flags);
  });

  it('come when what an entry rested on is corrected', () => {
    const assessed = entryOf(started, 'ReferralAssessed');
    const after = then(
      started,
      correcting(entryOf(started, 'ReferralReceived'), { receivedAt: '2025-12-22T10:00:00+01:00' }),
    );
    expect(flagsNow(after).get(assessed.eventId)).toMatchObject([
      { slug: 'review-late', dueOn: '2025-12-29' },
    ]);
    expect(assessed.event.flags).toEqual([]);
  });
});
