import { describe, expect, it } from '@jest/globals';
import { caseCommands } from '../child-case/commands.js';
import { RegisterPerson } from '../person/commands.js';
import { checkShape } from './check.js';
import { fitting } from './fitting.js';
import type { Json, JsonObject } from './personal.js';

/** The value, with one thing in it changed in every way that there is. */
function* changed(value: Json): Generator<Json> {
  yield null;
  yield 'noe';
  yield '';
  yield [];
  yield {};
  yield 7;
  if (typeof value !== 'object' || value === null) return;
  if (Array.isArray(value)) {
    const items = value as readonly Json[];
    yield [...items, ...items];
    yield Array.from({ length: 300 }, () => items[0] ?? 'noe');
    for (const [index, item] of items.entries()) {
      for (const other of changed(item)) yield items.with(index, other);
    }
    return;
  }
  const fields = value as JsonObject;
  yield { ...fields, unknown: 'noe' };
  for (const [name, item] of Object.entries(fields)) {
    const { [name]: _, ...rest } = fields;
    yield rest;
    for (const other of changed(item)) yield { ...rest, [name]: other };
  }
}

describe('whether a value fits its shape', () => {
  it.each([...Object.values(caseCommands), RegisterPerson])(
    'is told as the check tells it: $type',
    ({ shape, example }) => {
      const fits = fitting(shape);
      const values = [example as Json, ...changed(example as Json)];
      const differing = values.filter(
        (value) => fits(value) !== (checkShape(shape, value, 'whole').length === 0),
      );
      expect(values.length).toBeGreaterThan(20);
      expect(differing).toEqual([]);
    },
  );
});
