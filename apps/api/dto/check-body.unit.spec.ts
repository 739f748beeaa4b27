import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  boolean,
  byRule,
  checkShape,
  code,
  computed,
  date,
  id,
  instant,
  integer,
  list,
  name,
  newId,
  oneOf,
  optional,
  personRef,
  record,
  recordOr,
  text,
} from '#forlop/domain';
import type { FieldError, Shape } from '#forlop/domain';
import { bodyBroken, bodyFitting } from './arbitrary-body.fixture.js';
import { bodyClass } from './body-class.js';
import { checkBody, errorsIn } from './check-body.js';

const shape = {
  measureId: newId(),
  heldOn: date(),
  heldAt: optional(instant()),
  method: oneOf(['CONVERSATION', 'OBSERVATION']),
  weeks: integer(1, 6),
  by: personRef(),
  urgent: byRule(boolean()),
  reasons: byRule(list(text(), 1)),
  contents: list(record({ code: code('saksinnhold'), specification: optional(text()) }), 1),
  who: name(),
  evaluators: optional(list(record({ name: name(), role: text() }))),
  includes: byRule(record({ right: boolean(), notes: optional(list(text())) })),
  dueOn: computed(date()),
  refs: optional(list(id())),
  basis: optional(recordOr('KLAGE', { law: oneOf(['BVL2021']), paragraph: optional(integer(1, 9)) })),
} satisfies Shape;

const Body = bodyClass('CheckBodySpec', shape);

const valid = {
  heldOn: '2026-02-20',
  method: 'CONVERSATION',
  weeks: 3,
  by: '6f0e7c1a-5d0b-4c55-9a51-0c3a8f4b1d02',
  contents: [{ code: '1.2.03' }],
  who: { first: 'Testine', last: 'Eksempel' },
};

/** Places and kinds of errors; the same twice in one place counts once. */
const places = (errors: readonly FieldError[]) => [
  ...new Set(errors.map(({ felt, regel }) => `${felt} ${regel}`).sort()),
];

describe('a body checked by its class', () => {
  it('passes when it fits, without what a rule asks for and without new ids', () => {
    expect(checkBody(Body, valid)).toEqual([]);
  });

  it('names every wrong field at once by its pointer', () => {
    const body = {
      ...valid,
      heldOn: '2026-02-30',
      weeks: 7,
      who: { first: 'A' },
      contents: [{ code: '1' }, 3],
    };
    expect(places(checkBody(Body, body))).toEqual([
      '/contents/1 type',
      '/heldOn format',
      '/weeks value',
      '/who/last required',
    ]);
  });

  it('refuses unknown and computed fields, at every depth', () => {
    const body = { ...valid, extra: 1, dueOn: '2026-01-01', contents: [{ code: '1', more: true }] };
    expect(places(checkBody(Body, body))).toEqual([
      '/contents/0/more unknown-field',
      '/dueOn computed-field',
      '/extra unknown-field',
    ]);
  });

  it('takes the one word in place of a record, and no other', () => {
    const basis = (given: unknown) => places(checkBody(Body, { ...valid, basis: given }));
    expect(basis('KLAGE')).toEqual([]);
    expect(basis({ law: 'BVL2021' })).toEqual([]);
    expect(basis('ANNET')).toEqual(['/basis type']);
    expect(basis({ law: 'X', more: 1 })).toEqual(['/basis/law value', '/basis/more unknown-field']);
  });

  it('repeats neither a value nor a name that could be personal', () => {
    const body = {
      ...valid,
      '13891499978': 1,
      'Kari Nordmann': 2,
      method: '13891499978',
      by: 'Kari Nordmann',
    };
    const said = JSON.stringify(checkBody(Body, body));
    expect(said).not.toMatch(/13891499978|Kari/);
    expect(checkBody(Body, body)).toHaveLength(4);
  });

  it.each([[null], [[]], ['text'], [1]])('is no body when it is %j', (body) => {
    expect(checkBody(Body, body)).toEqual([
      { felt: '', regel: 'type', melding: 'Skriv et JSON-objekt med navngitte felt.' },
    ]);
  });

  it('accepts whatever fits the shape', () => {
    fc.assert(
      fc.property(bodyFitting(shape), (body) => {
        expect(checkBody(Body, body)).toEqual([]);
        expect(errorsIn(Body, body)).toEqual([]);
      }),
    );
  });

  it('finds the same errors in the same places as the domain does', () => {
    fc.assert(
      fc.property(bodyBroken(shape), (body) => {
        expect(places(errorsIn(Body, body))).toEqual(places(checkShape(shape, body)));
        expect(checkBody(Body, body)).toEqual(errorsIn(Body, body));
      }),
      { numRuns: 500 },
    );
  });
});
