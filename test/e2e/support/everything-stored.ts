import { Client } from 'pg';
import type { TestDatabase } from '../../support/database.js';
import { testServerUrl } from '../../support/database.js';

/** Every row of every table of a database as text, read past all row-level security. */
function everyRow(database: string): Promise<string> {
  return withSuperuser(database, async (superuser) => {
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
  });
}

async function withSuperuser<T>(database: string, work: (superuser: Client) => Promise<T>): Promise<T> {
  const url = new URL(testServerUrl());
  url.pathname = `/${database}`;
  const superuser = new Client({ connectionString: url.href });
  await superuser.connect();
  try {
    return await work(superuser);
  } finally {
    await superuser.end();
  }
}

const nameIn = (url: string): string => new URL(url).pathname.slice(1);

/** The events and the read models. */
export const storedEvents = ({ serviceUrl }: TestDatabase): Promise<string> => everyRow(nameIn(serviceUrl));
/** The keys and the blind index. */
export const storedKeys = ({ keystoreUrl }: TestDatabase): Promise<string> => everyRow(nameIn(keystoreUrl));

/** Every row that the read models' views lead to, as text, in an order of their own. */
export async function readModelRows({ serviceUrl }: TestDatabase): Promise<string> {
  return withSuperuser(nameIn(serviceUrl), async (superuser) => {
    const { rows: views } = await superuser.query<{ name: string }>(
      `select format('%I.%I', schemaname, viewname) as name from pg_views where schemaname = 'read' order by 1`,
    );
    const contents: string[] = [];
    for (const { name } of views) {
      const { rows } = await superuser.query<{ row: string }>(
        `select to_jsonb(t)::text as row from ${name} t`,
      );
      const told = rows.map(({ row }) => [withoutPositions(row), row] as const);
      told.sort(([a], [b]) => (a < b ? -1 : 1));
      contents.push(`${name}: ${rows.length}`, ...told.map(([, row]) => row));
    }
    return contents.join('\n');
  });
}

/** A position is its store's own. */
export const withoutPositions = (text: string): string =>
  text.replace(/\b(?:pg|esdb)(?::\d{20})+/g, 'POSITION');

/** All test databases are copies of one template, and so of one store: this one becomes a store of its own. */
export async function giveStoreId({ serviceUrl }: TestDatabase): Promise<void> {
  await withSuperuser(nameIn(serviceUrl), async (superuser) => {
    await superuser.query('update events.store set store_id = gen_random_uuid()');
  });
}
