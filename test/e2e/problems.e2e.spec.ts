import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Answer, Client, Json } from './support/client.js';
import { TestService } from './support/service.js';
import { day, openCase, registerFamily } from './support/story.js';
import type { OpenCase } from './support/story.js';

const ALWAYS = ['detail', 'instance', 'kode', 'korrelasjonsid', 'status', 'title', 'type'];
const UNKNOWN = '00000000-0000-4000-8000-000000000000';
const ASSESSMENT = { assessedOn: day(-70), conclusion: 'INVESTIGATE', immediateActionNeeded: false };

describe('problems', () => {
  let service: TestService;
  let clerk: Client;
  let opened: OpenCase;

  beforeAll(async () => {
    service = await TestService.start();
    clerk = await service.as({ role: 'SAKSBEHANDLER', municipality: '3401' });
    opened = await openCase(clerk);
  });
  afterAll(() => service.close());

  const expectProblem = (answer: Answer, status: number, kode: string): Json => {
    expect({ status: answer.status, kode: answer.body['kode'] }).toEqual({ status, kode });
    expect(answer.headers['content-type']).toMatch(/^application\/problem\+json/);
    const problem = answer.body;
    expect(Object.keys(problem)).toEqual(expect.arrayContaining(ALWAYS));
    expect(problem).toMatchObject({
      type: `urn:forlop:problem:${kode}`,
      status,
      instance: expect.stringMatching(/^urn:uuid:/),
      korrelasjonsid: answer.headers['x-correlation-id'],
    });
    return problem;
  };

  it('answer an unknown route, with and without a token', async () => {
    expectProblem(await clerk.get('/nope'), 404, 'not-found');
    expectProblem(await service.anybody.get('/health/nope'), 404, 'not-found');
    expectProblem(await service.anybody.get('/nope'), 401, 'unauthenticated');
    expectProblem(await service.anybody.get('/docs/nope'), 404, 'not-found');
    expectProblem(await service.anybody.get('/docs/..%2f..%2fpackage.json'), 404, 'not-found');
  });

  it('answer a path with another method, and say which it has', async () => {
    const answer = await clerk.send('put', '/persons', {}, {});
    expectProblem(answer, 405, 'method-not-allowed');
    expect(answer.headers['allow']).toBe('POST');
    const read = await clerk.send('delete', `/cases/${opened.caseId}`, undefined, {});
    expect(read.headers['allow']).toBe('GET, HEAD');
    expectProblem(await service.anybody.send('post', '/codes', {}, {}), 405, 'method-not-allowed');
  });

  it('answer a bad percent-encoding', async () => {
    const answer = await clerk.get('/cases/%E0%A4%A');
    expectProblem(answer, 400, 'invalid-request');
    expect(answer.headers).toHaveProperty('lag-events');
    expectProblem(await service.anybody.get('/cases/%E0%A4%A'), 401, 'unauthenticated');
  });

  it('answer what is no HTTP', async () => {
    const { port } = new URL(service.url);
    const said = await new Promise<string>((resolve) => {
      let text = '';
      const socket = connect(Number(port), '127.0.0.1', () => socket.write('GARBAGE\r\n\r\n'));
      socket.on('data', (chunk) => (text += chunk.toString())).on('close', () => resolve(text));
    });
    expect(said).toMatch(/^HTTP\/1.1 400 /);
    expect(said).toContain('"kode":"invalid-request"');
  });

  it.each([
    ['no token', undefined],
    ['no bearer', 'Basic eDp5'],
    ['no JWT', 'Bearer abc'],
  ])('refuse %s before they look at anything else', async (_, authorization) => {
    const headers = { 'content-type': 'text/plain', ...(authorization ? { authorization } : {}) };
    const answer = await service.anybody.send('post', '/persons', '{', headers);
    expectProblem(answer, 401, 'unauthenticated');
    expect(answer.headers['www-authenticate']).toBe('Bearer');
  });

  it('refuse another type before the body is read, and a large body before its JSON', async () => {
    expectProblem(
      await clerk.post('/persons', '{', { 'content-type': 'text/plain' }),
      415,
      'unsupported-media-type',
    );
    const latin = { 'content-type': 'application/json; charset=iso-8859-1' };
    expectProblem(await clerk.post('/persons', '{}', latin), 415, 'unsupported-media-type');
    const large = `"${'x'.repeat(1024 * 1024)}`;
    expectProblem(
      await clerk.post('/persons', large, { 'content-type': 'application/json' }),
      413,
      'body-too-large',
    );
  });

  it('refuse JSON that is none before they miss a key', async () => {
    const headers = { 'content-type': 'application/json' };
    expectProblem(await clerk.send('post', '/persons', '{"a":', headers), 400, 'malformed-json');
    expectProblem(await clerk.send('post', '/persons', '{}', headers), 400, 'idempotency-key-missing');
    const noUuid = await clerk.post('/persons', {}, { 'idempotency-key': '13891499978' });
    expect(expectProblem(noUuid, 400, 'invalid-request')['feil']).toContainEqual(
      expect.objectContaining({ felt: 'Idempotency-Key' }),
    );
  });

  it.each([
    ['nothing', ''],
    ['null', 'null'],
    ['a list', '[]'],
    ['a text', '"x"'],
  ])('refuse a body that is %s', async (_, body) => {
    expectProblem(
      await clerk.post('/persons', body, { 'content-type': 'application/json' }),
      400,
      'invalid-request',
    );
  });

  it('name all field errors at once, of body, path, query and headers', async () => {
    const path = `/cases/${opened.caseId}/referrals/17/assessment?x=1`;
    const body = { assessedOn: '2026-02-30', conclusion: 'NO', deadlineBreached: true, more: 1 };
    const problem = expectProblem(await clerk.post(path, body, { 'if-match': 'x' }), 400, 'invalid-request');
    expect((problem['feil'] as Json[]).map(({ felt }) => felt).sort()).toEqual([
      '/assessedOn',
      '/conclusion',
      '/deadlineBreached',
      '/more',
      'If-Match',
      'referralId',
      'x',
    ]);
  });

  it('tell 400 before 404, and 404 before the state of the case', async () => {
    expectProblem(
      await clerk.post(`/cases/${UNKNOWN}/referrals/${UNKNOWN}/assessment`, {}),
      400,
      'invalid-request',
    );
    expectProblem(
      await clerk.post(`/cases/${UNKNOWN}/referrals/${UNKNOWN}/assessment`, ASSESSMENT, {
        'if-match': '"7"',
      }),
      404,
      'not-found',
    );
  });

  it('leave the absence of what a rule asks for to the rule', async () => {
    const path = `/cases/${opened.caseId}/referrals/${opened.referralId}/assessment`;
    const { immediateActionNeeded: _, ...body } = ASSESSMENT;
    const problem = expectProblem(await clerk.post(path, body), 422, 'urgency-missing');
    expect(problem).toMatchObject({ regel: '04', losning: expect.any(String) });
    expect((problem['lovhjemmel'] as Json[])[0]).toMatchObject({ law: 'BVL2021', section: '2-1' });
  });

  it('refuse an unknown person in a body as an unknown id', async () => {
    const { child } = await registerFamily(clerk);
    const body = { personRef: UNKNOWN, assessedOn: '2026-01-01', role: 'PARENT_OTHER', isParty: false };
    expectProblem(await clerk.post(`/cases/${opened.caseId}/party-statuses`, body), 404, 'not-found');
    expect(child).toMatch(/-/);
  });

  it.each([
    ['/cases?limit=201', {}],
    ['/cases?limit=0', {}],
    ['/cases?limit=5&limit=6', {}],
    ['/cases?after=13891499978', {}],
    ['/cases?kommune=3401', {}],
    ['/audit-trail?from=2026-02-30', {}],
    ['/codes/melder?validOn=x', {}],
    ['/cases', { 'min-position': 'pg:1' }],
    ['/cases', { 'min-position': `mem:${'0'.repeat(20)}` }],
    ['/cases', { 'access-purpose': 'NYSGJERRIG' }],
    ['/cases', { 'access-purpose': 'TILSYN' }],
    ['/cases', { 'access-purpose': 'TILSYN', 'supervision-id': '17' }],
    ['/cases/17', {}],
  ])('refuse GET %s with headers %j', async (path, headers) => {
    const leader = await service.as({ role: 'LEDER', municipality: '3401' });
    const problem = expectProblem(await leader.get(path, headers), 400, 'invalid-request');
    expect(problem['feil']).not.toEqual([]);
  });

  it('say what is not there yet', async () => {
    const answer = await clerk.get(`/cases/${opened.caseId}/history?knownAt=2026-01-01`);
    expect(expectProblem(answer, 422, 'not-yet-supported')['detail']).toContain('knownAt');
  });

  it('carry the correlation id of the request, or one of our own', async () => {
    const id = '6f0e7c1a-5d0b-4c55-9a51-0c3a8f4b1d02';
    expect((await clerk.get('/nope', { 'x-correlation-id': id })).headers['x-correlation-id']).toBe(id);
    const other = await clerk.get('/nope', { 'x-correlation-id': 'Kari Nordmann' });
    expect(other.headers['x-correlation-id']).toMatch(/^[0-9a-f-]{36}$/);
  });
});
