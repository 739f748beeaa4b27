import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client, Json } from './support/client.js';
import { TestService } from './support/service.js';
import { day, openCase } from './support/story.js';

describe('freshness', () => {
  let service: TestService;
  let clerk: Client;
  beforeAll(async () => {
    service = await TestService.start();
    clerk = await service.as({ role: 'SAKSBEHANDLER', municipality: '3401' });
  });
  afterAll(() => service.close());

  it('a read with Min-Position sees what the command stored', async () => {
    const { caseId } = await openCase(clerk);
    for (let meeting = 1; meeting <= 5; meeting += 1) {
      const stored = await clerk.post(`/cases/${caseId}/start-meetings`, {
        on: day(-1),
        agreed: `${meeting}`,
      });
      const { position } = stored.body as { position: string };
      expect(stored.headers['position']).toBe(position);
      const read = await clerk.seen(`/cases/${caseId}`, position);
      expect(read.body['revision']).toBe(meeting);
      expect(String(read.headers['position']) >= position).toBe(true);
    }
  });

  it('a position that is not reached in time is 503 with Retry-After', async () => {
    const ahead = String((await clerk.get('/cases')).headers['position']).replaceAll(/\d/g, '9');
    const began = performance.now();
    const answer = await clerk.seen('/cases', ahead);
    expect([answer.status, answer.body['kode']]).toEqual([503, 'not-caught-up']);
    expect(answer.headers['retry-after']).toMatch(/^\d+$/);
    expect(performance.now() - began).toBeGreaterThan(4_500);
    expect(performance.now() - began).toBeLessThan(8_000);
  });

  it('every answer under /api/v1 says position and lag, refusals too', async () => {
    const answers = await Promise.all([
      clerk.get('/cases'),
      clerk.get('/cases/17'),
      clerk.get('/nope'),
      clerk.post('/persons', {}),
      service.anybody.get('/cases'),
      service.anybody.get('/codes'),
    ]);
    for (const { headers } of answers) {
      expect(headers).toMatchObject({
        position: expect.stringMatching(/^[a-z]+(?::\d{20}){1,2}$/),
        'lag-events': expect.stringMatching(/^\d+$/),
        'lag-seconds': expect.stringMatching(/^\d+(\.\d+)?$/),
      });
    }
  });

  it('health tells of databases and projections', async () => {
    expect((await service.anybody.get('/health/live')).body).toEqual({ status: 'up' });
    const ready = await service.anybody.get('/health/ready');
    expect(ready.status).toBe(200);
    expect(ready.body).toMatchObject({ status: 'ready', storeId: expect.any(String) });
    expect(
      (ready.body as { projections: Json[] }).projections.map(({ projection }) => projection).sort(),
    ).toEqual([
      'access-log',
      'access-requests',
      'audit-trail',
      'case-history',
      'case-overview',
      'state-report',
    ]);
  });

  it('metrics name route patterns and no ids, on loopback alone', async () => {
    const { caseId } = await openCase(clerk);
    await clerk.get(`/cases/${caseId}`);
    const metrics = await service.anybody.get('/metrics');
    expect(metrics.text).toContain('route="/api/v1/cases/:caseId"');
    expect(metrics.text).not.toContain(caseId);
    expect((await service.anybody.get('/metrics', { 'x-forwarded-for': '10.0.0.1' })).status).toBe(404);
  });
});

describe('a service that is asked to stop', () => {
  it('finishes what it has taken before it is gone', async () => {
    const service = await TestService.start();
    const clerk = await service.as({ role: 'SAKSBEHANDLER', municipality: '3401' });
    const { caseId } = await openCase(clerk);
    const running = Array.from({ length: 5 }, () =>
      clerk.post(`/cases/${caseId}/start-meetings`, { on: day(-1) }).then(
        ({ status }) => status,
        () => 'cut off',
      ),
    );
    const first = await Promise.race(running);
    await service.stop();
    const outcomes = await Promise.all(running);
    expect(first).toBe(201);
    expect(outcomes.filter((outcome) => outcome !== 201 && outcome !== 409)).toEqual([]);
    await service.database.drop();
  });
});
