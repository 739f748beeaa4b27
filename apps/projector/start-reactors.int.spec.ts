import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Pool } from 'pg';
import type { EventStore } from '#forlop/event-store';
import { openPostgresEventStore } from '#forlop/event-store';
import { PositionWaiter, rebuildAll, sqlOver } from '#forlop/projections';
import { projections } from '#forlop/read-models';
import type { TestDatabase } from '../../test/support/database.js';
import { createTestDatabase } from '../../test/support/database.js';
import type { Projector } from './start-projector.js';
import { startProjector } from './start-projector.js';

const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

describe('the projector with reactors', () => {
  let database: TestDatabase;
  let store: EventStore;
  let service: Pool;
  let projector: Projector | undefined;

  beforeEach(async () => {
    database = await createTestDatabase();
    store = await openPostgresEventStore({ connectionString: database.serviceUrl });
    service = new Pool({ connectionString: database.serviceUrl });
  });
  afterEach(async () => {
    await projector?.close();
    await store.close();
    await service.end();
    await database.drop();
  });

  const start = (): Projector =>
    (projector = startProjector({
      databaseUrl: database.projectorUrl,
      store,
      log,
      tuning: { askEveryMs: 20, retryMs: [10, 50] },
      reacting: {
        databaseUrl: database.serviceUrl,
        store,
        // What was entered today is judged tomorrow.
        now: () => new Date(Date.now() + 86_400_000),
        tuning: { askEveryMs: 20, gatherMs: 0, retryMs: [10, 50] },
      },
    }));

  /** An application that nobody has reviewed; gives the id of its case. */
  async function apply(): Promise<string> {
    const caseId = randomUUID();
    const streamId = `childcase-${caseId}`;
    const eventId = randomUUID();
    const data = {
      referralId: randomUUID(),
      concernId: randomUUID(),
      kind: 'OVERFORT_FRA_KOMMUNE',
      receivedAt: '2026-02-02T09:00:00+01:00',
      reporters: [{ code: '5' }],
      contents: [{ code: '18' }],
      childRef: randomUUID(),
      childBirth: { date: null },
      stayMunicipality: '3411',
      reviewDueOn: '2026-02-09',
      receiptDueOn: '2026-02-23',
    };
    const envelope = {
      eventId,
      streamId,
      type: 'ReferralReceived',
      schemaVersion: 1,
      occurredAt: data.receivedAt,
      actor: { subjectId: 'ansatt-17', role: 'SAKSBEHANDLER', orgNumber: '0192:999999999' },
      municipalityNumber: '3411',
      legalBasis: [],
      correlationId: randomUUID(),
      rulesetVersion: 'BVL2021-2026',
      protection: 'UGRADERT',
      journalRelevant: true,
      flags: [],
    };
    await store.append(
      streamId,
      [
        {
          eventId,
          type: envelope.type,
          schemaVersion: 1,
          payload: JSON.stringify({ data, sealed: [] }),
          metadata: JSON.stringify(envelope),
        },
      ],
      'noStream',
    );
    return caseId;
  }

  const factsOf = (caseId: string) => store.readStream(`deadline-${caseId}`);
  /** Once both facts are stored and projected. */
  async function untilSaid(caseId: string): Promise<void> {
    while ((await factsOf(caseId)).length < 2) await service.query('select 1');
    const names = projections.map(({ name }) => name);
    const head = (await store.head()) ?? '';
    await new PositionWaiter(sqlOver(service)).waitForPosition(names, head, 20_000);
  }

  it('says what becomes of deadlines, and shows the breach in the audit trail of the case', async () => {
    const caseId = await apply();
    const running = start();
    await untilSaid(caseId);
    expect((await factsOf(caseId)).map(({ type }) => type)).toEqual(['DeadlineSet', 'DeadlineMissed']);
    expect(running.reactors()).toMatchObject([{ reactor: 'deadline-watch', status: 'running' }]);
    const client = await service.connect();
    await client.query(`begin; select set_config('forlop.municipalities', '3411', true)`);
    const { rows } = await client.query(
      'select type, actor, flags, back_dated from read.audit_trail where case_id = $1 order by position',
      [caseId],
    );
    await client.query('rollback');
    client.release();
    expect(rows).toMatchObject([
      { type: 'ReferralReceived' },
      {
        type: 'DeadlineMissed',
        actor: { subjectId: 'system:deadline-watch' },
        flags: [{ rule: 'D1', slug: 'review-late', dueOn: '2026-02-09' }],
        back_dated: false,
      },
    ]);
  });

  it('is not asked again by a rebuild of the read models', async () => {
    const caseId = await apply();
    start();
    await untilSaid(caseId);
    const checkpoint = async () =>
      (
        await service.query<{ position: string; starts: number }>(
          'select position, starts from reactors.checkpoint',
        )
      ).rows;
    const head = await store.head();
    while ((await checkpoint())[0]?.position !== head) await store.head();
    const before = await checkpoint();
    const pool = new Pool({ connectionString: database.projectorUrl });
    await rebuildAll({ projections, store, pool });
    await pool.end();
    expect(await factsOf(caseId)).toHaveLength(2);
    expect(await checkpoint()).toEqual(before);
  });
});
