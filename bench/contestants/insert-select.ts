import { readFile } from 'node:fs/promises';
import { Client } from 'pg';
import type { OpenContestant } from '../harness/contestant.js';

export interface InsertWork {
  /** The superuser's, at a database whose read models have caught up. */
  readonly url: string;
}

const TABLES = new URL('../sql/read-tables.sql', import.meta.url);

/**
 * The peer: the same rows into the same tables with their indexes, one `insert … select` a table. `value` is the seconds that
 * it took, `counted.rows` the rows.
 */
export const open: OpenContestant<object, InsertWork> = async () => ({
  turn: async ({ url }) => {
    const client = new Client({ connectionString: url });
    await client.connect();
    try {
      return await copyAll(client);
    } finally {
      await client.end();
    }
  },
  close: async () => undefined,
});

async function copyAll(client: Client) {
  const { rows: tables } = await client.query<{ name: string }>(await readFile(TABLES, 'utf8'));
  await client.query('create schema peer');
  const names = tables.map(({ name }) => client.escapeIdentifier(name));
  for (const name of names) await client.query(`create table peer.${name} (like read.${name} including all)`);
  await client.query('checkpoint');
  let rows = 0;
  const begin = performance.now();
  for (const name of names) {
    const { rowCount } = await client.query(`insert into peer.${name} select * from read.${name}`);
    rows += rowCount ?? 0;
  }
  return { value: (performance.now() - begin) / 1000, counted: { rows } };
}
