/** Random histories of a municipality, not lawful ones: whatever the events say, the figures count it the same way. */
import fc from 'fast-check';
import { addDays } from '#forlop/domain';
import type { Occurrence } from './naive.fixture.js';
import { uuid } from '../testing.fixture.js';

type Draft = Omit<Occurrence, 'eventId'>;

const day = fc.integer({ min: 0, max: 3 * 365 + 200 }).map((days) => addDays('2024-06-15', days));
const soon = fc.integer({ min: 0, max: 140 });

/** A number in `[0, most)` as the id of a thing of the case. */
const named = (kind: number, caseNumber: number, number: number) =>
  uuid(kind * 10_000 + caseNumber * 10 + number);

const referral = (streamId: string, n: number, k: number) =>
  fc
    .record({
      kind: fc.constantFrom('BEKYMRINGSMELDING', 'BEKYMRINGSMELDING', 'OVERFORT_FRA_KOMMUNE'),
      on: day,
      // Late evening in UTC is the next day in Oslo.
      time: fc.constantFrom('T09:00:00+01:00', 'T23:30:00Z'),
    })
    .map(({ kind, on, time }): Draft => ({
      streamId,
      type: 'ReferralReceived',
      data: {
        referralId: named(1, n, k),
        kind,
        receivedAt: `${on}${time}`,
        childRef: named(9, n, 0),
        description: null,
      },
    }));

const assessed = (streamId: string, n: number, k: number) =>
  fc
    .record({ assessedOn: day, conclusion: fc.constantFrom('DISMISSED', 'INVESTIGATE') })
    .map((data): Draft => ({
      streamId,
      type: 'ReferralAssessed',
      data: { referralId: named(1, n, k), ...data },
    }));

/** Received, reviewed a few days later, investigated for some months. */
const investigated = (streamId: string, n: number) =>
  fc
    .record({
      on: day,
      review: fc.integer({ min: 0, max: 12 }),
      lasts: fc.integer({ min: 60, max: 230 }),
      granted: fc.constantFrom(undefined, '1', '2'),
      outcome: fc.constantFrom('HENLAGT', 'VEDTAK_TILTAK', 'BEGJAERING'),
      two: fc.boolean(),
    })
    .map(({ on, review, lasts, granted, outcome, two }): Draft[] => {
      const investigationId = named(2, n, 0);
      const draft = (type: string, data: object): Draft => ({ streamId, type, data: data as Draft['data'] });
      return [
        draft('ReferralReceived', {
          referralId: named(1, n, 5),
          kind: 'BEKYMRINGSMELDING',
          receivedAt: `${on}T10:00:00+02:00`,
          childRef: named(9, n, 0),
        }),
        draft('ReferralAssessed', {
          referralId: named(1, n, 5),
          assessedOn: addDays(on, review),
          conclusion: 'INVESTIGATE',
        }),
        draft('InvestigationOpened', {
          investigationId,
          referralIds: two ? [named(1, n, 5), named(1, n, 0)] : [named(1, n, 5)],
          startedOn: addDays(on, review),
          dueOn: on,
        }),
        ...(granted === undefined
          ? []
          : [
              draft('InvestigationExtended', {
                investigationId,
                granted,
                extendedOn: addDays(on, 90),
                reason: null,
              }),
            ]),
        draft('InvestigationConcluded', { investigationId, concludedOn: addDays(on, lasts), outcome }),
      ];
    });

const GROUPS = ['1.1', '2.5', '3.9', '3.10', '4.6', '8.4'];
const REASONS = ['MAL_NADD', 'INGEN_EFFEKT', 'ERSTATTET', 'PERIODE_UTLOPT', 'ANNET'];

