import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { column, defineProjection, defineTable, increment, merge, remove, upsert } from './definition.js';
import type { Row } from './definition.js';
import { foldOperations, laidOver } from './fold.js';
import type { TableChanges } from './fold.js';
import { statementsOf } from './statements.js';
import { anyOperation, blank, counters, interpret, keyText } from './testing.fixture.js';

const id = '0b0e7e6a-0000-4000-8000-000000000001';
const key = { id, part: 'a' };

/** What the three statements of a table mean, said over a map. */
function applied(changes: readonly TableChanges[], start: Map<string, Row>): Map<string, Row> {
  const rows = new Map(start);
  const keyOf = (row: Row) => keyText(counters, row);
  for (const { table, removed, replaced, patched } of changes) {
    for (const row of removed) rows.delete(keyOf(row));
    for (const row of replaced) rows.set(keyOf(row), laidOver(table, blank(table), row));
    for (const row of patched) {
      const before = rows.get(keyOf(row));
      rows.set(keyOf(row), laidOver(table, before ?? blank(table), row));
    }
  }
  return rows;
}

describe('the fold of a batch', () => {
  it('gives the rows that the operations give one by one, from any rows before', () => {
    fc.assert(
      fc.property(fc.array(anyOperation), fc.array(anyOperation), (before, batch) => {
        const start = interpret(before);
        expect(applied(foldOperations(batch), start)).toEqual(interpret(batch, start));
      }),
    );
  });

  it('touches each row once', () => {
    fc.assert(
      fc.property(fc.array(anyOperation, { minLength: 1 }), (batch) => {
        const rows = foldOperations(batch).flatMap(({ removed, replaced, patched }) => [
          ...removed,
          ...replaced,
          ...patched,
        ]);
        const keys = rows.map((row) => keyText(counters, row));
        expect(new Set(keys).size).toBe(keys.length);
      }),
    );
  });

  it('makes a row that was removed and came again a whole new row', () => {
    const [changes] = foldOperations([
      increment(counters, { ...key, label: 'old' }, { count: 3 }),
      remove(counters, key),
      merge(counters, { ...key, document: { a: 1 } }),
    ]);
    expect(changes?.replaced).toEqual([{ ...key, document: { a: 1 } }]);
    expect(changes?.patched).toEqual([]);
    expect(changes?.removed).toEqual([]);
  });

  it('refuses an operation without its key, or with a column that is not declared', () => {
    expect(() => foldOperations([merge(counters, { id })])).toThrow(/needs part/);
    expect(() => foldOperations([upsert(counters, { ...key, colour: 'red' })])).toThrow(/no column colour/);
  });
});

describe('a table', () => {
  it('is refused when a name could be more than a name', () => {
    const columns = { id: column('uuid') };
    expect(() => defineTable({ name: 'read.a; drop table b', columns, key: ['id'] })).toThrow(TypeError);
    expect(() => defineTable({ name: 'read.a', columns: { 'id"': column('uuid') }, key: ['id"'] })).toThrow(
      TypeError,
    );
    expect(() => defineTable({ name: 'read.a', columns, key: ['other'] })).toThrow(/key/);
    expect(() => defineTable({ name: 'read.a', columns, key: [] })).toThrow(/no key/);
  });

  it('merges objects only and adds numbers only', () => {
    const of = (wrong: ReturnType<typeof column>) =>
      defineTable({ name: 'read.a', columns: { id: column('uuid'), wrong }, key: ['id'] });
    expect(() => of(column('text', 'merge'))).toThrow(/merged/);
    expect(() => of(column('jsonb', 'sum'))).toThrow(/added/);
  });

  it('has at most three statements whatever the size of the batch', () => {
    const rows = Array.from({ length: 100 }, (_, i) => ({ id, part: String(i) }));
    const [changes] = foldOperations([
      ...rows.slice(0, 30).map((row) => remove(counters, row)),
      ...rows.slice(30, 60).map((row) => upsert(counters, row)),
      ...rows.slice(60).map((row) => increment(counters, row, { count: 1 })),
    ]);
    expect(changes && statementsOf(changes).map(({ values }) => values[0]?.length)).toEqual([30, 30, 40]);
  });

  it('takes what PostgreSQL cannot store as the replacement character', () => {
    const [changes] = foldOperations([
      upsert(counters, { ...key, label: 'a\u0000b\ud800', document: { c: 'd\u0000', e: ['\udfff😀'] } }),
    ]);
    const values = changes && statementsOf(changes)[0]?.values;
    expect(values?.[2]).toEqual(['a\ufffdb\ufffd']);
    expect(values?.[5]).toEqual([JSON.stringify({ c: 'd\ufffd', e: ['\ufffd😀'] })]);
  });
});

describe('a projection', () => {
  it('needs a name in kebab case and a version', () => {
    const rest = { tables: [counters], streams: [''], project: () => [] };
    expect(() => defineProjection({ name: 'Case History', version: 1, ...rest })).toThrow(/name/);
    expect(() => defineProjection({ name: 'case-history', version: 0, ...rest })).toThrow(/version/);
  });
});
