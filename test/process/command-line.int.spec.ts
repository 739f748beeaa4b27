import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { decodeJwt } from 'jose';
import { forlop, killAll, removeFolder, temporaryFolder } from './service.js';

let folder = '';
beforeAll(async () => {
  folder = await temporaryFolder('open');
});
afterAll(async () => {
  await killAll(folder);
  await removeFolder(folder);
});

async function ends(options: string[], env: Record<string, string> = {}): Promise<[number | string, string]> {
  const running = forlop(folder, options, env);
  return [await running.ended, running.output()];
}

describe('the command line', () => {
  it.each([
    ['PORT', { PORT: 'x' }],
    ['LOG_LEVEL', { LOG_LEVEL: 'loud' }],
    ['HOST', { HOST: '0.0.0.0' }],
    [
      'KEYSTORE_URL',
      { DATABASE_URL: 'postgres://a:b@127.0.0.1/c', PROJECTOR_DATABASE_URL: 'postgres://b:b@127.0.0.1/c' },
    ],
    ['OIDC_ISSUER', { NODE_ENV: 'production' }],
  ])('refuses a wrong %s before it starts anything', async (variable, env) => {
    const [code, output] = await ends(['serve'], env);
    expect(code).toBe(78);
    expect(output).toMatch(new RegExp(`^${variable} .*Example: ${variable}=`, 'm'));
  });

  it('says that a database is not reachable, and which', async () => {
    const env = {
      DATABASE_URL: 'postgres://a:hidden@127.0.0.1:1/c',
      PROJECTOR_DATABASE_URL: 'postgres://b:hidden@127.0.0.1:1/c',
      KEYSTORE_URL: 'postgres://c:hidden@127.0.0.1:1/k',
    };
    const [code, output] = await ends(['serve'], env);
    expect([code, output.trim()]).toEqual([
      69,
      'DATABASE_URL: no database answers at 127.0.0.1:1 (ECONNREFUSED)',
    ]);
  });

  it.each([
    ['an unknown command', ['fly']],
    ['an unknown option', ['token', '--role', 'LEDER', '--wings']],
    ['an unknown role', ['token', '--role', 'KING', '--municipality', '3401']],
    ['a caseworker of no municipality', ['token', '--role', 'LEDER']],
    [
      'an identity number as subject',
      ['token', '--role', 'PART', '--municipality', '3401', '--subject', '01810012345'],
    ],
    ['an organisation without municipality', ['organisation', 'add', '--org', '0192:910000001']],
    [
      'a person who is no UUID',
      ['shred', '--subject', 'x', '--ground', 'HENLAGT_10_AR', '--decision-ref', '1'],
    ],
    ['an unknown projection', ['projections', 'rebuild', 'dreams']],
  ])('answers %s with 64', async (_what, options) => {
    expect((await ends(options))[0]).toBe(64);
  });

  it('prints a token and nothing else, with the role in any case', async () => {
    const [code, output] = await ends([
      'token',
      '--role',
      'saksbehandler',
      '--municipality',
      '3401',
      '--subject',
      'kari.k',
    ]);
    expect(code).toBe(0);
    expect(output.trim().split('\n')).toHaveLength(1);
    const claims = decodeJwt(output.trim());
    expect(claims).toMatchObject({ role: 'SAKSBEHANDLER', municipality: '3401', sub: 'kari.k' });
    expect((claims.exp ?? 0) - (claims.iat ?? 0)).toBe(8 * 3600);
  });

  it('gives the supervisory authorities a token without municipality', async () => {
    const [code, output] = await ends(['token', '--role', 'HELSETILSYN', '--ttl', '30m']);
    expect(code).toBe(0);
    expect(decodeJwt(output.trim())).not.toHaveProperty('municipality');
  });

  it('writes down which municipality an organisation acts for', async () => {
    const [code] = await ends([
      'organisation',
      'add',
      '--org',
      '0192:910000001',
      '--municipality',
      '0301',
      '--district',
      '07',
    ]);
    expect(code).toBe(0);
    expect(JSON.parse(await readFile(join(folder, 'organisations.json'), 'utf8'))).toEqual({
      '0192:910000001': { municipality: '0301', district: '07' },
    });
  });
});
