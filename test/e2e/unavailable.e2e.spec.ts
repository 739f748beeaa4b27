import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { BreakableLine } from './support/breakable-line.js';
import type { Client } from './support/client.js';
import { TestService } from './support/service.js';
import { day, openCase } from './support/story.js';

describe('a service whose databases are away', () => {
  let service: TestService;
  let clerk: Client;
  let line: BreakableLine;
  beforeAll(async () => {
    line = await BreakableLine.open();
    service = await TestService.start({ line });
    clerk = await service.as({ role: 'SAKSBEHANDLER', municipality: '3401' });
  });
  afterAll(async () => {
    await service.close();
    await line.cut();
  });

  it('answers 503 with Retry-After, stays alive, and is itself again within ten seconds', async () => {
    const { caseId } = await openCase(clerk);
    const meeting = { on: day(-1), participants: ['Mor'] };
    await line.cut();
    const answers = [
      await clerk.post(`/cases/${caseId}/start-meetings`, meeting),
      await clerk.get('/cases'),
      await clerk.get(`/cases/${caseId}`),
      await service.anybody.get('/health/ready'),
    ];
    for (const { status, headers, body } of answers) {
      expect([status, body['kode']]).toEqual([503, 'store-unavailable']);
      expect(headers['retry-after']).toMatch(/^\d+$/);
    }
    for (const { headers } of answers.slice(0, 3))
      expect(headers['position']).toMatch(/^[a-z]+(?::\d{20}){1,2}$/);
    expect((await service.anybody.get('/health/live')).status).toBe(200);
    expect((await service.anybody.get('/codes')).status).toBe(200);

    await line.mend();
    const recovered = performance.now();
    let stored = await clerk.post(`/cases/${caseId}/start-meetings`, meeting);
    while (stored.status !== 201 && performance.now() - recovered < 10_000) {
      await pause(100);
      stored = await clerk.post(`/cases/${caseId}/start-meetings`, meeting);
    }
    expect(stored.status).toBe(201);
    const read = await clerk.seen(`/cases/${caseId}`, stored.body['position']);
    expect([read.status, read.body['revision']]).toEqual([200, 1]);
  });
});
