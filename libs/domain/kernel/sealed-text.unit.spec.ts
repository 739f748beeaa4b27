import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { assertSealed, separate } from './personal.js';
import {
  boolean,
  code,
  date,
  id,
  instant,
  integer,
  list,
  oneOf,
  optional,
  record,
  reference,
  sealedDate,
  text,
} from './schema.js';
import { sealedText } from './sealed-text.js';
import { name } from './shapes.js';

const UUID = '4b1c7c3e-6f0a-4e57-9f4e-0d2f0a5b6c7d';
const shape = {
  caseId: id(),
  on: date(),
  at: optional(instant()),
  kind: oneOf(['A', 'B "quoted"', 3]),
  said: boolean(),
  count: optional(integer(-9, 9)),
  code: optional(code('saksinnhold')),
  ref: optional(reference(/^.{1,9}$/, 'noe', 'x')),
  birth: optional(sealedDate()),
  people: list(record({ name: name(), 'a "key"\n': optional(text()) }), 1),
};

const right = {
  caseId: fc.constant(UUID),
  on: fc.constant('2026-03-02'),
  at: fc.constantFrom('2026-03-02T10:00:00Z', undefined),
  kind: fc.constantFrom('A', 'B "quoted"', 3),
  said: fc.boolean(),
  count: fc.constantFrom(0, -0, 9, -9),
  code: fc.constantFrom('1.1', 'egen-kode', undefined),
  ref: fc.constantFrom('"', 'é\\', '\t', '\ud800', '😀'),
  birth: fc.string(),
  people: fc.array(
    fc.record(
      { name: fc.record({ last: fc.string(), first: fc.string() }), 'a "key"\n': fc.string() },
      { requiredKeys: ['name'] },
    ),
  ),
};
/** In every place something that may not stand there, or that stands there in another way than the shape asks. */
const wrong = fc.constantFrom<unknown>(
  null,
  'Ola Nordmann',
  '01018012345',
  4,
  1.5,
  Number.NaN,
  ['x'],
  new Array<unknown>(1),
  {},
  { first: 'Ola' },
);
const anything = fc
  .record(
    Object.fromEntries(
      Object.entries(right).map(([key, value]) => [
        key,
        fc.oneof({ arbitrary: value as fc.Arbitrary<unknown>, weight: 12 }, { arbitrary: wrong, weight: 1 }),
      ]),
    ),
    {
      requiredKeys: [],
    },
  )
  .chain((data) =>
    fc
      .shuffledSubarray(Object.keys(data), { minLength: Math.max(0, Object.keys(data).length - 1) })
      .map((keys) => Object.fromEntries(keys.map((key) => [key, data[key]]))),
  );

/** What the three steps give, or the place that they refuse. */
const outcomeOf = (give: () => unknown): unknown => {
  try {
    return give();
  } catch (error) {
    return error;
  }
};

const stepByStep = (data: object) => {
  const { clear, personal } = separate(shape, data);
  assertSealed(shape, clear);
  return { text: JSON.stringify(clear), personal };
};

describe('the sealed text of a fact', () => {
  it('is, byte for byte, what separating and writing give', () => {
    fc.assert(
      fc.property(fc.record(right, { requiredKeys: ['caseId', 'on', 'kind', 'said', 'people'] }), (data) => {
        expect(sealedText(shape, data)).toEqual(stepByStep(data));
      }),
    );
  });

  it('is refused wherever separating or the last guard refuses it, and with the same words', () => {
    let refused = 0;
    fc.assert(
      fc.property(anything, (data) => {
        const outcome = outcomeOf(() => stepByStep(data));
        expect(outcomeOf(() => sealedText(shape, data))).toEqual(outcome);
        if (outcome instanceof Error) refused += 1;
      }),
      { numRuns: 500 },
    );
    expect(refused).toBeGreaterThan(50);
  });

  it('takes the one word that may stand for a record, and nothing in an open one', () => {
    const either = { when: { ...record({ on: date(), note: text() }), orWord: 'ukjent' } };
    expect(sealedText(either, { when: 'ukjent' })).toEqual({ text: '{"when":"ukjent"}', personal: [] });
    expect(sealedText(either, { when: { note: 'x', on: '2026-01-01' } })).toEqual({
      text: '{"when":{"note":null,"on":"2026-01-01"}}',
      personal: ['x'],
    });
    const open = { any: { ...record({}), open: true as const } };
    expect(() => sealedText(open, { any: { note: 'x' } })).toThrow('not sealed');
    expect(sealedText(open, { any: {} })).toEqual({ text: '{"any":{}}', personal: [] });
  });
});
