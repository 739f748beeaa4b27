import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client as Connection } from 'pg';
import type { Client, Json } from './support/client.js';
import { TestService } from './support/service.js';
import { day, openCase } from './support/story.js';
import type { OpenCase } from './support/story.js';

const UNKNOWN = '00000000-0000-4000-8000-000000000000';
const SUPERVISION = { 'supervision-id': UNKNOWN };

describe('who may read', () => {
  let service: TestService;
  let clerk: Client;
  let leader: Client;
  let opened: OpenCase;

  beforeAll(async () => {
    service = await TestService.start();
    clerk = await service.as({ role: 'SAKSBEHANDLER', municipality: '3401' });
    leader = await service.as({ role: 'LEDER', municipality: '3401' });
    opened = await openCase(clerk);
    await clerk.seen(`/cases/${opened.caseId}`, opened.position);
  });
  afterAll(() => service.close());

  it.each([
    ['SAKSBEHANDLER', [200, 200, 200, 200, 200, 200, 200]],
    ['LEDER', [200, 200, 200, 200, 200, 200, 200]],
    ['ARKIVAR', [200, 200, 200, 200, 200, 200, 200]],
    ['OPPFOLGING', [200, 200, 403, 403, 403, 403, 403]],
    ['KOMMUNEDIREKTOR', [403, 403, 403, 403, 403, 403, 403]],
    ['LEVERANDOR', [403, 403, 403, 403, 403, 403, 403]],
    ['PART', [403, 403, 403, 403, 403, 404, 403]],
  ] as const)('%s', async (role, statuses) => {
    const caller = await service.as({ role, municipality: '3401' });
    const at = `/cases/${opened.caseId}`;
    const paths = [
      '/cases',
      at,
      `${at}/history`,
      `${at}/audit-trail`,
      `${at}/documents`,
      `${at}/access-log`,
      '/audit-trail',
    ];
    const answers = await Promise.all(paths.map((path) => caller.get(path)));
    expect(answers.map(({ status }) => status)).toEqual(statuses);
  });

  it('a party sees the access log of the own case, and no other’s', async () => {
    const party = await service.as({ role: 'PART', municipality: '3401', sub: opened.child });
    const other = await openCase(clerk);
    const own = await party.seen(`/cases/${opened.caseId}/access-log`, other.position);
    expect(own.status).toBe(200);
    expect((own.body as { items: Json[] }).items).toContainEqual(
      expect.objectContaining({ role: 'SAKSBEHANDLER', decision: 'PERMIT' }),
    );
    expect((await party.get(`/cases/${other.caseId}/access-log`)).status).toBe(404);
  });

  it('follow-up teams see plan and measures, not why the case is there', async () => {
    const team = await service.as({ role: 'OPPFOLGING', municipality: '3401' });
    const { body } = await team.get(`/cases/${opened.caseId}`);
    expect(body).toHaveProperty('plans');
    expect(body).not.toHaveProperty('referrals');
  });

  it.each(['STATSFORVALTER', 'HELSETILSYN'] as const)(
    '%s needs a supervision, and none is open',
    async (role) => {
      const caller = await service.as({ role });
      const path = `/cases/${opened.caseId}/history`;
      expect((await caller.get(path)).body).toMatchObject({
        status: 400,
        feil: [{ felt: 'Supervision-Id' }],
      });
      expect((await caller.get(path, SUPERVISION)).body).toMatchObject({
        status: 403,
        kode: 'outside-supervision-scope',
        regel: '61',
      });
    },
  );

  it('a token of a municipality with districts names one', async () => {
    const without = await service.as({ role: 'SAKSBEHANDLER', municipality: '0301' });
    for (const answer of [
      await without.get('/cases'),
      await without.post(`/cases/${UNKNOWN}/start-meetings`, { on: day(0) }),
    ]) {
      expect([403, 404]).toContain(answer.status);
    }
    expect((await without.get('/cases')).body).toMatchObject({ kode: 'district-missing', regel: '02' });
  });

  it('a role that may not give a command is refused, one without delegation is told so', async () => {
    const archivist = await service.as({ role: 'ARKIVAR', municipality: '3401' });
    const answer = await archivist.post(`/cases/${opened.caseId}/start-meetings`, { on: day(-1) });
    expect([answer.status, answer.body['kode']]).toEqual([403, 'forbidden']);
    const supervisor = await service.as({ role: 'STATSFORVALTER' });
    expect((await supervisor.post(`/cases/${opened.caseId}/start-meetings`, { on: day(-1) })).status).toBe(
      403,
    );
  });

  it('another municipality and another district get the answer of an unknown id, for reads and commands', async () => {
    const elsewhere = await service.as({ role: 'LEDER', municipality: '4203' });
    const oslo = await service.as({ role: 'SAKSBEHANDLER', municipality: '0301', district: '02' });
    const otherDistrict = await service.as({ role: 'SAKSBEHANDLER', municipality: '0301', district: '03' });
    const inOslo = await openCase(oslo);
    await oslo.seen(`/cases/${inOslo.caseId}`, inOslo.position);

    const strip = ({ status, body }: { status: number; body: Json }) => {
      const { instance: _, korrelasjonsid: __, ...same } = body;
      return { status, ...same };
    };
    const unknown = strip(await elsewhere.get(`/cases/${UNKNOWN}`));
    expect(unknown.status).toBe(404);
    expect(strip(await elsewhere.get(`/cases/${opened.caseId}`))).toEqual(unknown);
    expect(strip(await otherDistrict.get(`/cases/${inOslo.caseId}`))).toEqual(unknown);
    const meeting = { on: day(-1) };
    expect(strip(await elsewhere.post(`/cases/${opened.caseId}/start-meetings`, meeting))).toEqual(unknown);
    expect(strip(await otherDistrict.post(`/cases/${inOslo.caseId}/start-meetings`, meeting))).toEqual(
      unknown,
    );
    const lists = await Promise.all([elsewhere.get('/cases'), otherDistrict.get('/cases')]);
    expect(lists.map(({ body }) => (body as { items: Json[] }).items)).toEqual([[], []]);
  });

  it('an attempt from elsewhere stands in the owner’s log, with who it was', async () => {
    const stranger = await service.as({ role: 'LEDER', municipality: '4203', sub: 'fremmed-leder' });
    await stranger.get(`/cases/${opened.caseId}`);
    await stranger.post(`/cases/${opened.caseId}/start-meetings`, { on: day(-1) });
    const position = (await openCase(clerk)).position;
    const trail = await leader.seen(`/cases/${opened.caseId}/audit-trail?limit=200`, position);
    const denied = (trail.body as { items: Json[] }).items.filter(
      ({ actor, decision }) => decision === 'DENY' && (actor as Json)['subjectId'] === 'fremmed-leder',
    );
    expect(denied.map(({ what }) => what)).toEqual([
      { view: 'GET /cases/{caseId}' },
      { view: 'POST /cases/{caseId}/start-meetings' },
    ]);
  });

  it('an attempt by a role that may not stands in the trail of the case', async () => {
    const mayor = await service.as({ role: 'KOMMUNEDIREKTOR', municipality: '3401' });
    await mayor.get(`/cases/${opened.caseId}/history`);
    const position = (await openCase(clerk)).position;
    const trail = await leader.seen(`/cases/${opened.caseId}/audit-trail?limit=200`, position);
    expect((trail.body as { items: Json[] }).items).toContainEqual(
      expect.objectContaining({
        decision: 'DENY',
        actor: expect.objectContaining({ role: 'KOMMUNEDIREKTOR' }),
      }),
    );
  });

  it('an attempt at an id that nobody has stands in the caller’s own log', async () => {
    await clerk.get(`/cases/${UNKNOWN}/history`);
    const position = (await openCase(clerk)).position;
    const trail = await leader.seen(`/audit-trail?limit=200&from=${day(0)}`, position);
    expect((trail.body as { items: Json[] }).items).toContainEqual(
      expect.objectContaining({ decision: 'DENY', what: { view: 'GET /cases/{caseId}/history' } }),
    );
  });
});

