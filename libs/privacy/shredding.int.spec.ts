import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { list, text } from '#forlop/domain';
import { testServerUrl } from '../../test/support/database.js';
import { decrypt } from './cipher.js';
import {
  createKeyStoreDatabase,
  type KeyStoreDatabase,
  type KeyStoreProcess,
} from './key-store-database.fixture.js';
import { Sealer, type SealedEvent } from './sealing.js';
import { syntheticNumber } from './synthetic-numbers.fixture.js';

const FNR = syntheticNumber('2015-03-12', 300);
const NAME = 'Synnøve Testperson';
const SHAPE = { names: list(text()) };
const WRAPPED_BYTES = 60;
/** What most of a page holds, and no wrapped key begins with. */
const NO_IV = Buffer.alloc(12);

let database: KeyStoreDatabase;
let store: KeyStoreProcess;
let sealer: Sealer;
beforeAll(async () => {
  database = await createKeyStoreDatabase();
  store = database.process();
  sealer = new Sealer(store.keys, database.masterKey);
});
afterAll(() => database.drop());

/** A person with an identifier and a sealed event, among others who stay. */
async function recordPerson(): Promise<{ subject: string; event: SealedEvent; hmac: Buffer }> {
  const subject = randomUUID();
  const hmac = database.masterKey.identifierHmac('3401', 'FNR', FNR + subject);
  await store.index.reserve('3401', hmac, subject);
  const identity = { eventId: randomUUID(), type: 'PersonRegistered', schemaVersion: 1 };
  const [payload = ''] = await sealer.sealEvents([
    { ...identity, subject, shape: SHAPE, data: { names: [NAME, FNR] } },
  ]);
  await store.keys.ensureKeys(Array.from({ length: 40 }, () => randomUUID()));
  return { subject, event: { ...identity, payload }, hmac };
}

/** Everything stored: what COPY writes of every table, and the bytes of the files of every table and index. */
async function everythingStored(): Promise<{ rows: string; files: Buffer }> {
  await database.asSuperuser('checkpoint');
  const rows = await database.asSuperuser<{ line: string }>(
    `select t::text as line from keys.subject_key t union all select t::text from keys.blind_index t`,
  );
  const files = await database.asSuperuser<{ bytes: Buffer }>(
    `select pg_read_binary_file(pg_relation_filepath(oid)) as bytes from pg_class
     where relnamespace = 'keys'::regnamespace and relkind in ('r', 'i')`,
  );
  return {
    rows: rows.map(({ line }) => line).join('\n'),
    files: Buffer.concat(files.map(({ bytes }) => bytes)),
  };
}

/** Whoever has the master key, a copy of the event and all that is stored: tries every run of bytes as the wrapped key. */
async function attack(subject: string, event: SealedEvent): Promise<string | undefined> {
  const { rows, files } = await everythingStored();
  const fromRows = [...rows.matchAll(/\\x([0-9a-f]{120})/g)].map(([, hex = '']) => Buffer.from(hex, 'hex'));
  const blob = Buffer.from(/"blob":"([^"]*)"/.exec(event.payload)?.[1] ?? '', 'base64');
  const associated = [event.eventId, subject, event.type, event.schemaVersion].join('|');
  const windows = Array.from({ length: files.length - WRAPPED_BYTES + 1 }, (_, at) =>
    files.subarray(at, at + WRAPPED_BYTES),
  ).filter((window) => !window.subarray(0, NO_IV.length).equals(NO_IV));
  for (const wrapped of [...fromRows, ...windows]) {
    const key = unwrapOrNot(subject, wrapped);
    const plaintext = key && decrypt(key, blob, associated);
    if (plaintext) return plaintext.toString('utf8');
  }
  return undefined;
}

function unwrapOrNot(subject: string, wrapped: Buffer): Buffer | undefined {
  try {
    return database.masterKey.unwrap(subject, wrapped);
  } catch {
    return undefined;
  }
}

describe('The key store', () => {
  it('holds no name and no identity number, in no row and no file', async () => {
    await recordPerson();
    const { rows, files } = await everythingStored();
    expect(rows.length).toBeGreaterThan(1000);
    for (const secret of [FNR, NAME]) {
      expect(rows).not.toContain(secret);
      expect(rows).not.toContain(Buffer.from(secret).toString('hex'));
      expect(files.includes(secret)).toBe(false);
    }
  });
});

describe('A destroyed key', () => {
  it('is nowhere: no copied blob opens with the master key and all that is stored', async () => {
    const { subject, event, hmac } = await recordPerson();
    expect(await attack(subject, event)).toBe(JSON.stringify([NAME, FNR]));
    expect((await everythingStored()).files.includes(hmac)).toBe(true);

    expect(await store.keys.destroy(subject)).toEqual({ deadRows: 0 });

    expect(await attack(subject, event)).toBeUndefined();
    expect((await everythingStored()).files.includes(hmac)).toBe(false);
    expect(await sealer.openPayloads([event])).toEqual([{ names: ['[slettet]', '[slettet]'] }]);
  });

  it('is gone also while an older transaction writes in another database of the server', async () => {
    const { subject, event } = await recordPerson();
    const elsewhere = new Client({ connectionString: testServerUrl() });
    await elsewhere.connect();
    try {
      await elsewhere.query('begin');
      await elsewhere.query('select pg_current_xact_id()');
      expect(await store.keys.destroy(subject)).toEqual({ deadRows: 0 });
      expect(await attack(subject, event)).toBeUndefined();
    } finally {
      await elsewhere.end();
    }
  });

  it('that an older transaction holds on disk is reported, and gone when it is destroyed again', async () => {
    const { subject, event } = await recordPerson();
    const backup = await store.pool.connect();
    await backup.query('begin isolation level repeatable read');
    await backup.query('select 1');
    expect((await store.keys.destroy(subject)).deadRows).toBeGreaterThan(0);
    expect((await store.keys.readKeys([subject])).get(subject)).toBe('destroyed');

    await backup.query('commit');
    backup.release();
    expect(await store.keys.destroy(subject)).toEqual({ deadRows: 0 });
    expect(await attack(subject, event)).toBeUndefined();
  });
});
