import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { killAll, ready, removeFolder, run, temporaryFolder, type Running } from '../process/service.js';

const SERVER = process.env['FORLOP_TEST_SERVER'] ?? '';
/** Names of the page are made this test's own: roles belong to the whole server. */
const OWN = `howto_${randomBytes(4).toString('hex')}`;
const own = (text: string): string =>
  text
    .replace(/\bforlop(?=_(owner|service|projector|keystore|keys)\b)/g, OWN)
    .replace(/\bforlop\b(?= owner| from| to|$)/gm, OWN);

async function asSuperuser<T>(work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({ connectionString: SERVER });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The first block of the language that holds the text. */
function blockIn(page: string, language: string, holding: string): string {
  const blocks = [...page.matchAll(/^```(\w*)\n(.*?)^```$/gms)];
  const found = blocks.find(([, kind, text]) => kind === language && text?.includes(holding) === true)?.[2];
  if (found === undefined) throw new Error(`The page has no block with ${holding}.`);
  return found;
}

let page = '';
let folder = '';
let service: Running | undefined;

beforeAll(async () => {
  folder = await temporaryFolder('open');
  page = await readFile('docs/how-to/external-postgresql.md', 'utf8');
});

afterAll(async () => {
  await killAll(folder);
  await removeFolder(folder);
  await asSuperuser(async (client) => {
    for (const name of [OWN, `${OWN}_keys`])
      await client.query(`drop database if exists ${name} with (force)`);
    for (const role of ['owner', 'service', 'projector', 'keystore']) {
      await client.query(`drop role if exists ${OWN}_${role}`);
    }
  });
});

describe('the page on a PostgreSQL of one’s own', () => {
  it('makes the roles and databases', async () => {
    const statements = own(blockIn(page, 'sql', 'create role'))
      .split(';')
      .map((one) => one.trim());
    await asSuperuser(async (client) => {
      for (const statement of statements.filter((one) => one !== '')) await client.query(statement);
      const { rows } = await client.query<{ datname: string }>(
        'select datname from pg_database where datname like $1 order by 1',
        [`${OWN}%`],
      );
      expect(rows.map(({ datname }) => datname)).toEqual([OWN, `${OWN}_keys`]);
    });
  });

  it('migrates and serves as printed', async () => {
    const { hostname, port } = new URL(SERVER);
    const commands = own(blockIn(page, '', 'npm start'))
      .replaceAll('db.example:5432', `${hostname}:${port}`)
      .replace(/^npm start$/m, 'exec npm start');
    service = run('bash', ['-c', `set -e\n${commands}`], { FORLOP_DATA_DIR: folder, PORT: '0' });
    const address = await ready(service);
    const answer = await fetch(`${address}/health/ready`);
    expect([answer.status, await answer.json()]).toEqual([200, expect.objectContaining({ status: 'ready' })]);
  }, 60_000);

  it('gives the roles of the events no way to the keys', async () => {
    const { hostname, port } = new URL(SERVER);
    const client = new Client({
      connectionString: `postgres://${OWN}_service:service-secret@${hostname}:${port}/${OWN}_keys`,
    });
    await expect(client.connect()).rejects.toMatchObject({ code: '42501' });
  });

  it('leaves the service to be stopped like any other', async () => {
    service?.child.kill('SIGTERM');
    expect(await service?.ended).toBe(0);
  });
});
