import { describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { createTestDatabase } from './database.js';

async function whoAmI(url: string) {
  const connection = new Client({ connectionString: url });
  await connection.connect();
  const { rows } = await connection.query<{ role: string; database: string }>(
    'select current_user as role, current_database() as database',
  );
  await connection.end();
  return rows[0];
}

describe('a test database', () => {
  it('is another one for each caller and is gone after drop', async () => {
    const [first, second] = await Promise.all([createTestDatabase(), createTestDatabase()]);
    const [a, b] = await Promise.all([whoAmI(first.serviceUrl), whoAmI(second.serviceUrl)]);
    expect(a?.database).not.toBe(b?.database);
    await Promise.all([first.drop(), second.drop()]);
    await expect(whoAmI(first.serviceUrl)).rejects.toThrow(/does not exist/);
  });

  it('gives four different roles', async () => {
    const database = await createTestDatabase();
    const urls = [database.ownerUrl, database.serviceUrl, database.projectorUrl, database.keystoreUrl];
    const roles = await Promise.all(urls.map(whoAmI));
    expect(new Set(roles.map((row) => row?.role)).size).toBe(4);
    await database.drop();
  });
});
