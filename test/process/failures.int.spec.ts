import { randomUUID } from 'node:crypto';
import { userInfo } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, Pool } from 'pg';
import type { EventStore } from '#forlop/event-store';
import { openPostgresEventStore } from '#forlop/event-store';
import { PositionWaiter, sqlOver } from '#forlop/projections';
import { createTestDatabase } from '../support/database.js';
import type { TestDatabase } from '../support/database.js';
import { eventOf } from './load.js';
import { forlop, killAll, ready, removeFolder, temporaryFolder } from './service.js';

type Json = Record<string, unknown>;

const CASE = randomUUID();
const STREAM = `childcase-${CASE}`;
const OPERATOR = `operator:${userInfo().username.replace(/[^A-Za-z0-9._@-]/g, '-')}`;

/** On a database of one's own, beside a projector that runs. */
describe('an operator and what a read model could not apply', () => {
  let database: TestDatabase;
  let folder = '';
  let owner: Client;
  let pool: Pool;
  let store: EventStore;

  beforeAll(async () => {
    [database, folder] = await Promise.all([createTestDatabase(), temporaryFolder('open')]);
    owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
    await owner.query(
      `alter table read.case_history_v1 add constraint poison check (case_id <> '${CASE}' or revision <> 1)`,
    );
    pool = new Pool({ connectionString: database.serviceUrl });
    store = await openPostgresEventStore({ connectionString: database.serviceUrl });
    await ready(ours('projector'));
    await follow(0, 1, 2);
  });
  afterAll(async () => {
    await killAll(folder);
    await Promise.all([store.close(), pool.end(), owner.end()]);
    await database.drop();
    await removeFolder(folder);
  });

  const ours = (...options: string[]) =>
    forlop(folder, options, {
      DATABASE_URL: database.serviceUrl,
      PROJECTOR_DATABASE_URL: database.projectorUrl,
      KEYSTORE_URL: database.keystoreUrl,
    });
  /** Exit code and the one JSON document. */
  const asked = async (...options: string[]): Promise<[unknown, Json]> => {
    const running = ours(...options, '--json');
    const code = await running.ended;
    return [code, code === 64 ? { told: running.output() } : (JSON.parse(running.answer()) as Json)];
  };
  /** Appends an event for each number, and waits until the read model has passed them. */
  async function follow(...numbers: number[]): Promise<void> {
    const events = numbers.map(() =>
      eventOf(STREAM, 'DocumentJournaled', {
        documentId: randomUUID(),
        journaledOn: '2026-03-02',
        internal: false,
      }),
    );
    const { position } = await store.append(STREAM, events, 'any');
    const waiter = new PositionWaiter(sqlOver(pool));
    expect(await waiter.waitForPosition(['case-history'], position, 30_000)).toBe(true);
  }
  it('sees it, with the class of the error and no word of the event', async () => {
    const [code, { items }] = await asked('projections', 'failures');
    expect(code).toBe(0);
    expect(items).toEqual([
      expect.objectContaining({
        projection: 'case-history',
        streamId: STREAM,
        error: 'DatabaseError 23514',
        attempts: 1,
        municipality: '3401',
        status: 'parked',
      }),
    ]);
  });

  it('tries it again in vain, and is told so', async () => {
    const [code, { retried }] = await asked('projections', 'retry', 'case-history');
    expect([code, retried]).toEqual([
      1,
      [expect.objectContaining({ streamId: STREAM, applied: 0, parked: expect.anything() })],
    ]);
  });

  it('skips it with a reason: what waited is applied, and the stream goes on', async () => {
    const reason = ['--reason', '2026/1-2'];
    const [code, { retried }] = await asked(
      'projections',
      'skip',
      'case-history',
      '--stream',
      STREAM,
      ...reason,
    );
    expect([code, retried]).toEqual([0, [{ projection: 'case-history', streamId: STREAM, applied: 1 }]]);
    await follow(3);
    const [, { items }] = await asked('projections', 'failures');
    expect(items).toEqual([expect.objectContaining({ status: 'skipped', attempts: 2 })]);
  });

  it('stands in the access log of the municipality with both', async () => {
    const [, { items }] = await asked('accesslog', '--actor', OPERATOR);
    const acts = (items as Json[]).filter(({ type }) => type === 'OperatorActRecorded');
    expect(acts).toMatchObject([
      { act: 'RETRY', target: 'case-history', municipality: '3401' },
      { act: 'SKIP', target: `case-history:${STREAM}`, reason: '2026/1-2', municipality: '3401' },
    ]);
  });

  it('is told when nothing is parked there, and what a reason is', async () => {
    expect(await asked('projections', 'retry', 'all')).toEqual([0, { retried: [] }]);
    const gone = await asked('projections', 'retry', 'case-history', '--stream', STREAM);
    expect(gone).toEqual([64, { told: expect.stringContaining('is not parked') }]);
    const prose = ['--stream', STREAM, '--reason', 'Kari er flyttet'];
    expect((await asked('projections', 'skip', 'case-history', ...prose))[0]).toBe(64);
    expect((await asked('projections', 'skip', 'no-such', '--stream', STREAM, '--reason', 'x'))[0]).toBe(64);
  });
});
