import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { DataSource } from 'typeorm';
import { keyStorePool } from './database.js';
import { KeyStoreUnavailable, KeyUnreadable, SubjectShredded } from './errors.js';
import {
  createKeyStoreDatabase,
  type KeyStoreDatabase,
  type KeyStoreProcess,
} from './key-store-database.fixture.js';
import { keyStoreContract } from './key-store.contract.fixture.js';
import { MasterKey } from './master-key.js';
import { keyStoreMigrations } from './migrations/key-store-migrations.js';
import { PostgresKeyStore } from './postgres-key-store.js';

let database: KeyStoreDatabase;
let here: KeyStoreProcess;
let there: KeyStoreProcess;
beforeAll(async () => {
  database = await createKeyStoreDatabase();
  [here, there] = [database.process(), database.process()];
});
afterAll(() => database.drop());

keyStoreContract('PostgreSQL', () => here);

/** Counts the statements sent while `work` runs: each takes one connection from the pool. */
async function countStatements(pool: KeyStoreProcess['pool'], work: () => Promise<unknown>): Promise<number> {
  let statements = 0;
  const count = () => statements++;
  pool.on('acquire', count);
  await work();
  pool.off('acquire', count);
  return statements;
}

describe('Many who need keys at once', () => {
  const subjects = Array.from({ length: 30 }, () => randomUUID());
  const wanted = Array.from({ length: 200 }, (_, caller) =>
    [0, 1, 2, 3].map((place) => subjects[(caller * 7 + place * 11) % subjects.length] ?? ''),
  );

  it('get one key per subject, in few statements, also over two processes', async () => {
    const answers: ReadonlyMap<string, unknown>[] = [];
    const ask = async ({ keys }: KeyStoreProcess, callers: string[][]) => {
      answers.push(...(await Promise.all(callers.map((each) => keys.ensureKeys(each)))));
    };
    const statements = await Promise.all([
      countStatements(here.pool, () => ask(here, wanted.slice(0, 100))),
      countStatements(there.pool, () => ask(there, wanted.slice(100))),
    ]);
    const seen = new Map<string, Set<string>>();
    for (const [subject, key] of answers.flatMap((answer) => [...answer])) {
      const hex = Buffer.isBuffer(key) ? key.toString('hex') : String(key);
      seen.set(subject, (seen.get(subject) ?? new Set()).add(hex));
    }
    expect([...seen.keys()].sort()).toEqual([...subjects].sort());
    expect([...seen.values()].every((keys) => keys.size === 1)).toBe(true);
    expect(new Set([...seen.values()].flatMap((keys) => [...keys])).size).toBe(subjects.length);
    expect(Math.max(...statements)).toBeLessThanOrEqual(4);
  });

  it('who all have them already cost one statement and no write', async () => {
    await here.keys.ensureKeys(subjects);
    const rows = () =>
      database.asSuperuser('select subject, xmin::text, ctid::text from keys.subject_key order by 1');
    const stored = await rows();
    const statements = await countStatements(here.pool, () =>
      Promise.all(wanted.map((each) => here.keys.ensureKeys(each))),
    );
    expect(statements).toBe(1);
    expect(await rows()).toEqual(stored);
  });

  it('are read by one statement', async () => {
    expect(await countStatements(here.pool, () => here.keys.readKeys(subjects))).toBe(1);
  });
});

