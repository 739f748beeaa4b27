import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { assertNever, fold, type Decider } from './decider.js';
import { addDuration, parseDuration } from './duration.js';
import { RuleBroken } from './errors.js';
import { holdsIdentityNumber } from './identity-like.js';
import {
  accessLogStream,
  caseIdName,
  caseStream,
  eventIdName,
  isUuid,
  mintedIdName,
  personStream,
} from './ids.js';
import { legalDateOf, refuseFuture } from './legal-date.js';
import { sameJson } from './same-json.js';

const PERSON = '4b1c7c3e-6f0a-4e57-9f4e-0d2f0a5b6c7d';

describe('what looks like an identity number', () => {
  it.each([
    '13891450006',
    'fnr 13891450006.',
    '138914 50006',
    '53891450006',
    '01010112345',
    '/cases/13891450006/x',
  ])('is seen in «%s»', (text) => {
    expect(holdsIdentityNumber(text)).toBe(true);
  });

  it.each([
    '99999999999',
    '0192:999999999',
    PERSON,
    `${'a1'.repeat(20)}13891450006`,
    '00000000000',
    '1389145000',
    '',
  ])('is not seen in «%s»', (text) => {
    expect(holdsIdentityNumber(text)).toBe(false);
  });
});

describe('names of ids', () => {
  it('are those that every process derives alike', () => {
    expect(caseIdName('3401', PERSON)).toBe(`urn:forlop:case:3401:${PERSON}`);
    expect(caseStream(PERSON)).toBe(`childcase-${PERSON}`);
    expect(personStream(PERSON)).toBe(`person-${PERSON}`);
    expect(accessLogStream('3401', '2026-03-02')).toBe('accesslog-3401-2026-03-02');
    expect(accessLogStream(undefined, '2026-03-02')).toBe('accesslog-0000-2026-03-02');
  });

  it('differ for events of one command and for ids of one body', () => {
    const names = [0, 1].flatMap((index) => [
      eventIdName('3401', PERSON, caseStream(PERSON), index),
      eventIdName('3401', PERSON, personStream(PERSON), index),
      mintedIdName('3401', PERSON, `/goals/${index}/goalId`),
    ]);
    expect(new Set(names).size).toBe(names.length);
  });

  it('are not UUIDs, and a UUID has one spelling', () => {
    expect(isUuid(PERSON)).toBe(true);
    expect(isUuid(PERSON.toUpperCase())).toBe(false);
    expect(isUuid(PERSON.replaceAll('-', ''))).toBe(false);
  });
});

describe('a duration', () => {
  it('is read in months and days', () => {
    expect(parseDuration('P1Y2M1W3D')).toEqual({ months: 14, days: 10 });
    expect(parseDuration('P6W')).toEqual({ months: 0, days: 42 });
    for (const text of ['', 'P', 'P0M', 'P1.5M', '3M', 'PT1H', 'P1D1M', 'P99999D']) {
      expect(parseDuration(text)).toBeUndefined();
    }
  });

  it('is counted on the calendar, months first', () => {
    expect(addDuration('2025-11-30', 'P3M')).toBe('2026-02-28');
    expect(addDuration('2026-01-31', 'P1M1D')).toBe('2026-03-01');
    expect(() => addDuration('2026-01-31', 'tre måneder')).toThrow(/^Not a duration$/);
  });
});

describe('sameJson', () => {
  it('does not mind the order of fields, nor an absent field that is undefined', () => {
    expect(sameJson({ a: 1, b: [{ c: 'x' }] }, { b: [{ c: 'x', d: undefined }], a: 1 })).toBe(true);
  });

  it.each([
    [{ a: 1 }, { a: 2 }],
    [{ a: 1 }, {}],
    [
      [1, 2],
      [2, 1],
    ],
    [[1], { 0: 1 }],
    [null, {}],
    ['1', 1],
  ])('%#. tells different values apart', (left, right) => {
    expect(sameJson(left, right)).toBe(false);
    expect(sameJson(right, left)).toBe(false);
  });

  it('agrees with JSON for any value and itself', () => {
    fc.assert(fc.property(fc.jsonValue(), (value) => sameJson(value, JSON.parse(JSON.stringify(value)))));
  });
});

describe('a legal date', () => {
  it('in the future is refused with every field that lies there, and no value', () => {
    const refuse = () =>
      refuseFuture('2026-03-02', { on: '2026-03-03', birthDate: undefined, endedOn: '2026-03-02' });
    expect(refuse).toThrow(RuleBroken);
    expect(refuse).toThrow(
      expect.objectContaining({
        slug: 'date-in-future',
        status: 422,
        feil: [{ felt: '/on', regel: 'date-in-future', melding: 'Skriv en dato til og med i dag.' }],
      }),
    );
    expect(() => refuseFuture('2026-03-02', { on: '2026-03-02' })).not.toThrow();
  });

  it('of an instant is the date in Oslo', () => {
    expect(legalDateOf('2026-03-02')).toBe('2026-03-02');
    expect(legalDateOf('2026-03-02T23:30:00Z')).toBe('2026-03-03');
  });
});

describe('a decider', () => {
  const counter: Decider<number, { type: 'Add' }, { type: 'Added'; by: number }> = {
    initialState: 0,
    evolve: (state, event) => state + event.by,
    decide: () => [{ type: 'Added', by: 1 }],
  };

  it('is folded from its first state, or from a later one', () => {
    const events = [
      { type: 'Added', by: 1 },
      { type: 'Added', by: 2 },
    ] as const;
    expect(fold(counter, events)).toBe(3);
    expect(fold(counter, events, 10)).toBe(13);
  });

  it('has no branch for what it does not know', () => {
    const unknown: unknown = { type: 'Vanished', secret: 'x' };
    expect(() => assertNever(unknown as never)).toThrow(/^No branch for Vanished$/);
  });
});
