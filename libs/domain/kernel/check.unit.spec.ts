import { describe, expect, it } from '@jest/globals';
import { bodyOf, checkBody } from './body.js';
import { checkShape, MAX_FIELD_ERRORS } from './check.js';
import { defineCommand } from './definition.js';
import {
  boolean,
  byRule,
  code,
  computed,
  date,
  duration,
  id,
  instant,
  integer,
  list,
  MAX_ITEMS,
  MAX_TEXT,
  newId,
  oneOf,
  optional,
  personRef,
  record,
  sealedDate,
  text,
  type Field,
} from './schema.js';
import { organisation, section, specifiedCode } from './shapes.js';

const UUID = '4b1c7c3e-6f0a-4e57-9f4e-0d2f0a5b6c7d';
/** Synthetic: month + 80. */
const FNR = '13891450006';

const errorsOf = (field: Field, value: unknown) => checkShape({ x: field }, { x: value });
const rulesOf = (field: Field, value: unknown) =>
  errorsOf(field, value).map(({ felt, regel }) => `${felt} ${regel}`);

describe('a leaf', () => {
  it.each<[string, Field, unknown]>([
    ['text', text(), 'Barnet trives.\nDet sier skolen.'],
    ['sealed date', sealedDate(), '2014-09-13'],
    ['id', id(), UUID],
    ['person', personRef(), UUID],
    ['date', date(), '2024-02-29'],
    ['instant', instant(), '2026-03-29T02:30:00+02:00'],
    ['duration', duration(), 'P3M'],
    ['boolean', boolean(), false],
    ['integer', integer(0, 10), 0],
    ['enum', oneOf(['A', 'B']), 'B'],
    ['number enum', oneOf([1, 2]), 2],
    ['code', code('melder'), '22'],
    ['reference', section(), '12-3'],
    ['reference', organisation(), '0192:999999999'],
  ])('of kind %s takes what it should', (_kind, field, value) => {
    expect(errorsOf(field, value)).toEqual([]);
  });

  it.each<[Field, unknown, string]>([
    [text(), 3, 'type'],
    [text(), null, 'type'],
    [text(), '', 'length'],
    [text(), ' \n ', 'length'],
    [text(), 'a'.repeat(MAX_TEXT + 1), 'length'],
    [text(), 'a\u0000b', 'format'],
    [text(), 'a\ud800b', 'format'],
    [sealedDate(), '2026-02-29', 'format'],
    [id(), UUID.toUpperCase(), 'format'],
    [id(), FNR, 'format'],
    [date(), '2026-3-2', 'format'],
    [date(), 20260302, 'type'],
    [instant(), '2026-03-02T10:00:00', 'format'],
    [duration(), 'P', 'format'],
    [duration(), 'P0D', 'format'],
    [duration(), 'PT3H', 'format'],
    [boolean(), 'true', 'type'],
    [integer(0, 10), 1.5, 'type'],
    [integer(0, 10), 11, 'value'],
    [integer(0, 10), '3', 'type'],
    [oneOf(['A']), 'a', 'value'],
    [oneOf([1, 2]), '1', 'value'],
    [code('melder'), 'Ola Nordmann', 'format'],
    [code('melder'), FNR, 'identity-number'],
    [section(), '§ 12-3', 'format'],
    [organisation(), `0192:${FNR}`, 'format'],
    [record({}), [], 'type'],
    [list(text()), {}, 'type'],
  ])('%#. refuses what it should', (field, value, regel) => {
    expect(rulesOf(field, value)).toEqual([`/x ${regel}`]);
  });

  it('takes any emoji and Norwegian letters as text', () => {
    expect(errorsOf(text(), 'Åse 👩‍👧 «ÆØÅ» áš')).toEqual([]);
  });
});

