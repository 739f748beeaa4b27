import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { addDays } from '../../kernel/dates.js';
import { RuleBroken } from '../../kernel/errors.js';
import { caseCommands, type CaseCommandType } from '../commands.js';
import { command, IDS, running } from '../test/case.fixture.js';
import {
  correcting,
  entriesOf,
  entryId,
  entryOf,
  recordedAt,
  retracting,
  then,
  type Played,
} from '../test/entries.fixture.js';
import { caseAsKnown } from './as-known.js';
import { differencesBetween } from './differences.js';
import type { Entry } from './judge.js';

const VALID = '2026-11-24';
const started = entriesOf(...running());
const known = (entries: readonly Entry[], knownAt?: string, validAt = VALID) =>
  caseAsKnown(entries, { validAt, ...(knownAt === undefined ? {} : { knownAt }) });
const shown = (entries: readonly Entry[], eventId: string, knownAt?: string, validAt = VALID) =>
  known(entries, knownAt, validAt).entries.find(({ recorded }) => recorded.eventId === eventId);

describe('a case as it was known', () => {
  it('shows a corrected entry as it was known at each of two instants', () => {
    const target = entryOf(started, 'MeasureStarted');
    const before = recordedAt(started.length - 1);
    const after = then(started, correcting(target, { startedOn: '2026-03-05' }));
    expect(shown(after, target.eventId, before)).toMatchObject({
      event: { data: { startedOn: '2026-03-03' } },
      correctedBy: [],
    });
    expect(shown(after, target.eventId)).toMatchObject({
      event: { data: { startedOn: '2026-03-05' } },
      correctedBy: [after.at(-1)?.eventId],
      recorded: { event: { data: { startedOn: '2026-03-03' } } },
    });
    expect(shown(after, target.eventId, before)?.occurredAt()).toBe('2026-03-03T00:00:00+01:00');
    expect(shown(after, target.eventId)?.occurredAt()).toBe('2026-03-05T00:00:00+01:00');
  });

  it('keeps a retracted entry, marked, and its state goes on without it', () => {
    const target = entryOf(started, 'MeasureStarted');
    const after = then(started, retracting(target));
    expect(shown(after, target.eventId)).toMatchObject({ retractedBy: after.at(-1)?.eventId });
    expect(known(after).entries).toHaveLength(after.length);
    expect(known(started).state).toMatchObject({ caseStatus: 'MEASURES_ACTIVE' });
    expect(known(after).state).toMatchObject({
      caseStatus: 'MEASURES_DECIDED',
      measures: [{ measureId: IDS.measure, state: 'DECIDED' }],
    });
  });

  it('tells of a day only what had happened by its end, in Oslo', () => {
    const on = (validAt: string) => known(started, undefined, validAt);
    expect(on('2026-01-04')).toEqual({ entries: [], state: null });
    expect(on('2026-01-05').entries.map(({ event }) => event.type)).toEqual(['ReferralReceived']);
    expect(on('2026-01-05T09:29:59+01:00').entries).toEqual([]);
    expect(on('2026-03-02').state).toMatchObject({ caseStatus: 'MEASURES_DECIDED' });
    expect(on('2026-03-03').state).toMatchObject({ caseStatus: 'MEASURES_ACTIVE' });
  });

  it('counts a correction, and shows it, from the day it is effective', () => {
    const target = entryOf(started, 'PlanEstablished');
    const after = then(
      started,
      correcting(target, { purpose: 'Nytt formål' }, { effectiveOn: '2026-04-01' }),
    );
    const types = (validAt: string) =>
      known(after, undefined, validAt).entries.map(({ event }) => event.type);
    expect(types('2026-03-31')).not.toContain('EntryCorrected');
    expect(types('2026-04-01')).toContain('EntryCorrected');
    expect(shown(after, target.eventId, undefined, '2026-03-31')).toMatchObject({ correctedBy: [] });
  });

  it('takes the knowledge of a whole day when it is asked by date', () => {
    expect(known(started, '2026-11-23')).toEqual({ entries: [], state: null });
    expect(known(started, '2026-11-24').entries).toHaveLength(started.length);
    expect(known(started, recordedAt(0)).entries).toHaveLength(1);
  });

  it('says under which rule set each entry is judged', () => {
    const moved = then(
      started,
      correcting(entryOf(started, 'ReferralReceived'), { receivedAt: '2025-12-30T10:00:00+01:00' }),
    );
    const versions = known(moved).entries.map(({ rulesetVersion }) => rulesetVersion);
    expect(versions[0]).toBe('BVL2021');
    expect(new Set(versions.slice(1))).toEqual(new Set(['BVL2021-2026']));
  });
});

