import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { assertSealed, ERASED, restore, separate, UnsealedField, type JsonObject } from './personal.js';
import {
  boolean,
  code,
  date,
  id,
  integer,
  list,
  oneOf,
  optional,
  record,
  sealedDate,
  text,
} from './schema.js';
import { name } from './shapes.js';

const UUID = '4b1c7c3e-6f0a-4e57-9f4e-0d2f0a5b6c7d';

const shape = {
  caseId: id(),
  on: date(),
  kind: oneOf(['A', 'B']),
  birth: optional(sealedDate()),
  views: optional(list(text())),
  people: list(record({ name: name(), present: boolean(), note: optional(text()) })),
  contents: optional(list(record({ code: code('saksinnhold'), specification: optional(text()) }))),
  count: optional(integer(0, 9)),
};

const event = {
  on: '2026-03-02',
  caseId: UUID,
  people: [
    { present: true, name: { last: 'Testdatter', first: 'Synne' }, note: 'Sa lite' },
    { name: { first: 'Ola', last: 'Prøve' }, present: false },
  ],
  kind: 'A',
  birth: '2014-09-13',
  views: ['Vil bo hjemme', ''],
};

const persons = fc.record(
  {
    name: fc.record(
      { first: fc.string(), middle: fc.string(), last: fc.string() },
      { requiredKeys: ['first', 'last'] },
    ),
    present: fc.boolean(),
    note: fc.string(),
  },
  { requiredKeys: ['name', 'present'] },
);
const events = fc.record(
  {
    caseId: fc.constant(UUID),
    on: fc.constant('2026-03-02'),
    kind: fc.constantFrom('A', 'B'),
    birth: fc.constant('2014-09-13'),
    views: fc.array(fc.string()),
    people: fc.array(persons),
    contents: fc.array(fc.record({ code: fc.constant('1.1.01'), specification: fc.string() })),
    count: fc.nat(9),
  },
  { requiredKeys: ['caseId', 'on', 'kind', 'people'] },
);

describe('separating', () => {
  it('puts null in the place of each name, text and personal date, in the order of the document', () => {
    const { clear, personal } = separate(shape, event);
    expect(clear).toEqual({
      on: '2026-03-02',
      caseId: UUID,
      people: [
        { present: true, name: { last: null, first: null }, note: null },
        { name: { first: null, last: null }, present: false },
      ],
      kind: 'A',
      birth: null,
      views: [null, null],
    });
    expect(personal).toEqual([
      'Testdatter',
      'Synne',
      'Sa lite',
      'Ola',
      'Prøve',
      '2014-09-13',
      'Vil bo hjemme',
      '',
    ]);
  });

  it('and restoring gives the event back, also by way of JSON', () => {
    fc.assert(
      fc.property(events, (data) => {
        const { clear, personal } = separate(shape, data);
        const stored = JSON.parse(JSON.stringify(clear)) as JsonObject;
        expect(restore(stored, personal)).toEqual(data);
        expect(() => assertSealed(shape, stored)).not.toThrow();
      }),
    );
  });

  it('leaves nothing personal behind', () => {
    fc.assert(
      fc.property(events, (data) => {
        const left = JSON.stringify(separate(shape, { ...data, views: ['HEMMELIG'] }).clear);
        expect(left).not.toContain('HEMMELIG');
      }),
    );
  });

  it('leaves a field out that is undefined', () => {
    expect(separate(shape, { ...event, views: undefined, birth: undefined }).clear).not.toHaveProperty(
      'views',
    );
  });

  it('refuses a field that the definition does not know, and does not name its value', () => {
    expect(() => separate(shape, { ...event, nickname: 'Knøtt' })).toThrow(UnsealedField);
    expect(() => separate(shape, { ...event, birth: 3 })).toThrow(
      /^Field is not sealed as its definition asks$/,
    );
  });
});

describe('restoring', () => {
  it('without the key shows [slettet] in each place, and the rest as it was', () => {
    const { clear } = separate(shape, event);
    const restored = restore(clear, null);
    expect(JSON.stringify(restored)).not.toContain('null');
    expect(restored).toMatchObject({ birth: ERASED, views: [ERASED, ERASED], kind: 'A', on: '2026-03-02' });
  });

  it('refuses too few and too many values', () => {
    const { clear, personal } = separate(shape, event);
    expect(() => restore(clear, personal.slice(1))).toThrow(RangeError);
    expect(() => restore(clear, [...personal, 'til overs'])).toThrow(RangeError);
  });
});

describe('the last guard', () => {
  const sealed = separate(shape, { ...event, contents: [{ code: '1.1.01', specification: 'x' }] }).clear;

  it('passes what is sealed', () => {
    expect(() => assertSealed(shape, sealed)).not.toThrow();
    expect(() => assertSealed(shape, sealed)).not.toThrow();
  });

  it.each<[string, JsonObject, string]>([
    ['a text in clear', { ...sealed, views: ['Vil bo hjemme'] }, '/views/0'],
    ['a text that looks like the mark', { ...sealed, birth: 'SEALED' }, '/birth'],
    ['another null', { ...sealed, kind: null }, '/kind'],
    ['an unknown field', { ...sealed, nickname: null }, '/nickname'],
    ['an id that is none', { ...sealed, caseId: 'Synne Testdatter' }, '/caseId'],
    [
      'a name for a code',
      { ...sealed, contents: [{ code: 'Synne', specification: null }] },
      '/contents/0/code',
    ],
    ['a missing field', { caseId: UUID }, '/on'],
  ])('refuses %s', (_what, clear, pointer) => {
    expect(() => assertSealed(shape, clear)).toThrow(
      expect.objectContaining({ name: 'UnsealedField', pointer }),
    );
  });
});