describe('a body', () => {
  const shape = {
    kind: oneOf(['A', 'B']),
    note: optional(text()),
    children: list(record({ personId: personRef(), age: optional(integer(0, 25)) }), 1),
    dueOn: computed(date()),
    findingId: newId(),
    reasons: byRule(text()),
    includes: byRule(record({ body: boolean() })),
    grounds: byRule(list(specifiedCode('saksinnhold'), 1)),
  };

  it('is told all its faults at once, each at its place', () => {
    const errors = checkShape(shape, {
      kind: 'C',
      note: 7,
      children: [{ personId: 'x' }, { personId: UUID, age: 99 }, { age: 3 }, 'barn'],
      dueOn: '2026-03-02',
      nickname: 'Knøtt',
    });
    expect(errors.map(({ felt, regel }) => [felt, regel])).toEqual([
      ['/nickname', 'unknown-field'],
      ['/kind', 'value'],
      ['/note', 'type'],
      ['/children/0/personId', 'format'],
      ['/children/1/age', 'value'],
      ['/children/2/personId', 'required'],
      ['/children/3', 'type'],
      ['/dueOn', 'computed-field'],
    ]);
  });

  it('may leave out what is optional, minted or asked for by a rule, and nothing else', () => {
    expect(checkShape(shape, {}).map(({ felt, regel }) => [felt, regel])).toEqual([
      ['/kind', 'required'],
      ['/children', 'required'],
    ]);
  });

  it('may leave empty what a rule asks for, but not give it a wrong type', () => {
    const valid = { kind: 'A', children: [{ personId: UUID }] };
    expect(checkShape(shape, { ...valid, reasons: ' ', grounds: [] })).toEqual([]);
    expect(
      checkShape(shape, { ...valid, reasons: 1, includes: 'x', grounds: [{}] }).map(({ felt }) => felt),
    ).toEqual(['/reasons', '/includes', '/grounds/0/code']);
  });

  it('as a whole holds minted and computed fields', () => {
    const whole = { kind: 'A', children: [{ personId: UUID }], dueOn: '2026-03-02', findingId: UUID };
    expect(checkShape(shape, whole, 'whole')).toEqual([]);
    const { kind, children } = whole;
    expect(checkShape(shape, { kind, children }, 'whole').map(({ felt }) => felt)).toEqual([
      '/dueOn',
      '/findingId',
    ]);
  });

  it.each([null, undefined, [], 'x', 3])('that is no object (%p) has one fault, at its root', (value) => {
    expect(checkShape(shape, value)).toEqual([
      { felt: '', regel: 'type', melding: 'Skriv et JSON-objekt med navngitte felt.' },
    ]);
  });

  it('is not read through its prototype', () => {
    const hostile: unknown = JSON.parse('{"__proto__": {"kind": "A"}, "constructor": 1}');
    const felt = checkShape({ kind: oneOf(['A']) }, hostile).map((error) => `${error.felt} ${error.regel}`);
    expect(felt).toEqual([' unknown-field', '/constructor unknown-field', '/kind required']);
  });

  it('has a list of no more than the limit, and is told so once', () => {
    expect(
      rulesOf(
        list(text()),
        Array.from({ length: MAX_ITEMS + 1 }, () => 7),
      ),
    ).toEqual(['/x count']);
    expect(rulesOf(list(text(), 2), ['a'])).toEqual(['/x count']);
  });

  it('cannot make the answer grow without bound', () => {
    const many = Object.fromEntries(
      Array.from({ length: 2000 }, (_, n) => [`k${'a'.repeat(n % 30)}${n}`, n]),
    );
    expect(checkShape({}, many)).toHaveLength(MAX_FIELD_ERRORS);
  });

  it('never finds its values again in the answer', () => {
    const secrets = {
      kind: FNR,
      note: 42_424_242,
      children: [{ personId: FNR, [FNR]: 'Hemmelig' }],
      [FNR]: FNR,
    };
    const answer = JSON.stringify(checkShape(shape, secrets));
    for (const secret of [FNR, '42424242', 'Hemmelig']) expect(answer).not.toContain(secret);
    expect(checkShape(shape, secrets).map(({ felt }) => felt)).toContain('/children/0');
  });
});

describe('the body of a command', () => {
  const command = defineCommand({
    type: 'Try',
    norwegian: 'Prøv',
    emits: [],
    path: ['caseId'],
    shape: {
      caseId: id(),
      dueOn: computed(date()),
      goals: list(record({ text: text(), version: computed(integer(1, 9)) })),
      one: record({ a: text(), b: computed(text()) }),
    },
    roles: [],
    rules: [],
    example: {},
    refine: (body) =>
      body['goals'] === undefined ? [{ felt: '/goals', regel: 'excluded', melding: 'Skriv et mål.' }] : [],
  });

  it('leaves out ids of the path and computed fields, also inside lists', () => {
    expect(bodyOf(command)).toEqual({ goals: list(record({ text: text() })), one: record({ a: text() }) });
  });

  it('is told that the path already names the case, and what the service computes', () => {
    const body = { caseId: UUID, dueOn: '2026-03-02', goals: [{ text: 'Ro', version: 1 }], one: { a: 'x' } };
    expect(checkBody(command, body).map(({ felt, regel }) => `${felt} ${regel}`)).toEqual([
      '/caseId unknown-field',
      '/dueOn computed-field',
      '/goals/0/version computed-field',
    ]);
  });

  it('is told in the same answer what no single field shows', () => {
    expect(checkBody(command, { one: {} }).map(({ felt, regel }) => `${felt} ${regel}`)).toEqual([
      '/goals required',
      '/one/a required',
      '/goals excluded',
    ]);
    expect(checkBody(command, [])).toHaveLength(1);
  });
});