describe('the state of a case on a day', () => {
  const consentOn = (entries: readonly Entry[], validAt: string) =>
    known(entries, undefined, validAt).state?.consents.find(({ consentId }) => consentId === IDS.consent)
      ?.state;

  it('says what became of each consent', () => {
    const later = entriesOf(...running(), command('WithdrawConsent'));
    expect(consentOn(later, '2026-05-03')).toBe('EFFECTIVE');
    expect(consentOn(later, '2026-05-04')).toBe('WITHDRAWN');
    const limited = then(
      started,
      correcting(entryOf(started, 'ConsentGiven'), {
        untilMeasureEnds: null,
        validTo: '2026-06-30',
        validFrom: '2026-02-26',
      }),
    );
    expect(consentOn(limited, '2026-02-25')).toBe('NOT_YET');
    expect(consentOn(limited, '2026-06-30')).toBe('EFFECTIVE');
    expect(consentOn(limited, '2026-07-01')).toBe('EXPIRED');
    const ended = entriesOf(...running(), command('EndMeasure'));
    expect(consentOn(ended, VALID)).toBe('EXPIRED');
  });

  it('says what became of each measure and plan', () => {
    const state = (validAt: string) => known(started, undefined, validAt).state;
    expect(state('2026-02-20')).toMatchObject({ measures: [{ state: 'PROPOSED' }], plans: [] });
    expect(state('2026-02-25')).toMatchObject({ measures: [{ state: 'CONSENTED' }] });
    expect(state('2026-02-27')).toMatchObject({
      measures: [{ state: 'DECIDED' }],
      plans: [{ state: 'ESTABLISHED', version: 1 }],
    });
    const revised = then(started, command('RevisePlan'));
    expect(known(revised).state).toMatchObject({
      plans: [{ planId: IDS.plan, state: 'REVISED', version: 2 }],
    });
  });
});

describe('the differences between two answers', () => {
  it('name the entries that came and went, the values and the states that changed', () => {
    const start = entryOf(started, 'MeasureStarted');
    const roles = entryOf(started, 'RolesClarified');
    const corrected = then(
      started,
      correcting(entryOf(started, 'PlanEstablished'), { purpose: 'Nytt formål' }),
    );
    const retracted = then(then(corrected, retracting(start)), retracting(roles));
    const differences = differencesBetween(known(started), known(retracted));
    expect(differences).toEqual(
      expect.arrayContaining([
        { kind: 'ENTRY_WENT', eventId: start.eventId, type: 'MeasureStarted' },
        { kind: 'ENTRY_CAME', eventId: entryId(started.length), type: 'EntryCorrected' },
        {
          kind: 'VALUE_CHANGED',
          eventId: entryOf(started, 'PlanEstablished').eventId,
          type: 'PlanEstablished',
          pointer: '/purpose',
          from: 'Barnet skal komme uthvilt og i tide til skolen.',
          to: 'Nytt formål',
        },
        { kind: 'STATE_CHANGED', pointer: '/caseStatus', from: 'MEASURES_ACTIVE', to: 'MEASURES_DECIDED' },
        { kind: 'STATE_CHANGED', pointer: `/measures/${IDS.measure}/state`, from: 'STARTED', to: 'DECIDED' },
      ]),
    );
    expect(differencesBetween(known(started), known(started))).toEqual([]);
  });
});

/** A step of a random history: a command, or a correction of an entry that is there by then. */
const types = Object.keys(caseCommands) as CaseCommandType[];
type Step = (entries: readonly Entry[]) => Played;
const anyStep: fc.Arbitrary<Step> = fc.oneof(
  fc.constantFrom(...types).map(
    (type): Step =>
      () =>
        command(type),
  ),
  fc
    .record({
      at: fc.nat(),
      kind: fc.constantFrom('correct', 'retract'),
      day: fc.integer({ min: -20, max: 200 }),
    })
    .map(({ at, kind, day }): Step => (entries) => {
      const target = entries[at % entries.length] as Entry;
      const date = addDays('2026-01-10', day);
      if (kind === 'retract') return retracting(target, { effectiveOn: date });
      const { data } = target.event;
      const fields = Object.entries(data as object).filter(
        ([, value]) => typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value),
      );
      const [name = 'on'] = fields[at % Math.max(1, fields.length)] ?? [];
      return correcting(target, { [name]: date }, { effectiveOn: addDays(date, at % 3) });
    }),
);

function attempt(entries: readonly Entry[], next: Played): readonly Entry[] {
  try {
    return then(entries, next);
  } catch (error) {
    if (error instanceof RuleBroken) return entries;
    throw error;
  }
}

describe('any history with corrections and retractions', () => {
  it('gives an answer at an earlier instant that never changes, whatever is recorded after it', () => {
    let corrections = 0;
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: running().length }),
        fc.array(anyStep, { minLength: 1, maxLength: 14 }),
        fc.integer({ min: -10, max: 330 }),
        (head, tail, day) => {
          const validAt = addDays('2026-01-05', day);
          let entries = entriesOf(...running().slice(0, head));
          const answers: { readonly at: string; readonly answer: string }[] = [];
          for (const step of tail) {
            answers.push({
              at: recordedAt(entries.length - 1),
              answer: JSON.stringify(known(entries, undefined, validAt)),
            });
            entries = attempt(entries, step(entries));
          }
          corrections += entries.filter(({ event }) => /^Entry/.test(event.type)).length;
          for (const { at, answer } of answers)
            expect(JSON.stringify(known(entries, at, validAt))).toBe(answer);
          expect(known(entries).entries.length).toBeLessThanOrEqual(entries.length);
        },
      ),
      { numRuns: 40, seed: 20261125 },
    );
    // Histories without any would prove nothing.
    expect(corrections).toBeGreaterThan(50);
  });
});
