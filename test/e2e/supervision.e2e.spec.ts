import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client as Connection } from 'pg';
import { playCase } from './support/case-to-end.js';
import type { Answer, Client, Json } from './support/client.js';
import { decideRequest, letter, requestBy } from './support/innsyn.js';
import { TestService } from './support/service.js';
import { day, openCase } from './support/story.js';

const UNKNOWN = '00000000-0000-4000-8000-000000000000';
const itemsOf = ({ body }: { body: Json }) => (body as { items: Json[] }).items;
const TILSYN = { 'access-purpose': 'TILSYN' };

describe('supervision (tilsyn)', () => {
  let service: TestService;
  let clerk: Client;
  let leader: Client;
  let supervisor: Client;
  let played: Awaited<ReturnType<typeof playCase>>;
  let supervisionId: string;

  beforeAll(async () => {
    service = await TestService.start();
    clerk = await service.as({ role: 'SAKSBEHANDLER', municipality: '3401' });
    leader = await service.as({ role: 'LEDER', municipality: '3401' });
    supervisor = await service.as({ role: 'STATSFORVALTER', sub: 'tilsyn-1', org: '0192:974761319' });
    played = await playCase(clerk, leader);
    supervisionId = await opened({ municipalities: ['3401'], caseIds: [played.caseId] });
  });
  afterAll(() => service.close());

  const opened = async (scope: Json, basis: unknown = { law: 'BVL2021', section: '17-3' }) =>
    (await supervisor.accepted('/supervisions', { basis, scope, on: day(-1) }))['supervisionId'] as string;

  const replay = (caseId: string, supervision: string, query = '', who = supervisor): Promise<Answer> =>
    who.get(`/cases/${caseId}/history${query}`, { ...TILSYN, 'supervision-id': supervision });

  async function trailOf(caseId: string): Promise<Json[]> {
    const { position } = await openCase(clerk);
    return itemsOf(await leader.seen(`/cases/${caseId}/audit-trail?limit=200`, position));
  }

  it('replays a case inside the scope, at both clocks, as the municipality itself would', async () => {
    const answer = await replay(
      played.caseId,
      supervisionId,
      `?knownAt=${day(0)}&validAt=${day(-30)}&limit=200`,
    );
    expect(answer.status).toBe(200);
    const own = await clerk.get(
      `/cases/${played.caseId}/history?knownAt=${day(0)}&validAt=${day(-30)}&limit=200`,
    );
    expect(itemsOf(answer)).toEqual(itemsOf(own));
    expect(itemsOf(answer).length).toBeGreaterThan(10);
  });

  it('records each replay in the supervision, and as an access in the municipality’s log', async () => {
    await replay(played.caseId, supervisionId, `?knownAt=${day(0)}`);
    const { body } = await supervisor.get(`/supervisions/${supervisionId}`);
    expect((body['replays'] as Json[]).at(-1)).toMatchObject({
      supervisionId,
      caseIds: [played.caseId],
      knownAt: expect.stringMatching(new RegExp(`^${day(0)}T23:59:59`)),
      asOf: { position: played.position, storeId: expect.any(String), lastEventId: expect.any(String) },
    });
    expect(await trailOf(played.caseId)).toContainEqual(
      expect.objectContaining({
        decision: 'PERMIT',
        purpose: 'TILSYN',
        what: { view: 'GET /cases/{caseId}/history' },
        actor: expect.objectContaining({ role: 'STATSFORVALTER', subjectId: 'tilsyn-1' }),
      }),
    );
  });

  it('replays nothing outside, and the attempt stands in the log of the owner', async () => {
    const outside = await openCase(clerk);
    const answer = await replay(outside.caseId, supervisionId);
    expect(answer.body).toMatchObject({ status: 403, kode: 'outside-supervision-scope', regel: '61' });
    expect(answer.text).not.toContain(outside.child);
    expect(await trailOf(outside.caseId)).toContainEqual(
      expect.objectContaining({ decision: 'DENY', purpose: 'TILSYN' }),
    );
    for (const [caseId, supervision] of [
      [UNKNOWN, supervisionId],
      [played.caseId, UNKNOWN],
    ] as const) {
      expect((await replay(caseId, supervision)).body).toMatchObject({ kode: 'outside-supervision-scope' });
    }
  });

  it('is the authority’s own: another office, another authority and a municipality have nothing in it', async () => {
    const office = await service.as({ role: 'STATSFORVALTER', org: '0192:974762501' });
    const authority = await service.as({ role: 'HELSETILSYN', org: '0192:974761319' });
    for (const who of [office, authority, clerk, leader]) {
      expect((await replay(played.caseId, supervisionId, '', who)).body).toMatchObject({
        status: 403,
        kode: 'outside-supervision-scope',
      });
    }
    for (const who of [office, authority]) {
      expect((await who.get(`/supervisions/${supervisionId}`)).status).toBe(404);
      expect((await who.post(`/supervisions/${supervisionId}/close`, { on: day(0) })).status).toBe(404);
    }
    const supervision = await leader.get(`/supervisions/${supervisionId}`);
    expect(supervision.body).toMatchObject({ status: 403, kode: 'forbidden' });
    const opening = { basis: 'KLAGE', scope: { municipalities: ['3401'] }, on: day(0) };
    expect((await leader.post('/supervisions', opening)).body).toMatchObject({ kode: 'forbidden' });
    expect(
      (await supervisor.get(`/cases/${played.caseId}`, { ...TILSYN, 'supervision-id': supervisionId }))
        .status,
    ).toBe(403);
  });

  it('rests on a provision that gives it, or on a complaint under treatment', async () => {
    const scope = { municipalities: ['3401'] };
    const wrong = { basis: { law: 'BVL2021', section: '3-1' }, scope, on: day(0) };
    expect((await supervisor.post('/supervisions', wrong)).body).toMatchObject({
      status: 403,
      kode: 'outside-supervision-scope',
    });
    for (const basis of ['ANNET', { law: 'BVL2021', section: '17-3', more: 1 }]) {
      expect((await supervisor.post('/supervisions', { basis, scope, on: day(0) })).status).toBe(400);
    }
    const complaint = await opened(scope, 'KLAGE');
    expect((await replay(played.caseId, complaint)).status).toBe(200);
  });

  it('answers five plain questions with the entries that they rest on, pinned to a position', async () => {
    const { body } = await supervisor.get(`/supervisions/${supervisionId}`);
    expect(body).toMatchObject({
      supervisionId,
      authority: 'STATSFORVALTER',
      state: 'OPEN',
      cases: [{ caseId: played.caseId, municipality: '3401', asOf: { position: played.position } }],
      judgedOn: day(0),
    });
    const questions = body['questions'] as { id: string; answer: string; evidence: string[] }[];
    expect(questions.map(({ id, answer }) => [id, answer])).toEqual([
      ['barnet-hort', 'JA'],
      ['fristene-holdt', 'DELVIS'],
      ['samtykke', 'JA'],
      ['virkning', 'JA'],
      ['begrunnet', 'JA'],
    ]);
    const history = await clerk.get(`/cases/${played.caseId}/history?limit=200`);
    const ids = itemsOf(history).map((item) => item['eventId']);
    for (const { evidence } of questions) {
      expect(evidence.length).toBeGreaterThan(0);
      expect(ids).toEqual(expect.arrayContaining(evidence));
    }
    await clerk.accepted(`/cases/${played.caseId}/participations`, {
      phase: 'AVSLUTNING',
      none: 'DID_NOT_WISH',
      heldOn: day(-1),
      informedOfUse: true,
    });
    const pinned = await supervisor.get(
      `/supervisions/${supervisionId}?asOf=${played.position}&judgedOn=${day(0)}`,
    );
    expect(pinned.body['questions']).toEqual(body['questions']);
    expect(pinned.body['cases']).toEqual(body['cases']);
  });

  it('of whole municipalities goes through their cases, and no other’s', async () => {
    const elsewhere = await openCase(await service.as({ role: 'SAKSBEHANDLER', municipality: '4203' }));
    const wide = await opened({ municipalities: ['3401'] });
    const { body } = await supervisor.seen(`/supervisions/${wide}?limit=200`, elsewhere.position);
    const cases = (body['cases'] as Json[]).map(({ caseId }) => caseId);
    expect(cases).toContain(played.caseId);
    expect(cases).not.toContain(elsewhere.caseId);
    expect((body['questions'] as Json[]).length).toBe(cases.length * 5);
  });

  it('covers nothing once it is closed', async () => {
    const brief = await opened({ municipalities: ['3401'] });
    expect((await replay(played.caseId, brief)).status).toBe(200);
    await supervisor.accepted(`/supervisions/${brief}/close`, { on: day(0) });
    expect((await replay(played.caseId, brief)).body).toMatchObject({ kode: 'outside-supervision-scope' });
    const { body } = await supervisor.get(`/supervisions/${brief}`);
    expect(body).toMatchObject({ state: 'CLOSED', closedOn: day(0), cases: [], questions: [] });
    expect((await supervisor.post(`/supervisions/${brief}/close`, { on: day(0) })).body).toMatchObject({
      kode: 'already-done',
    });
  });
});

