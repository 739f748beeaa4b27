import { randomUUID } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { Pool } from 'pg';
import type { EventStore } from '#forlop/event-store';
import { openPostgresEventStore } from '#forlop/event-store';
import { listProjections, PositionWaiter, sqlOver } from '#forlop/projections';
import { projections } from '#forlop/read-models';
import type { TestDatabase } from '../../test/support/database.js';
import { createTestDatabase } from '../../test/support/database.js';
import type { Projector } from './start-projector.js';
import { startProjector } from './start-projector.js';

const names = projections.map(({ name }) => name);
const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };
const tuning = { askEveryMs: 20, retryMs: [10, 50] } as const;

describe('the projector', () => {
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

  const start = (): Projector => {
    projector = startProjector({ databaseUrl: database.projectorUrl, store, log, tuning });
    return projector;
  };

  /** A document in the journal of a new case: an event that needs no key. */
  async function append(): Promise<string> {
    const streamId = `childcase-${randomUUID()}`;
    const eventId = randomUUID();
    const data = { documentId: randomUUID(), journaledOn: '2026-03-02', internal: false };
    const envelope = {
      eventId,
      streamId,
      type: 'DocumentJournaled',
      schemaVersion: 1,
      occurredAt: '2026-03-02T00:00:00+01:00',
      actor: { subjectId: 'ansatt-17', role: 'ARKIVAR', orgNumber: '0192:999999999' },
      municipalityNumber: '3411',
      legalBasis: [],
      rulesetVersion: 'BVL2021-2026',
      journalRelevant: true,
      flags: [],
    };
    const appended = await store.append(
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
    return appended.position;
  }

  const reached = (position: string) =>
    new PositionWaiter(sqlOver(service)).waitForPosition(names, position, 20_000);

  it('runs every projection over the PostgreSQL store, seen by the service without lag', async () => {
    const before = await append();
    const running = start();
    expect(await reached(before)).toBe(true);
    const after = await append();
    expect(await reached(after)).toBe(true);
    expect(running.health()).toEqual(
      names.map((projection) => ({ projection, status: 'running', position: after })),
    );
    const listed = await listProjections(sqlOver(service), store, projections);
    expect(listed).toMatchObject(
      names.map((projection) => ({ projection, status: 'running', lagEvents: 0, lagSeconds: 0 })),
    );
  });

  it('says how far behind it is while it does not run', async () => {
    const first = start();
    expect(await reached(await append())).toBe(true);
    await first.close();
    await append();
    await append();
    const listed = await listProjections(sqlOver(service), store, projections);
    expect(listed.map(({ lagEvents }) => lagEvents)).toEqual(names.map(() => 2));
  });

  it('goes on where another process ended', async () => {
    const first = start();
    expect(await reached(await append())).toBe(true);
    const position = await append();
    await first.close();
    start();
    expect(await reached(position)).toBe(true);
  });

  it('ends with no connection left', async () => {
    const running = start();
    expect(await reached(await append())).toBe(true);
    await running.close();
    // The pool has said goodbye; the server takes a moment to see it.
    const open = async () =>
      (
        await service.query(
          `select 1 from pg_stat_activity where datname = current_database() and application_name = 'forlop-projector'`,
        )
      ).rowCount;
    while ((await open()) !== 0) expect(running.health()).toHaveLength(names.length);
    expect(running.health().map(({ status }) => status)).toEqual(names.map(() => 'stopped'));
  });
});
