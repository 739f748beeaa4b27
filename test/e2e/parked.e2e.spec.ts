import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client as Connection, Pool } from 'pg';
import { openPostgresEventStore } from '#forlop/event-store';
import { retryParked } from '#forlop/projections';
import { caseHistory, caseOverview } from '#forlop/read-models';
import type { Answer, Client, Json } from './support/client.js';
import { TestService } from './support/service.js';
import { day, openCase } from './support/story.js';

const YEAR = Number(day(-80).slice(0, 4));
const parkedIn = ({ status, headers }: Answer) => [status, headers['parked-streams']];

/** What the database refuses stands for an event that the projections of this version cannot take. */
describe('a case with an event that the read models cannot apply', () => {
  let service: TestService;
  let owner: Connection;
  let clerk: Client;
  let leader: Client;
  let elsewhere: Client;
  let parked = '';
  let other = '';
  /** The event that cannot be applied, and one that came after it in another case. */
  let bad = '';
  let later: unknown;

  const meet = async (caseId: string) => {
    const body = { on: day(-1), agreed: 'Vi møtes igjen.' };
    return (await clerk.accepted(`/cases/${caseId}/start-meetings`, body))['position'] as string;
  };

  beforeAll(async () => {
    service = await TestService.start();
    clerk = await service.as({ role: 'SAKSBEHANDLER', municipality: '3401' });
    leader = await service.as({ role: 'LEDER', municipality: '3401' });
    elsewhere = await service.as({ role: 'LEDER', municipality: '3403' });
    ({ caseId: parked } = await openCase(clerk));
    const second = await openCase(clerk);
    other = second.caseId;
    expect((await clerk.seen('/cases', second.position)).status).toBe(200);
    owner = new Connection({ connectionString: service.database.ownerUrl });
    await owner.connect();
    for (const table of ['case_history_v1', 'case_overview_v1'])
      await owner.query(
        `alter table read.${table} add constraint poison check (case_id <> '${parked}') not valid`,
      );
    bad = await meet(parked);
    later = await meet(other);
    expect((await clerk.seen('/cases', later)).status).toBe(200);
  });
  afterAll(async () => {
    await owner.end();
    await service.close();
  });

  it('is answered as it was before that event, and says so', async () => {
    const answer = await clerk.get(`/cases/${parked}`);
    expect(parkedIn(answer)).toEqual([200, '1']);
    expect(answer.body['revision']).toBe(0);
    expect(parkedIn(await clerk.get(`/cases/${parked}/history`))).toEqual([200, '1']);
    // The trail took the event: it is whole.
    expect(parkedIn(await clerk.get(`/cases/${parked}/audit-trail`))).toEqual([200, undefined]);
  });

  it('is not waited for: a position that its read model cannot reach is refused at once', async () => {
    const began = performance.now();
    const refused = await clerk.seen(`/cases/${parked}`, bad);
    expect(performance.now() - began).toBeLessThan(4_000);
    expect(refused.body).toMatchObject({ status: 503, kode: 'stream-parked' });
    expect(refused.headers['retry-after']).toMatch(/^\d+$/);
    const known = await clerk.get(`/cases/${parked}/history?knownAt=${day(0)}`);
    expect(known.body).toMatchObject({ status: 503, kode: 'stream-parked' });
    expect(parkedIn(await clerk.seen(`/cases/${parked}/audit-trail`, bad))).toEqual([200, undefined]);
  });

  it('takes commands as before: they are decided on the events', async () => {
    const stored = await clerk.post(`/cases/${parked}/start-meetings`, { on: day(-1), agreed: 'Ja.' });
    expect(parkedIn(stored)).toEqual([201, undefined]);
    expect(stored.body['revision']).toBe(2);
  });

  it('holds up no other case, and lists that it is in say that they are not whole', async () => {
    const answer = await clerk.seen(`/cases/${other}`, later);
    expect(parkedIn(answer)).toEqual([200, undefined]);
    expect(answer.body['revision']).toBe(1);
    const list = await clerk.seen('/cases', later);
    expect(parkedIn(list)).toEqual([200, '1']);
    expect((list.body['items'] as Json[]).map(({ caseId }) => caseId)).toContain(parked);
    expect(parkedIn(await elsewhere.get('/cases'))).toEqual([200, undefined]);
  });

  it('keeps its municipality from making a state report, and no other', async () => {
    const refused = await leader.post(`/state-reports/3401/${YEAR}/generation`, {});
    expect(refused.body).toMatchObject({ status: 503, kode: 'stream-parked' });
    expect((await elsewhere.post(`/state-reports/3403/${YEAR}/generation`, {})).status).toBe(201);
  });

  it('is seen by who asks how the service is', async () => {
    const { status, body } = await service.anybody.get('/health/ready');
    expect([status, body['status']]).toEqual([200, 'degraded']);
    const projections = body['projections'] as Json[];
    const counts = projections.map(
      ({ projection, parked: count }) => `${String(projection)} ${String(count)}`,
    );
    expect(counts).toEqual(expect.arrayContaining(['case-history 1', 'case-overview 1', 'audit-trail 0']));
    expect(projections.find(({ projection }) => projection === 'case-history')).toMatchObject({
      advice: expect.stringContaining('forlop projections retry case-history'),
    });
  });

  it('is whole again once the cause is mended and it was tried again', async () => {
    await owner.query('alter table read.case_history_v1 drop constraint poison');
    await owner.query('alter table read.case_overview_v1 drop constraint poison');
    const pool = new Pool({ connectionString: service.database.projectorUrl });
    const store = await openPostgresEventStore({ connectionString: service.database.projectorUrl });
    for (const projection of [caseHistory, caseOverview])
      expect(await retryParked({ projection, store, pool })).toMatchObject([{ applied: 2 }]);
    await Promise.all([pool.end(), store.close()]);
    const answer = await clerk.seen(`/cases/${parked}`, bad);
    expect(parkedIn(answer)).toEqual([200, undefined]);
    expect(answer.body['revision']).toBe(2);
    expect((await leader.post(`/state-reports/3401/${YEAR}/generation`, {})).status).toBe(201);
    expect((await service.anybody.get('/health/ready')).body).toMatchObject({ status: 'ready' });
  });
});
