/** message-db as its `install.sh` sets it up, which needs psql; the files are the same and in the same order. */
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { Client, Pool } from 'pg';

const FOLDERS = ['roles', 'schema', 'extensions', 'tables'] as const;
/** The order of `install-functions.sh` and those after it: a later file uses what an earlier one makes. */
const FILES = [
  'types/message.sql',
  ...[
    'message-store-version',
    'hash-64',
    'acquire-lock',
    'category',
    'is-category',
    'id',
    'cardinal-id',
    'stream-version',
    'write-message',
    'get-stream-messages',
    'get-category-messages',
    'get-last-stream-message',
  ].map((name) => `functions/${name}.sql`),
  ...['messages-id', 'messages-stream', 'messages-category'].map((name) => `indexes/${name}.sql`),
];

export async function installMessageDb(url: string): Promise<void> {
  const root = dirname(createRequire(import.meta.url).resolve('@eventide/message-db/package.json'));
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    await client.query('set search_path = message_store, public');
    for (const file of [...(await filesIn(root)), ...FILES]) {
      await client.query(await readFile(join(root, 'database', file), 'utf8'));
    }
  } finally {
    await client.end();
  }
}

async function filesIn(root: string): Promise<string[]> {
  const found = FOLDERS.map(async (folder) => {
    const names = await readdir(join(root, 'database', folder));
    return names.sort().map((name) => `${folder}/${name}`);
  });
  return (await Promise.all(found)).flat();
}

/** Its users set the search path to its schema, as its own scripts do. */
export const messageDbPool = (url: string, max: number): Pool =>
  new Pool({ connectionString: url, max, options: '-c search_path=message_store,public' });
