import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { JUDGED_FROM } from '#forlop/domain';
import type { CaseEvent } from '#forlop/domain';
import { openPostgresEventStore } from '#forlop/event-store';
import { worldOf, writeWorld } from '#forlop/generator';
import type { Written } from '#forlop/generator';
import { keyStorePool, loadMasterKey, PostgresBlindIndex, PostgresKeyStore, Sealer } from '#forlop/privacy';
import type { Client, Json } from './support/client.js';
import { TestService } from './support/service.js';

const MUNICIPALITY = '3401';
const YEAR = '2025';
const world = worldOf({ cases: 120, municipalities: 1, years: 3, seed: 'e2e', among: [MUNICIPALITY] });
const happened = [...world.streams()]
  .filter(({ streamId }) => streamId.startsWith('childcase-'))
  .flatMap(({ commands }) => commands.flatMap(({ events }) => events as unknown as CaseEvent[]));

/** Writes the world beside the running service, as `forlop generate` does. @returns what was written, and up to where */
async function generate({ database, dataDir }: TestService): Promise<[Written, string | null]> {
  const keys = keyStorePool(database.keystoreUrl, () => undefined, 2);
  const store = await openPostgresEventStore({ connectionString: database.serviceUrl });
  try {
    const masterKey = await loadMasterKey(join(dataDir, 'master.key'));
    const keyStore = new PostgresKeyStore(keys, masterKey);
    const deps = {
      store,
      keyStore,
      sealer: new Sealer(keyStore, masterKey),
      blindIndex: new PostgresBlindIndex(keys),
    };
    const written = await writeWorld(world, deps);
    return [written, await store.head()];
  } finally {
    await store.close();
    await keys.end();
  }
}

describe('a generated world in the service', () => {
  let service: TestService;
  let leader: Client;
  let written: Written;
  let position: string | null;
  beforeAll(async () => {
    service = await TestService.start();
    [written, position] = await generate(service);
    leader = await service.as({ role: 'LEDER', municipality: MUNICIPALITY });
  });
  afterAll(() => service.close());

  const seen = async (path: string): Promise<Json> => {
    const answer = await leader.seen(path, position);
    expect([answer.status, answer.body['kode']]).toEqual([200, undefined]);
    return answer.body;
  };

  it('is projected by every projection without a failure', async () => {
    expect(written.cases).toBe(120);
    await seen('/cases');
    const { status, body } = await service.anybody.get('/health/ready');
    expect([status, body['status']]).toEqual([200, 'ready']);
    const projections = body['projections'] as { projection: string; error: unknown; parked?: number }[];
    expect(projections.length).toBeGreaterThan(4);
    expect(projections.filter(({ error, parked = 0 }) => error !== null || parked > 0)).toEqual([]);
  });

  it('can be worked with: a case, its history and the search for its child', async () => {
    const stream = [...world.streams()].filter(({ streamId }) => streamId.startsWith('childcase-')).at(-1);
    const caseId = stream?.streamId.replace('childcase-', '') ?? '';
    const events = stream?.commands.flatMap((command) => command.events) ?? [];
    const history = await seen(`/cases/${caseId}/history`);
    expect((history['items'] as Json[]).map(({ type }) => type)).toEqual(events.map(({ type }) => type));
    expect(await seen(`/cases/${caseId}`)).toMatchObject({
      personId: stream?.subject,
      municipality: MUNICIPALITY,
    });
    const clerk = await service.as({ role: 'SAKSBEHANDLER', municipality: MUNICIPALITY });
    const person = [...world.streams()].find(
      ({ streamId }) => streamId === `person-${stream?.subject ?? ''}`,
    );
    const { identifier } = person?.commands[0]?.events[0]?.data as { identifier: object };
    const found = await clerk.post('/persons/search', { identifier });
    expect(found.body['items']).toMatchObject([{ personId: stream?.subject }]);
  });

  it('has a state report with the figures that it was made with', async () => {
    await leader.accepted(
      `/state-reports/${MUNICIPALITY}/${YEAR}/generation`,
      {},
      { 'min-position': String(position) },
    );
    const report = await seen(`/state-reports/${MUNICIPALITY}/${YEAR}?view=known`);
    const figures = new Map(
      (report['indicators'] as (Json & { id: string })[]).map((each) => [each.id, each]),
    );
    const inYear = (on: string): boolean => on.startsWith(YEAR) && on >= JUDGED_FROM;
    const referrals = happened.filter(
      (event) =>
        event.type === 'ReferralReceived' &&
        inYear(event.data.receivedAt) &&
        event.data.kind !== 'OVERFORT_FRA_KOMMUNE',
    );
    const concluded = happened.filter(
      (event) => event.type === 'InvestigationConcluded' && inYear(event.data.concludedOn),
    );
    expect(figures.get('Q1')).toMatchObject({ numerator: referrals.length, suppressed: false });
    expect(figures.get('Q4')).toMatchObject({ numerator: concluded.length, suppressed: false });
    const shareOf = (id: string): number => (figures.get(id)?.['value'] ?? -1) as number;
    expect(shareOf('Q6')).toBeGreaterThan(0.2);
    expect(shareOf('Q6')).toBeLessThan(0.65);
    expect(shareOf('Q13')).toBeGreaterThan(0.8);
    expect(figures.get('Q7')?.['numerator']).toBeGreaterThan(10);
  });
});
