import { Client } from 'pg';
import type { TestDatabase } from '../../support/database.js';
import { testServerUrl } from '../../support/database.js';

/** Every row of every table of a database as text, read past all row-level security. */
async function everyRow(database: string): Promise<string> {
  const url = new URL(testServerUrl());
  url.pathname = `/${database}`;
  const superuser = new Client({ connectionString: url.href });
  await superuser.connect();
  try {
    const { rows: tables } = await superuser.query<{ name: string }>(
      `select format('%I.%I', schemaname, tablename) as name from pg_tables
        where schemaname not in ('pg_catalog', 'information_schema')`,
    );
    const contents: string[] = [];
    for (const { name } of tables) {
      const { rows } = await superuser.query<{ row: string }>(`select t::text as row from ${name} t`);
      contents.push(...rows.map(({ row }) => row));
    }
    return contents.join('\n');
  } finally {
    await superuser.end();
  }
}

const nameIn = (url: string): string => new URL(url).pathname.slice(1);

/** The events and the read models. */
export const storedEvents = ({ serviceUrl }: TestDatabase): Promise<string> => everyRow(nameIn(serviceUrl));
/** The keys and the blind index. */
export const storedKeys = ({ keystoreUrl }: TestDatabase): Promise<string> => everyRow(nameIn(keystoreUrl));
