import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { playCase } from './support/case-to-end.js';
import type { Client, Json } from './support/client.js';
import { TestService } from './support/service.js';
import { day, openCase, referralOf, registerFamily } from './support/story.js';

const POSITION = /^[a-z]+(?::\d{20}){1,2}$/;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

describe('a case from referral to ended measure', () => {
  let service: TestService;
  let clerk: Client;
  let leader: Client;
  let played: Awaited<ReturnType<typeof playCase>>;

  beforeAll(async () => {
    service = await TestService.start();
    clerk = await service.as({ role: 'SAKSBEHANDLER', municipality: '3401' });
    leader = await service.as({ role: 'LEDER', municipality: '3401' });
    played = await playCase(clerk, leader);
  });
  afterAll(() => service.close());

  it('answers each command with its events, revision and position', () => {
    const started = played.answers[`/measures/${played.measureId}/start`];
    expect(started).toMatchObject({
      caseId: played.caseId,
      commandId: expect.stringMatching(UUID),
      revision: expect.any(Number),
      position: expect.stringMatching(POSITION),
      events: [
        {
          eventId: expect.stringMatching(UUID),
          type: 'MeasureStarted',
          schemaVersion: 1,
          streamId: `childcase-${played.caseId}`,
        },
      ],
      flags: [],
    });
  });

  it('shows the case as it stands', async () => {
    const answer = await clerk.seen(`/cases/${played.caseId}`, played.position);
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({
      etag: `"${answer.body['revision'] as number}"`,
      position: expect.stringMatching(POSITION),
      'lag-events': expect.stringMatching(/^\d+$/),
      'lag-seconds': expect.stringMatching(/^\d/),
    });
    expect(answer.body).toMatchObject({
      caseId: played.caseId,
      personId: played.child,
      municipality: '3401',
      state: 'MEASURES_ENDED',
      measures: [
        {
          measureId: played.measureId,
          catalogueCode: 'hjemmeveiledning',
          startedOn: day(-60),
          endedOn: day(-2),
        },
      ],
    });
    for (const list of [
      'referrals',
      'participations',
      'consents',
      'decisions',
      'plans',
      'deadlines',
      'tasks',
    ]) {
      expect(answer.body).toHaveProperty(list);
    }
  });

  it('tells its chronology with opened texts, in parts of the size asked for', async () => {
    const whole = await clerk.seen(`/cases/${played.caseId}/history?limit=200`, played.position);
    const items = (whole.body as { items: Json[] }).items;
    expect(items[0]).toMatchObject({
      type: 'ReferralReceived',
      revision: 0,
      actor: { role: 'SAKSBEHANDLER' },
      data: { description: 'Barnet kommer ofte for sent til skolen.' },
    });
    expect(items.map(({ position }) => position)).toEqual(items.map(({ position }) => position).sort());

    const parts: Json[] = [];
    let path: string | undefined = `/cases/${played.caseId}/history?limit=7`;
    while (path !== undefined) {
      const { body } = await clerk.get(path);
      const { items: part, next } = body as { items: Json[]; next?: string };
      parts.push(...part);
      path = next && `/cases/${played.caseId}/history?limit=7&after=${next}`;
    }
    expect(parts).toEqual(items);
  });

  it('keeps an audit trail with reads in it, late entries marked', async () => {
    const read = await clerk.seen(`/cases/${played.caseId}`, played.position);
    const head = await leader.accepted(`/cases/${played.caseId}/start-meetings`, {
      on: day(0),
      participants: ['Mor'],
    });
    expect(read.status).toBe(200);
    const trail = await leader.seen(`/cases/${played.caseId}/audit-trail?limit=200`, head['position']);
    const items = (trail.body as { items: Json[] }).items;
    expect(items).toContainEqual(
      expect.objectContaining({ type: 'CaseHistoryAccessed', decision: 'PERMIT', purpose: 'TJENSTLIG' }),
    );
    const received = items.find(({ type }) => type === 'ReferralReceived');
    expect(received).toMatchObject({ backDated: true });
    expect(received).not.toHaveProperty('data');
  });

  it('lists the case, its documents and the municipal trail', async () => {
    const cases = await clerk.get('/cases');
    expect((cases.body as { items: Json[] }).items.map(({ caseId }) => caseId)).toContain(played.caseId);
    const documents = await clerk.get(`/cases/${played.caseId}/documents`);
    expect((documents.body as { items: Json[] }).items).toHaveLength(1);
    const trail = await leader.get(`/audit-trail?from=${day(-1)}&to=${day(1)}&limit=200`);
    expect((trail.body as { items: Json[] }).items.length).toBeGreaterThan(20);
    const before = await leader.get(`/audit-trail?to=${day(-1)}`);
    expect((before.body as { items: Json[] }).items).toEqual([]);
  });
});

describe('a concern about three siblings', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await TestService.start();
  });
  afterAll(() => service.close());

  it('opens three cases in one answer without an ETag, and one case when it is repeated for one of them', async () => {
    const clerk = await service.as({ role: 'SAKSBEHANDLER', municipality: '3401' });
    const families = await Promise.all([registerFamily(clerk), registerFamily(clerk), registerFamily(clerk)]);
    const children = families.map(({ child }) => child);
    const [first] = children as [string];
    const body = { ...referralOf(first, '', ''), children: children.map((personId) => ({ personId })) };
    const answer = await clerk.post('/referrals', body);
    expect(answer.status).toBe(201);
    expect(answer.headers).not.toHaveProperty('etag');
    const { cases, events } = answer.body as { cases: Json[]; events: Json[] };
    expect(cases.map(({ personId }) => personId)).toEqual(children);
    expect(events).toHaveLength(3);

    const joined = await clerk.post('/referrals', { ...body, children: [{ personId: first }] });
    expect(joined.headers['etag']).toBe('"1"');
    expect((joined.body as { cases: Json[] }).cases[0]).toMatchObject({
      caseId: cases[0]?.['caseId'],
      revision: 1,
    });
  });

  it('refuses the same child twice as a field error', async () => {
    const clerk = await service.as({ role: 'SAKSBEHANDLER', municipality: '3401' });
    const { child } = await openCase(clerk);
    const answer = await clerk.post('/referrals', {
      ...referralOf(child, '', ''),
      children: [{ personId: child }, { personId: child }],
    });
    expect(answer.status).toBe(400);
    expect((answer.body as { feil: Json[] }).feil).toMatchObject([{ felt: '/children/1/personId' }]);
  });
});
