import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { CaseEvent, JsonObject, Settled } from '#forlop/domain';
import { caseStatus, childCase, fold } from '#forlop/domain';
import type { Row } from '#forlop/projections';
import { foldOperations } from '#forlop/projections';
import * as story from '../story.fixture.js';
import { ids, ringsaker } from '../story.fixture.js';
import type { Happening } from '../testing.fixture.js';
import { projected, uuid } from '../testing.fixture.js';
import type { ItemKind } from './case-event.js';
import type { Item } from './item.js';
import { standingOf } from './overview.js';
import { caseOverview } from './projection.js';
import { caseStatusOf, isInForce, measureStateOf } from './state.js';

/** The state that the rows of these events tell. */
function statusByRows(happenings: readonly Happening[]): string {
  const operations = happenings.flatMap((happening, index) =>
    caseOverview.project(
      projected(ringsaker, happening, { position: `mem:${String(index).padStart(20, '0')}` }),
    ),
  );
  const rows = foldOperations(operations).flatMap(({ patched, replaced }) => [...patched, ...replaced]);
  const settled = (rows.find(({ kind }) => kind === undefined)?.['settled'] ?? null) as Settled | null;
  return caseStatusOf(standingOf({ settled }, rows.filter(({ kind }) => kind !== undefined).map(itemOf)));
}

const itemOf = (row: Row): Item => ({
  kind: row['kind'] as ItemKind,
  key: row['item_key'] as string,
  document: row['document'] as JsonObject,
  events: [],
});

/** The state that the domain folds from the same events. */
function statusByStream(happenings: readonly Happening[]): string {
  const events = happenings.map(({ type, data }) => ({ type, data }) as unknown as CaseEvent);
  return caseStatus(fold(childCase, events));
}

const of = (happening: Happening, over: object): Happening => ({
  ...happening,
  data: { ...happening.data, ...over },
});

/** Lives of one referral with its investigation, and of one measure, each in its own lawful order. */
const referralLife = (n: number) =>
  fc
    .tuple(
      fc.constantFrom('DISMISSED', 'INVESTIGATE', 'IN_ACTIVE_MEASURES', 'TRANSFERRED'),
      fc.constantFrom('HENLAGT', 'HENLAGT_MED_GJENAPNING', 'VEDTAK_TILTAK', 'BEGJAERING'),
      fc.integer({ min: 1, max: 4 }),
    )
    .map(([conclusion, outcome, length]) => {
      const [referralId, investigationId] = [uuid(200 + n), uuid(300 + n)];
      const life = [
        of(story.received, { referralId }),
        of(story.assessed, { referralId, conclusion }),
        of(story.opened, { investigationId, referralIds: [referralId] }),
        of(story.concluded, { investigationId, outcome, decisionId: uuid(400 + n) }),
      ];
      return life.slice(0, conclusion === 'INVESTIGATE' ? length : Math.min(length, 2));
    });

const measureLife = (n: number) =>
  fc
    .tuple(fc.boolean(), fc.boolean(), fc.boolean(), fc.boolean())
    .map(([isProposed, starts, stops, ends]) => {
      const measureId = uuid(500 + n);
      const measures = [
        { measureId, catalogueCode: 'sfo', targetPerson: ids.child, provider: { type: 'KOMMUNE' } },
      ];
      return [
        ...(isProposed ? [of(story.proposed, { measureId })] : []),
        of(story.decided, { decisionId: uuid(600 + n), measures }),
        ...(starts ? [of(story.started, { measureId })] : []),
        ...(stops
          ? [of(story.decided, { decisionId: uuid(700 + n), decisionType: 'OPPHORT', measures })]
          : []),
        ...(ends ? [of(story.ended, { measureId })] : []),
      ];
    });

/** Mixes the lives, keeping the order of each; the first event is the first referral's. */
const anyCase = fc
  .tuple(referralLife(1), referralLife(2), measureLife(1), measureLife(2), fc.infiniteStream(fc.nat(3)))
  .map(([first, second, third, fourth, picks]) => {
    const [opening, ...rest] = first;
    const lives = [rest, [...second], [...third], [...fourth]];
    const mixed = opening === undefined ? [] : [opening];
    while (lives.some((life) => life.length > 0)) {
      const pick: number = picks.next().value as number;
      const next = lives[pick]?.shift();
      if (next !== undefined) mixed.push(next);
    }
    return mixed;
  });

describe('the state of a case', () => {
  it('is by the rows what it is by the stream, after every event of any case', () => {
    fc.assert(
      fc.property(anyCase, (happenings) => {
        for (let count = 1; count <= happenings.length; count += 1) {
          const sofar = happenings.slice(0, count);
          expect([sofar.map(({ type }) => type), statusByRows(sofar)]).toEqual([
            sofar.map(({ type }) => type),
            statusByStream(sofar),
          ]);
        }
      }),
    );
  });

  it('follows the story from referral to the last measure', () => {
    const states = [...story.story, story.revised, story.ended].map((_, index, all) =>
      statusByRows(all.slice(0, index + 1)),
    );
    expect(states.filter((state, index) => state !== states[index - 1])).toEqual([
      'RECEIVED',
      'ASSESSED',
      'UNDER_INVESTIGATION',
      'MEASURES_DECIDED',
      'MEASURES_ACTIVE',
      'MEASURES_ENDED',
    ]);
  });
});

describe('the state of a measure', () => {
  it.each([
    [{}, false, 'PROPOSED'],
    [{}, true, 'CONSENTED'],
    [{ decidedOn: '2026-03-02' }, true, 'DECIDED'],
    [{ decidedOn: '2026-03-02', startedOn: '2026-03-09' }, true, 'STARTED'],
    [{ decidedOn: '2026-03-02', startedOn: '2026-03-09', endedOn: '2026-06-01' }, true, 'ENDED'],
    [{ decidedOn: '2026-03-02', endedOn: '2026-06-01' }, true, 'LAPSED'],
  ] as const)('%j, consented %s, is %s', (dates, consentGiven, expected) => {
    expect(measureStateOf(dates, consentGiven)).toBe(expected);
  });
});

describe('a consent', () => {
  const consent = { subjectIds: [ids.measure], validFrom: '2026-03-01' };
  const untilEnd = { ...consent, untilMeasureEnds: true };
  const untilDate = { ...consent, validTo: '2026-06-30' };
  const none = new Set<string>();

  it('is in force from its first to its last day, both included', () => {
    expect(isInForce(untilDate, false, none, '2026-02-28')).toBe(false);
    expect(isInForce(untilDate, false, none, '2026-03-01')).toBe(true);
    expect(isInForce(untilDate, false, none, '2026-06-30')).toBe(true);
    expect(isInForce(untilDate, false, none, '2026-07-01')).toBe(false);
  });

  it('is in force no more once it is withdrawn', () => {
    expect(isInForce(untilDate, true, none, '2026-03-01')).toBe(false);
  });

  it('that lasts until the measure ends, lasts until the last of its measures has ended', () => {
    const two = { ...untilEnd, subjectIds: [ids.measure, uuid(77)] };
    expect(isInForce(untilEnd, false, new Set([ids.measure]), '2026-05-01')).toBe(false);
    expect(isInForce(two, false, new Set([ids.measure]), '2026-05-01')).toBe(true);
  });
});
