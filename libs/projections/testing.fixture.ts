/** Tables, events and a naive interpreter for the engine's own tests. */
import fc from 'fast-check';
import type { EventStore } from '#forlop/event-store';
import type { Json, JsonObject, Row, RowOperation, Table, Value } from './definition.js';
import { column, defineTable } from './definition.js';

export const counters = defineTable({
  name: 'read.test_counters_v1',
  columns: {
    id: column('uuid'),
    part: column('text'),
    label: column('text'),
    on_date: column('date'),
    count: column('integer', 'sum'),
    document: column('jsonb', 'merge'),
  },
  key: ['id', 'part'],
});

export const CREATE_COUNTERS = `
  create table read.test_counters_v1 (
    id uuid, part text, label text, on_date date, count integer not null default 0,
    document jsonb not null default '{}', primary key (id, part));
  create view read.test_counters with (security_invoker = true) as select * from read.test_counters_v1`;

type Rows = Map<string, Row>;

/** The key as one text. */
export const keyText = (table: Table, row: Row): string =>
  table.key.map((name) => JSON.stringify(row[name]).toLowerCase()).join('|');

/** Applies operations one by one, as the words of `RowOperation` say and with nothing of the engine. */
export function interpret(operations: readonly RowOperation[], start: Rows = new Map()): Rows {
  const rows: Rows = new Map(start);
  for (const operation of operations) {
    const { table } = operation;
    if (operation.op === 'delete') {
      rows.delete(keyText(table, operation.key));
      continue;
    }
    const key = keyText(table, operation.row);
    const base = (operation.op === 'upsert' ? undefined : rows.get(key)) ?? blank(table);
    const given = operation.op === 'increment' ? { ...operation.row, ...operation.by } : operation.row;
    rows.set(key, over(table, base, given));
  }
  return rows;
}

/** A row for which nothing was given. */
export const blank = (table: Table): Row =>
  Object.fromEntries(
    Object.entries(table.columns).map(([name, { mode }]) => [
      name,
      mode === 'sum' ? 0 : mode === 'merge' ? {} : null,
    ]),
  );

function over(table: Table, base: Row, given: Row): Row {
  const row: Record<string, Value> = { ...base };
  for (const [name, value] of Object.entries(given)) {
    if (value === undefined || value === null) continue;
    const { mode, type } = table.columns[name] ?? column('text');
    if (mode === 'sum') row[name] = Number(row[name]) + Number(value);
    else if (mode === 'merge') row[name] = { ...(row[name] as JsonObject), ...(value as JsonObject) };
    else row[name] = type === 'uuid' && typeof value === 'string' ? value.toLowerCase() : value;
  }
  return row;
}

const ids = [
  '0b0e7e6a-0000-4000-8000-000000000001',
  '0B0E7E6A-0000-4000-8000-000000000001',
  '0b0e7e6a-0000-4000-8000-000000000002',
];
const key = fc.record({ id: fc.constantFrom(...ids), part: fc.constantFrom('a', 'b') });
const document = fc.dictionary(
  fc.constantFrom('x', 'y', 'z'),
  fc.oneof(
    fc.integer(),
    fc.constantFrom('text', 'with "quotes", {braces} and \\', '', 'NULL'),
    fc.constant(null),
  ),
) as fc.Arbitrary<{ [key: string]: Json }>;
const rest = fc.record(
  {
    label: fc.oneof(fc.constantFrom('one', 'two', 'æøå', 'NULL', '{a,b}', ''), fc.constant(null)),
    on_date: fc.constantFrom('2026-01-31', '2026-02-28'),
    document,
  },
  { requiredKeys: [] },
);

/** Any operation on one of four rows, one of them under two spellings of its key. */
export const anyOperation: fc.Arbitrary<RowOperation> = fc.oneof(
  fc
    .tuple(fc.constantFrom('upsert' as const, 'merge' as const), key, rest)
    .map(([op, k, r]) => ({ op, table: counters, row: { ...k, ...r } })),
  fc.tuple(key, rest, fc.integer({ min: -5, max: 5 })).map(([k, r, by]) => ({
    op: 'increment' as const,
    table: counters,
    row: { ...k, ...r },
    by: { count: by },
  })),
  key.map((k) => ({ op: 'delete' as const, table: counters, key: k })),
);

let made = 0;
const uuid = (): string => `00000000-0000-4000-8000-${String((made += 1)).padStart(12, '0')}`;

/** Appends events of a type to a stream of their own; gives the position of the last. */
export async function appendSome(
  store: EventStore,
  count: number,
  type = 'Counted',
  of = 'a',
): Promise<string> {
  const events = Array.from({ length: count }, () => ({
    eventId: uuid(),
    type,
    schemaVersion: 1,
    payload: JSON.stringify({ data: { of }, sealed: [] }),
    metadata: JSON.stringify({ municipalityNumber: '3401' }),
  }));
  return (await store.append(`counter-${uuid()}`, events, 'noStream')).position;
}
