import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Pool } from 'pg';
import { caseStream } from '#forlop/domain';
import { openPostgresEventStore } from '#forlop/event-store';
import type { EventStore } from '#forlop/event-store';
import type { TestDatabase } from '../../../test/support/database.js';
import { createTestDatabase } from '../../../test/support/database.js';
import { ConcurrentChange } from '../errors.js';
import { caseIdOf } from '../ids.js';
import { exampleOf, HAMAR, personBody, referral, request } from '../world.fixture.js';
import { PostgresSnapshots } from './postgres-snapshots.js';
import { Shared } from './processes.fixture.js';
import type { Process } from './processes.fixture.js';

const EVERY = 10;

describe('processes that share PostgreSQL', () => {
  let database: TestDatabase;
  let service: Pool;
  let store: EventStore;
  let world: Shared<EventStore>;

  beforeAll(async () => {
    database = await createTestDatabase();
    service = new Pool({ connectionString: database.serviceUrl });
    store = await openPostgresEventStore({ connectionString: database.serviceUrl });
    world = new Shared(store);
  });
  afterAll(async () => {
    await store.close();
    await service.end();
    await database.drop();
  });

  const process = (): Process => {
    const snapshots = new PostgresSnapshots(
      async <Row>(text: string, values: readonly unknown[]) =>
        (await service.query(text, [...values])).rows as Row[],
    );
    return world.process({ snapshots, snapshotEvery: EVERY });
  };

  async function openCase({ handling }: Process): Promise<string> {
    const body = { ...personBody(), identifier: { kind: 'NONE' as const } };
    const personId = String((await handling.registerPerson(body, request())).ids['personId']);
    await handling.receiveReferral(referral([personId]), request());
    return caseIdOf(HAMAR, personId);
  }

  const participation = ({ handling }: Process, caseId: string) =>
    handling.execute('RecordChildParticipation', caseId, exampleOf('RecordChildParticipation'), request());

  /** As a client that is told of a lost race sends its command again, under the same key. */
  async function persistently({ handling }: Process, caseId: string): Promise<void> {
    const [body, asked] = [exampleOf('RecordChildParticipation'), request()];
    for (let answered = false; !answered;) {
      answered = await handling.execute('RecordChildParticipation', caseId, body, asked).then(
        () => true,
        (error: unknown) => {
          expect(error).toBeInstanceOf(ConcurrentChange);
          return false;
        },
      );
    }
  }

  const snapshotOf = async (caseId: string) => {
    const { rows } = await service.query<{ revision: number; version: string; sealed: Buffer }>(
      'select revision, version, sealed from snapshots.stream_state where stream_id = $1',
      [caseStream(caseId)],
    );
    return rows;
  };

  async function long(one: Process, events: number): Promise<string> {
    const caseId = await openCase(one);
    for (let count = 1; count < events; count += 1) await participation(one, caseId);
    await one.memory.idle();
    return caseId;
  }

  it('each write as if they were alone: none is refused for what the other did, and nothing is lost', async () => {
    const both = [process(), process()];
    const caseId = await openCase(both[0] as Process);
    const writing = both.map(async (one) => {
      for (let count = 0; count < 15; count += 1) await persistently(one, caseId);
    });
    await Promise.all(writing);
    expect(await store.readStream(caseStream(caseId))).toHaveLength(31);
  });

  it('believe a referral that another assessed to be so, and one that another received to be there', async () => {
    const [one, other] = [process(), process()];
    const caseId = await openCase(one);
    const [received] = await store.readStream(caseStream(caseId));
    const { data } = JSON.parse(received?.payload ?? '') as { data: { referralId: string } };
    const assess = ({ handling }: Process) =>
      handling.execute('AssessReferral', caseId, exampleOf('AssessReferral', data), request());
    await assess(other);
    await expect(assess(one)).rejects.toMatchObject({ slug: 'already-done' });
    expect(await store.readStream(caseStream(caseId))).toHaveLength(2);
  });

  it('leave a snapshot that holds no word of the case, and go on from it', async () => {
    const caseId = await long(process(), 13);
    const [row] = await snapshotOf(caseId);
    expect(row).toMatchObject({ revision: 9, version: expect.stringMatching(/^childcase\.\d+\./) });
    expect(row?.sealed.toString('latin1')).not.toContain('participations');
    expect(await participation(process(), caseId)).toMatchObject({ revision: 13 });
  });

  it('need no snapshot: with the rows deleted the same happens', async () => {
    const caseId = await long(process(), 13);
    await service.query('delete from snapshots.stream_state');
    const next = process();
    expect(await participation(next, caseId)).toMatchObject({ revision: 13 });
    await next.memory.idle();
    expect(await snapshotOf(caseId)).toMatchObject([{ revision: 13 }]);
  });

  it('take away a snapshot of a history that is not the stream, and write the right one', async () => {
    const caseId = await long(process(), 13);
    await service.query('update snapshots.stream_state set revision = 400 where stream_id = $1', [
      caseStream(caseId),
    ]);
    const next = process();
    expect(await participation(next, caseId)).toMatchObject({ revision: 13 });
    await next.memory.idle();
    expect(await snapshotOf(caseId)).toMatchObject([{ revision: 13 }]);
  });

  it('do without when the table cannot be asked', async () => {
    const caseId = await long(process(), 13);
    const broken = new PostgresSnapshots(() => Promise.reject(new Error('away')));
    const alone = world.process({ snapshots: broken, snapshotEvery: EVERY });
    expect(await participation(alone, caseId)).toMatchObject({ revision: 13 });
    await alone.memory.idle();
  });

  it('are the only ones who may see a snapshot: the projector may not', async () => {
    const projector = new Pool({ connectionString: database.projectorUrl });
    try {
      await expect(projector.query('select from snapshots.stream_state')).rejects.toThrow(
        /permission denied/,
      );
    } finally {
      await projector.end();
    }
  });
});