describe('a read that cannot be logged', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await TestService.start();
  });
  afterAll(() => service.close());

  const asOwner = async (statement: string): Promise<void> => {
    const owner = new Connection({ connectionString: service.database.ownerUrl });
    await owner.connect();
    await owner.query(statement);
    await owner.end();
  };

  it('is not answered, and is again when the log can be written', async () => {
    const clerk = await service.as({ role: 'SAKSBEHANDLER', municipality: '3401' });
    const { caseId, position } = await openCase(clerk);
    expect((await clerk.seen(`/cases/${caseId}`, position)).status).toBe(200);
    const role = new URL(service.database.serviceUrl).username;
    await asOwner(`revoke execute on function events.append_batch, events.append_one from ${role}`);
    const paths = [
      '/cases',
      `/cases/${caseId}`,
      `/cases/${caseId}/history`,
      `/cases/${caseId}/audit-trail`,
      `/cases/${UNKNOWN}`,
    ];
    for (const path of paths) {
      const answer = await clerk.get(path);
      expect([path, answer.status, answer.body['kode']]).toEqual([path, 503, 'access-log-unavailable']);
      expect(answer.headers['retry-after']).toMatch(/^\d+$/);
      expect(answer.text).not.toContain(caseId);
    }
    const search = await clerk.post('/persons/search', { identifier: { kind: 'FNR', value: '13891499978' } });
    expect(search.status).toBe(503);
    await asOwner(`grant execute on function events.append_batch, events.append_one to ${role}`);
    expect((await clerk.get(`/cases/${caseId}`)).status).toBe(200);
  });
});