const measure = (streamId: string, n: number, k: number) =>
  fc
    .record({
      on: day,
      category: fc.constantFrom(...GROUPS),
      voluntary: fc.boolean(),
      wait: soon,
      lasts: fc.integer({ min: 0, max: 500 }),
      ends: fc.boolean(),
      reason: fc.constantFrom(...REASONS),
      changed: fc.option(
        fc.record({ after: soon, category: fc.constantFrom(...GROUPS), voluntary: fc.boolean() }),
      ),
      planned: fc.boolean(),
      planType: fc.constantFrom('1', '1', '5', '7'),
      planLasts: fc.integer({ min: 20, max: 500 }),
      revised: fc.option(fc.record({ after: soon, lasts: fc.integer({ min: 20, max: 500 }) })),
    })
    .map((m): Draft[] => {
      const [measureId, planId] = [named(3, n, k), named(4, n, k)];
      const draft = (type: string, data: object): Draft => ({ streamId, type, data: data as Draft['data'] });
      const startedOn = addDays(m.on, m.wait);
      const decided = (on: string, category: string, voluntary: boolean) =>
        draft('MeasureDecided', {
          decidedOn: on,
          measures: [
            { measureId, ssbCategory: category, catalogueCode: 'stottekontakt', voluntary, content: null },
          ],
        });
      return [
        decided(m.on, m.category, m.voluntary),
        draft('MeasureStarted', { measureId, startedOn, provider: { type: 'KOMMUNE' } }),
        // Never on the day of the first, where the order of the two would have to be told from their positions.
        ...(m.changed === null
          ? []
          : [decided(addDays(m.on, m.changed.after + 1), m.changed.category, m.changed.voluntary)]),
        ...(m.planned
          ? [
              draft('PlanEstablished', {
                planId,
                planType: m.planType,
                establishedOn: addDays(m.on, 5),
                durationUntil: addDays(m.on, m.planLasts),
                measures: [{ measureId, what: null }],
              }),
              ...(m.revised === null
                ? []
                : [
                    draft('PlanRevised', {
                      planId,
                      planType: m.planType,
                      revisedOn: addDays(m.on, 6 + m.revised.after),
                      durationUntil: addDays(m.on, m.revised.lasts),
                      measures: [],
                    }),
                  ]),
            ]
          : []),
        ...(m.ends
          ? [draft('MeasureEnded', { measureId, endedOn: addDays(startedOn, m.lasts), reason: m.reason })]
          : []),
      ];
    });

const evaluation = (streamId: string, n: number) =>
  fc
    .record({
      plan: fc.integer({ min: 0, max: 1 }),
      evaluatedOn: day,
      next: fc.option(soon),
      results: fc.array(fc.constantFrom('NADD', 'FREMGANG', 'UENDRET', 'FORVERRET'), { maxLength: 3 }),
      own: fc.boolean(),
    })
    .map(({ plan, evaluatedOn, next, results, own }): Draft => ({
      streamId,
      type: 'EvaluationRecorded',
      data: {
        planId: named(4, n, plan),
        evaluatedOn,
        goals: results.map((result) => ({ goalId: uuid(1), observed: null, result })),
        ...(next === null ? {} : { nextDueOn: addDays(evaluatedOn, next) }),
        ...(own ? { childView: null } : {}),
      },
    }));

const tookPart = (streamId: string) =>
  fc
    .record({
      phase: fc.constantFrom('VEDTAK', 'TILTAKSVALG', 'EVALUERING', 'PLAN'),
      how: fc.constantFrom({ method: 'CONVERSATION' }, { none: 'NO_OPPORTUNITY' }, { none: 'DID_NOT_WISH' }),
      heldOn: day,
    })
    .map(({ phase, how, heldOn }): Draft => ({
      streamId,
      type: 'ChildParticipationRecorded',
      data: { phase, ...how, heldOn },
    }));

const consent = (streamId: string, n: number) =>
  fc
    .record({ kind: fc.constantFrom('TILTAK', 'TILTAK', 'SAMARBEID_INFO'), on: day })
    .map(({ kind, on }): Draft[] => [
      {
        streamId,
        type: 'ConsentGiven',
        data: { consentId: named(5, n, 0), kind, givenOn: addDays(on, -30) },
      },
      { streamId, type: 'ConsentWithdrawn', data: { consentId: named(5, n, 0), on } },
    ]);