describe('A key', () => {
  it('is committed before the promise resolves', async () => {
    const subject = randomUUID();
    const made = await here.keys.ensureKeys([subject]);
    expect(await there.keys.readKeys([subject])).toEqual(made);
    expect(await here.pool.query('show synchronous_commit')).toMatchObject({
      rows: [{ synchronous_commit: 'on' }],
    });
  });

  it('destroyed in one process is gone in the other at once', async () => {
    const subject = randomUUID();
    await here.keys.ensureKeys([subject]);
    await here.keys.readKeys([subject]);
    await there.keys.destroy(subject);
    expect((await here.keys.readKeys([subject])).get(subject)).toBe('destroyed');
    expect((await here.keys.ensureKeys([subject])).get(subject)).toBe('destroyed');
  });

  it('once destroyed cannot be put back or forgotten, not even by hand', async () => {
    const subject = randomUUID();
    await here.keys.destroy(subject);
    const byHand = (sql: string) => here.pool.query(sql, [subject]);
    await expect(
      byHand(
        "update keys.subject_key set wrapped = decode(repeat('00', 60), 'hex'), destroyed_at = null where subject = $1",
      ),
    ).rejects.toThrow('stays destroyed');
    await expect(byHand('delete from keys.subject_key where subject = $1')).rejects.toThrow(
      'stays destroyed',
    );
  });

  it('does not open with another master key, and the check at the start says so', async () => {
    const subject = randomUUID();
    await here.keys.ensureKeys([subject]);
    const stranger = database.process(new MasterKey(randomBytes(32)));
    await expect(stranger.keys.readKeys([subject])).rejects.toThrow(KeyUnreadable);
    await expect(stranger.keys.checkMasterKey()).rejects.toThrow(KeyUnreadable);
    await expect(here.keys.checkMasterKey()).resolves.toBeUndefined();
  });

  it('moved to another subject in the database does not open, and fails nobody else', async () => {
    const [from, to] = [randomUUID(), randomUUID()];
    await here.keys.ensureKeys([from, to]);
    await here.pool.query(
      'update keys.subject_key set wrapped = (select wrapped from keys.subject_key where subject = $1) where subject = $2',
      [from, to],
    );
    await expect(here.keys.readKeys([to])).rejects.toMatchObject({ name: 'KeyUnreadable', subject: to });

    const answers = await Promise.allSettled(
      [[to], ['no uuid'], [from]].map((each) => here.keys.ensureKeys(each)),
    );
    expect(answers.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
    await here.keys.destroy(to);
  });
});

describe('Two who register the same identifier at once', () => {
  it('get the same person, and all others too', async () => {
    const hmac = database.masterKey.identifierHmac('3401', 'FNR', '12831512345');
    const answers = await Promise.all(
      Array.from({ length: 40 }, (_, caller) =>
        (caller % 2 ? here : there).index.reserve('3401', hmac, randomUUID()),
      ),
    );
    expect(new Set(answers).size).toBe(1);
    expect(await here.index.find('3401', hmac)).toBe(answers[0]);
  });

  it('leave no row for a person who is being destroyed meanwhile', async () => {
    const [subject, hmac] = [randomUUID(), randomBytes(32)];
    await here.keys.ensureKeys([subject]);
    const destruction = await there.pool.connect();
    await destruction.query('begin');
    await destruction.query(
      'update keys.subject_key set wrapped = null, destroyed_at = now() where subject = $1',
      [subject],
    );
    await destruction.query('delete from keys.blind_index where subject = $1', [subject]);
    const reservation = here.index.reserve('3401', hmac, subject).catch((error: unknown) => error);
    await someoneWaitsForALock();
    await destruction.query('commit');
    destruction.release();
    expect(await reservation).toBeInstanceOf(SubjectShredded);
    expect(await here.index.find('3401', hmac)).toBeUndefined();
  });

  async function someoneWaitsForALock(): Promise<void> {
    const waiting = `select 1 from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`;
    while ((await database.asSuperuser(waiting)).length === 0);
  }
});

describe('The database of the keys', () => {
  it('takes its migration again, keeps its rows, and then lets no other role in', async () => {
    const subject = randomUUID();
    const made = await here.keys.ensureKeys([subject]);
    const source = new DataSource({
      type: 'postgres',
      url: database.url,
      migrations: [...keyStoreMigrations],
    });
    await source.initialize();
    const runner = source.createQueryRunner();
    for (const Migration of keyStoreMigrations) await new Migration().up(runner);
    await expect(new keyStoreMigrations[0]().down()).rejects.toThrow('never migrated down');
    await source.destroy();
    expect(await here.keys.readKeys([subject])).toEqual(made);

    const url = new URL(database.serviceUrl);
    url.pathname = new URL(database.url).pathname;
    await expect(new Client({ connectionString: url.href }).connect()).rejects.toThrow('permission denied');
  });

  it('out of reach is told from a fault', async () => {
    const url = new URL(database.url);
    url.port = '1';
    const pool = keyStorePool(url.href, () => undefined);
    const keys = new PostgresKeyStore(pool, database.masterKey);
    await expect(keys.readKeys([randomUUID()])).rejects.toThrow(KeyStoreUnavailable);
    await expect(keys.ensureKeys([randomUUID()])).rejects.toThrow(KeyStoreUnavailable);
    await expect(keys.destroy(randomUUID())).rejects.toThrow(KeyStoreUnavailable);
    await pool.end();
    await expect(here.keys.readKeys(['no uuid'])).rejects.not.toThrow(KeyStoreUnavailable);
  });
});
