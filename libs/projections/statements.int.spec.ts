import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Client } from 'pg';
import type { TestDatabase } from '../../test/support/database.js';
import { createTestDatabase } from '../../test/support/database.js';
import { upsert } from './definition.js';
import type { Row, RowOperation } from './definition.js';
import { foldOperations } from './fold.js';
import { statementsOf } from './statements.js';
import { CREATE_COUNTERS, anyOperation, counters, interpret, keyText } from './testing.fixture.js';

describe('the statements of a table', () => {
  let database: TestDatabase;
  let client: Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    client = new Client({ connectionString: database.ownerUrl });
    await client.connect();
    await client.query(CREATE_COUNTERS);
  });

  afterAll(async () => {
    await client.end();
    await database.drop();
  });

  const write = async (operations: readonly RowOperation[]): Promise<void> => {
    for (const statement of foldOperations(operations).flatMap(statementsOf)) await client.query(statement);
  };

  const stored = async (): Promise<Row[]> =>
    (
      await client.query<Row>(
        'select id, part, label, on_date::text, count, document from read.test_counters',
      )
    ).rows;

  it('write the rows that the operations give one by one, whatever the batches', async () => {
    const byKey = (a: Row, b: Row) => keyText(counters, a).localeCompare(keyText(counters, b));
    await fc.assert(
      fc.asyncProperty(fc.array(fc.array(anyOperation)), async (batches) => {
        await client.query('truncate read.test_counters_v1');
        for (const batch of batches) await write(batch);
        const expected = [...interpret(batches.flat()).values()];
        expect((await stored()).sort(byKey)).toEqual(expected.sort(byKey));
      }),
      { numRuns: 60 },
    );
  });

  it('store any text as it is, and nothing of it is SQL', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (text) => {
        const id = '0b0e7e6a-0000-4000-8000-000000000001';
        await write([upsert(counters, { id, part: 'text', label: text, document: { text } })]);
        const row = (await stored()).find(({ part }) => part === 'text');
        const storable = text.replaceAll('\u0000', '\ufffd');
        expect(row).toMatchObject({ label: storable, document: { text: storable } });
      }),
      { numRuns: 60 },
    );
  });
});