const request = (n: number) =>
  fc
    .record({
      on: day,
      after: fc.option(fc.integer({ min: 0, max: 10 })),
      outcome: fc.constantFrom('FULL', 'DELVIS', 'NEKTET'),
      grounds: fc.subarray([
        { law: 'FVL1967', section: '19', paragraph: 1, letter: 'd' },
        { law: 'BVL2021', section: '12-6', paragraph: 3 },
      ]),
    })
    .map(({ on, after, outcome, grounds }): Draft[] => {
      const streamId = `accessrequest-${named(6, n, 0)}`;
      const requestId = named(6, n, 0);
      return [
        {
          streamId,
          type: 'InnsynRequested',
          data: { requestId, caseIds: [named(8, n, 0)], receivedAt: `${on}T12:00:00+01:00` },
        },
        ...(after === null
          ? []
          : [
              {
                streamId,
                type: 'InnsynDecided',
                data: {
                  requestId,
                  decidedOn: addDays(on, after),
                  outcome,
                  ...(outcome === 'FULL' ? {} : { refusalBasis: grounds }),
                },
              },
            ]),
      ];
    });

function caseOf(n: number): fc.Arbitrary<Draft[]> {
  const streamId = `childcase-${named(8, n, 0)}`;
  const some = (one: fc.Arbitrary<Draft[]>) => fc.option(one).map((drafts) => drafts ?? []);
  return fc
    .tuple(
      referral(streamId, n, 0),
      some(assessed(streamId, n, 0).map((one) => [one])),
      some(investigated(streamId, n)),
      measure(streamId, n, 0),
      some(measure(streamId, n, 1)),
      fc.array(evaluation(streamId, n), { maxLength: 4 }),
      fc.array(tookPart(streamId), { maxLength: 3 }),
      some(consent(streamId, n)),
      some(request(n)),
    )
    .map(([first, ...rest]) => [first, ...rest.flat()]);
}

/** What a correction may say of an entry of the type. */
const CHANGES: Readonly<Record<string, (on: string) => object>> = {
  ReferralReceived: (on) => ({ receivedAt: `${on}T08:00:00+01:00` }),
  ReferralAssessed: (on) => ({ assessedOn: on, conclusion: 'DISMISSED' }),
  InvestigationConcluded: (on) => ({ concludedOn: on }),
  MeasureStarted: (on) => ({ startedOn: on }),
  MeasureEnded: (on) => ({ endedOn: on, reason: 'MAL_NADD' }),
  EvaluationRecorded: (on) => ({
    evaluatedOn: on,
    goals: [{ goalId: uuid(1), observed: null, result: 'NADD' }],
  }),
  PlanEstablished: (on) => ({ durationUntil: on }),
  ConsentWithdrawn: (on) => ({ on }),
};

interface Amendment {
  readonly target: number;
  readonly retract: boolean;
  readonly on: string;
  readonly effectiveOn: string;
}

const amendment = fc.record({ target: fc.nat(), retract: fc.boolean(), on: day, effectiveOn: day });

/** Corrections and retractions of entries, and of one another. */
function amended(drafts: readonly Draft[], amendments: readonly Amendment[]): Occurrence[] {
  const events: Occurrence[] = drafts.map((draft, index) => ({ ...draft, eventId: uuid(700_000 + index) }));
  for (const { target, retract, on, effectiveOn } of amendments) {
    const inCases = events.filter(({ streamId }) => streamId.startsWith('childcase-'));
    const entry = inCases[target % inCases.length];
    if (entry === undefined) continue;
    const type = entry.type === 'EntryCorrected' ? String(entry.data['targetType']) : entry.type;
    const change = CHANGES[type];
    const base = { targetEventId: entry.eventId, targetType: type, effectiveOn, on, reason: null };
    const eventId = uuid(700_000 + events.length);
    if (retract) {
      events.push({
        eventId,
        streamId: entry.streamId,
        type: 'EntryRetracted',
        data: { ...base, targetType: entry.type },
      });
    } else if (change !== undefined) {
      const removed = type === 'EvaluationRecorded' ? { removed: ['childView'] } : {};
      events.push({
        eventId,
        streamId: entry.streamId,
        type: 'EntryCorrected',
        data: { ...base, newValues: change(on), ...removed },
      });
    }
  }
  return events;
}

/** Events of up to six cases, in the order of the store, corrections last. */
export const anyHistory: fc.Arbitrary<Occurrence[]> = fc
  .tuple(
    fc
      .integer({ min: 1, max: 6 })
      .chain((cases) => fc.tuple(...Array.from({ length: cases }, (_, n) => caseOf(n)))),
    fc.array(amendment, { maxLength: 8 }),
  )
  .map(([cases, amendments]) => amended(cases.flat(), amendments));
