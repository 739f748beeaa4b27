import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { v5 as uuidV5 } from 'uuid';
import type { Client, Json } from './support/client.js';
import { TestService } from './support/service.js';
import { day, openCase, referralOf, registerFamily, today } from './support/story.js';

describe('commands', () => {
  let service: TestService;
  let clerk: Client;

  beforeAll(async () => {
    service = await TestService.start();
    clerk = await service.as({ role: 'SAKSBEHANDLER', municipality: '3401' });
  });
  afterAll(() => service.close());

  const meeting = { on: day(-1), participants: ['Mor'] };

  it('give the first answer for ever, with the same status, body and ETag, however stale the If-Match', async () => {
    const { caseId } = await openCase(clerk);
    const key = { 'idempotency-key': randomUUID(), 'if-match': '"0"' };
    const first = await clerk.post(`/cases/${caseId}/start-meetings`, meeting, key);
    await clerk.accepted(`/cases/${caseId}/start-meetings`, { ...meeting, agreed: 'Mer' });
    const again = await clerk.post(`/cases/${caseId}/start-meetings`, meeting, key);
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body).toEqual(first.body);
    expect(again.headers['etag']).toBe(first.headers['etag']);
    expect(String(again.headers['position']) >= (first.body as { position: string }).position).toBe(true);
  });

  it('do not depend on the order of members', async () => {
    const { caseId } = await openCase(clerk);
    const key = { 'idempotency-key': randomUUID() };
    const first = await clerk.post(`/cases/${caseId}/start-meetings`, meeting, key);
    const { on, participants } = meeting;
    const again = await clerk.post(`/cases/${caseId}/start-meetings`, { participants, on }, key);
    expect(again.body).toEqual(first.body);
  });

  it('refuse a key that came with another body, another case or another command', async () => {
    const [one, other] = await Promise.all([openCase(clerk), openCase(clerk)]);
    const key = { 'idempotency-key': randomUUID() };
    await clerk.accepted(`/cases/${one.caseId}/start-meetings`, meeting, key);
    const answers = await Promise.all([
      clerk.post(`/cases/${one.caseId}/start-meetings`, { ...meeting, on: day(-2) }, key),
      clerk.post(`/cases/${other.caseId}/start-meetings`, meeting, key),
      clerk.post(`/cases/${one.caseId}/findings`, { summarisedOn: day(-1), findings: 'x' }, key),
    ]);
    expect(answers.map(({ status, body }) => [status, body['kode']])).toEqual(
      Array(3).fill([422, 'idempotency-key-reused']),
    );
  });

  it('know a key only within its municipality', async () => {
    const elsewhere = await service.as({ role: 'SAKSBEHANDLER', municipality: '4203' });
    const key = { 'idempotency-key': randomUUID() };
    const [here, there] = await Promise.all([openCase(clerk), openCase(elsewhere)]);
    await clerk.accepted(`/cases/${here.caseId}/start-meetings`, meeting, key);
    const answer = await elsewhere.post(
      `/cases/${there.caseId}/start-meetings`,
      { ...meeting, on: day(-3) },
      key,
    );
    expect(answer.status).toBe(201);
  });

  it('store one event for many requests in flight under one key', async () => {
    const { caseId } = await openCase(clerk);
    const key = { 'idempotency-key': randomUUID() };
    const answers = await Promise.all(
      Array.from({ length: 8 }, () => clerk.post(`/cases/${caseId}/start-meetings`, meeting, key)),
    );
    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect((answers[0]?.body as Json)['revision']).toBe(1);
  });

  it('judge a rejected command anew under the same key', async () => {
    const { caseId, referralId } = await openCase(clerk);
    const key = { 'idempotency-key': randomUUID() };
    const path = `/cases/${caseId}/investigations`;
    const body = { referralIds: [referralId], startedOn: day(-60) };
    const dismissed = { referralIds: [randomUUID()], startedOn: day(-60) };
    expect((await clerk.post(path, dismissed, key)).status).toBe(409);
    await clerk.accepted(`/cases/${caseId}/referrals/${referralId}/assessment`, {
      assessedOn: day(-76),
      conclusion: 'INVESTIGATE',
      immediateActionNeeded: false,
      professionalAssessment: 'Grunn til å undersøke.',
    });
    expect((await clerk.post(path, body, key)).status).toBe(201);
  });

  it('refuse a stale If-Match, and take the current one', async () => {
    const { caseId } = await openCase(clerk);
    const first = await clerk.post(`/cases/${caseId}/start-meetings`, meeting, { 'if-match': '"0"' });
    expect(first.headers['etag']).toBe('"1"');
    const stale = await clerk.post(`/cases/${caseId}/start-meetings`, meeting, { 'if-match': '"0"' });
    expect([stale.status, stale.body['kode']]).toEqual([412, 'stale-revision']);
    const current = await clerk.post(`/cases/${caseId}/start-meetings`, meeting, { 'if-match': '"1"' });
    expect(current.status).toBe(201);
  });

  it('of many at once without If-Match are all stored, or say that they lost', async () => {
    const { caseId } = await openCase(clerk);
    const answers = await Promise.all(
      Array.from({ length: 6 }, (_, n) =>
        clerk.post(`/cases/${caseId}/start-meetings`, { ...meeting, agreed: `Møte ${n}` }),
      ),
    );
    const outcomes = answers.map(({ status, body }) => (status === 201 ? 'stored' : body['kode']));
    expect(outcomes.filter((outcome) => outcome !== 'stored' && outcome !== 'concurrent-change')).toEqual([]);
    const { body } = await clerk.seen(
      `/cases/${caseId}`,
      answers
        .map((answer) => answer.body['position'] ?? '')
        .sort()
        .at(-1),
    );
    expect(body['revision']).toBe(outcomes.filter((outcome) => outcome === 'stored').length);
  });

  it('give a child one case in a municipality, under an id that follows from both', async () => {
    const { child, caseId } = await openCase(clerk);
    expect(caseId).toBe(uuidV5(`urn:forlop:case:3401:${child}`, uuidV5.URL));
  });

  it('refuse a client’s id that is in use, and hide one of another municipality', async () => {
    const elsewhere = await service.as({ role: 'SAKSBEHANDLER', municipality: '4203' });
    const { child } = await registerFamily(elsewhere);
    const body = {
      personId: child,
      identifier: { kind: 'NONE' },
      name: { first: 'En', last: 'Annen' },
      birthDate: '2015-01-01',
      address: { lines: ['Vei 1'], postalCode: '2317', city: 'Hamar' },
      addressProtection: 'UGRADERT',
      relations: [],
      on: today(),
    };
    expect((await elsewhere.post('/persons', body)).body).toMatchObject({ kode: 'id-in-use' });
    expect((await clerk.post('/persons', body)).body).toMatchObject({ kode: 'not-found' });
  });

  it('give the same person back for a known identifier, and find it by search', async () => {
    const number = '13891499978';
    const body = {
      identifier: { kind: 'FNR', value: number },
      name: { first: 'Synne', last: 'Testdatter' },
      birthDate: '2014-09-13',
      address: { lines: ['Vei 1'], postalCode: '2317', city: 'Hamar' },
      addressProtection: 'UGRADERT',
      relations: [],
      on: today(),
    };
    const first = await clerk.accepted('/persons', body);
    const again = await clerk.post('/persons', { ...body, name: { first: 'Sanne', last: 'Annet' } });
    expect(again.status).toBe(200);
    expect(again.body).toMatchObject({
      personId: first['personId'],
      events: [],
      person: { name: { first: 'Synne', last: 'Testdatter' } },
    });
    const found = await clerk.post('/persons/search', { identifier: body.identifier });
    expect(found.status).toBe(200);
    expect(found.body).toMatchObject({ items: [{ personId: first['personId'] }] });
    const elsewhere = await service.as({ role: 'SAKSBEHANDLER', municipality: '4203' });
    const none = await elsewhere.post('/persons/search', { identifier: body.identifier });
    expect([none.status, none.body]).toEqual([200, { items: [] }]);
  });

  it('refuse a number that is not of its kind or does not agree with the birth date', async () => {
    const body = { ...referralOf('', '', ''), children: [] };
    expect((await clerk.post('/referrals', body)).status).toBe(400);
    const wrong = await clerk.post('/persons/search', { identifier: { kind: 'DNR', value: '13891499978' } });
    expect(wrong.status).toBe(400);
    expect(wrong.text).not.toContain('13891499978');
  });
});