describe('a replay or a package that cannot be recorded', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await TestService.start();
  });
  afterAll(() => service.close());

  it('is not answered', async () => {
    const clerk = await service.as({ role: 'SAKSBEHANDLER', municipality: '3401' });
    const archivist = await service.as({ role: 'ARKIVAR', municipality: '3401' });
    const supervisor = await service.as({ role: 'HELSETILSYN' });
    const theCase = await openCase(clerk);
    const scope = { municipalities: ['3401'] };
    const { supervisionId } = await supervisor.accepted('/supervisions', {
      basis: 'KLAGE',
      scope,
      on: day(0),
    });
    const { requestId } = await archivist.accepted('/access-requests', requestBy(theCase));
    const { documentId } = await archivist.accepted(`/cases/${theCase.caseId}/documents`, letter());
    await decideRequest(archivist, String(requestId), { [String(documentId)]: { result: 'FULL' } });

    const owner = new Connection({ connectionString: service.database.ownerUrl });
    await owner.connect();
    const role = new URL(service.database.serviceUrl).username;
    await owner.query(`revoke execute on function events.append_batch, events.append_one from ${role}`);
    await owner.end();
    const reads: [Client, string][] = [
      [supervisor, `/cases/${theCase.caseId}/history`],
      [supervisor, `/supervisions/${String(supervisionId)}`],
      [archivist, '/access-requests'],
      [archivist, `/access-requests/${String(requestId)}`],
      [archivist, `/access-requests/${String(requestId)}/proposal`],
      [archivist, `/access-requests/${String(requestId)}/package`],
    ];
    for (const [who, path] of reads) {
      const answer = await who.get(
        path,
        who === supervisor ? { 'supervision-id': String(supervisionId) } : {},
      );
      expect([path, answer.status, answer.body['kode']]).toEqual([path, 503, 'access-log-unavailable']);
      expect(answer.text).not.toContain('skolen');
    }
  });
});
