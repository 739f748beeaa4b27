import { userInfo } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { forlop, killAll, removeFolder, serve, serversOf, temporaryFolder } from './service.js';

type Json = Record<string, unknown>;

describe('an operator on the record', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await temporaryFolder('open');
  });
  afterAll(async () => {
    await killAll(folder);
    await removeFolder(folder);
  });

  const answerOf = async (...options: string[]): Promise<string> => {
    const running = forlop(folder, options);
    expect([await running.ended, running.output()]).toEqual([0, expect.any(String)]);
    return running.answer();
  };
  const entries = async (...options: string[]): Promise<Json[]> =>
    (JSON.parse(await answerOf('accesslog', '--json', ...options)) as { items: Json[] }).items;
  const operators = (items: Json[]) => items.filter(({ type }) => type === 'OperatorActRecorded');

  it('gets a token of a service that is stopped, and no database is left running', async () => {
    const running = forlop(folder, [
      'token',
      '--role',
      'LEDER',
      '--municipality',
      '3401',
      '--subject',
      'leder-1',
    ]);
    expect(await running.ended).toBe(0);
    expect(running.output()).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+\n$/);
    expect(await serversOf(folder)).toEqual([]);
  });

  it('is seen in the log: tokens and rebuilds, and that the log was read', async () => {
    await answerOf('projections', 'rebuild', 'case-history');
    for (const search of [
      ['--actor', 'leder-1'],
      ['--subject', NOBODY],
      ['--case', NOBODY],
    ]) {
      expect(await entries(...search)).toEqual([]);
    }
    const all = await entries('--actor', OPERATOR);
    expect(operators(all)).toMatchObject([
      { act: 'TOKEN', target: 'LEDER:leder-1', municipality: '3401' },
      { act: 'REBUILD', target: 'case-history', municipality: '0000' },
    ]);
    expect(all.filter(({ type }) => type === 'CaseHistoryAccessed')).toMatchObject([
      { what: { view: 'forlop accesslog' } },
      { what: { view: 'forlop accesslog' } },
      { what: { view: 'forlop accesslog' } },
    ]);
  });

  it('is seen in the trail of the municipality, whose person was shredded while it ran', async () => {
    const running = await serve(folder);
    const token = (await answerOf('token', '--role', 'LEDER', '--municipality', '3401')).trim();
    const headers = { authorization: `Bearer ${token}`, 'content-type': 'application/json' };
    const registered = await fetch(`${running.address}/api/v1/persons`, {
      method: 'POST',
      headers: { ...headers, 'idempotency-key': '00000000-0000-4000-8000-000000000002' },
      body: JSON.stringify({
        identifier: { kind: 'NONE' },
        name: { first: 'Testine', last: 'Eksempel' },
        birthDate: '2016-05-04',
        addressProtection: 'UGRADERT',
      }),
    });
    const { personId } = (await registered.json()) as { personId: string };
    await answerOf(
      'shred',
      '--subject',
      personId,
      '--ground',
      'APENBART_GRUNNLOS',
      '--decision-ref',
      '2026/1-2',
    );
    expect(operators(await entries('--subject', personId))).toMatchObject([
      { act: 'SHRED', target: personId, reason: '2026/1-2', municipality: '3401' },
    ]);

    const min = (await fetch(`${running.address}/api/v1/audit-trail`, { headers })).headers.get('position');
    const trail = await fetch(`${running.address}/api/v1/audit-trail?limit=200`, {
      headers: { ...headers, 'min-position': min ?? '' },
    });
    const { items } = (await trail.json()) as { items: Json[] };
    expect(operators(items).map(({ what }) => what)).toEqual([
      { view: 'forlop token', target: 'LEDER:leder-1' },
      { view: 'forlop token', target: 'LEDER:dev-leder' },
      { view: 'forlop shred', target: personId, reason: '2026/1-2' },
    ]);
    process.kill(running.child.pid ?? 0, 'SIGTERM');
    expect(await running.ended).toBe(0);
  }, 60_000);

  it('says whose log is to be read', async () => {
    expect(await forlop(folder, ['accesslog']).ended).toBe(64);
    expect(await forlop(folder, ['accesslog', '--case', 'x']).ended).toBe(64);
  });
});

const OPERATOR = `operator:${userInfo().username.replace(/[^A-Za-z0-9._@-]/g, '-')}`;
const NOBODY = '00000000-0000-4000-8000-000000000001';
