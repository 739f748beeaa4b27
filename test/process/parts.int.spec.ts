import { readdir } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { forlop, killAll, ready, removeFolder, serve, temporaryFolder } from './service.js';

describe('an API and a projector beside a service', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await temporaryFolder('open');
  });
  afterAll(async () => {
    await killAll(folder);
    await removeFolder(folder);
  });

  it.each(['api', 'projector'])('refuse to be the first (%s), and make nothing', async (part) => {
    const running = forlop(folder, [part], { PORT: '0' });
    expect(await running.ended).toBe(69);
    expect(running.output()).toContain('No database runs in the data folder');
    expect(await readdir(folder)).toEqual([]);
  });

  it('join the database that runs, and end with it', async () => {
    const service = await serve(folder);
    const api = forlop(folder, ['api'], { PORT: '0' });
    const projector = forlop(folder, ['projector']);
    const [address, role] = await Promise.all([ready(api), ready(projector)]);
    expect(role).toBe('projector');

    const token = forlop(folder, ['token', '--role', 'SAKSBEHANDLER', '--municipality', '3401']);
    await token.ended;
    const headers = { authorization: `Bearer ${token.answer().trim()}`, 'content-type': 'application/json' };
    const stored = await fetch(`${service.address}/api/v1/persons`, {
      method: 'POST',
      headers: { ...headers, 'idempotency-key': '00000000-0000-4000-8000-000000000003' },
      body: JSON.stringify({
        identifier: { kind: 'NONE' },
        name: { first: 'Testine', last: 'Eksempel' },
        birthDate: '2016-05-04',
        addressProtection: 'UGRADERT',
      }),
    });
    const position = stored.headers.get('position') ?? '';
    const seen = await fetch(`${address}/api/v1/cases`, {
      headers: { ...headers, 'min-position': position },
    });
    expect([stored.status, seen.status]).toEqual([201, 200]);

    service.child.kill('SIGTERM');
    expect(await Promise.all([service.ended, api.ended, projector.ended])).toEqual([0, 69, 69]);
  }, 120_000);
});
