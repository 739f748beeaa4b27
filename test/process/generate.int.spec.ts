import { userInfo } from 'node:os';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { forlop, killAll, removeFolder, temporaryFolder } from './service.js';

const OPERATOR = `operator:${userInfo().username}`;
const WORLD = ['generate', '--cases', '12', '--municipalities', '2', '--years', '2', '--seed', '42'];

describe('forlop generate', () => {
  let folder = '';
  beforeAll(async () => {
    folder = await temporaryFolder('open');
  });
  afterAll(async () => {
    await killAll(folder);
    await removeFolder(folder);
  });

  async function ends(
    options: string[],
    env: Record<string, string> = {},
  ): Promise<[number | string, string]> {
    const running = forlop(folder, options, env);
    return [await running.ended, running.output()];
  }
  async function answer(...options: string[]): Promise<Record<string, unknown>> {
    const running = forlop(folder, [...options, '--json']);
    expect([await running.ended, running.output()]).toEqual([0, expect.any(String)]);
    return JSON.parse(running.answer()) as Record<string, unknown>;
  }

  it('fills the store, gives the same for the same seed, and goes on the record', async () => {
    const first = await answer(...WORLD);
    expect(first).toEqual({
      cases: 12,
      events: expect.any(Number),
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      eventsPerSecond: expect.any(Number),
    });
    const again = await answer(...WORLD);
    expect([again['digest'], again['events']]).toEqual([first['digest'], first['events']]);
    const other = await answer(...WORLD.slice(0, -1), '43');
    expect(other['digest']).not.toBe(first['digest']);

    const { items } = (await answer('accesslog', '--actor', OPERATOR)) as {
      items: Record<string, unknown>[];
    };
    expect(items.filter(({ type }) => type === 'OperatorActRecorded')).toMatchObject([
      { act: 'GENERATE', target: 'cases=12/municipalities=2/years=2/until=2026-06-30/seed=42' },
      { act: 'GENERATE' },
      { act: 'GENERATE', target: expect.stringMatching(/seed=43$/) },
    ]);
  });

  it('is the same world however many threads make it', async () => {
    const one = await answer(...WORLD.slice(0, -1), '44', '--threads', '1');
    const three = await answer(...WORLD.slice(0, -1), '44', '--threads', '3');
    expect([three['digest'], three['cases'], three['events']]).toEqual([one['digest'], 12, one['events']]);
  });

  it('says for a person what it turned out like', async () => {
    const running = forlop(folder, WORLD);
    expect(await running.ended).toBe(0);
    expect(running.answer()).toMatch(
      /^share +here +national\nreviewed anew and dismissed .*\n(.*\n)+12 cases, \d+ events, /,
    );
  });

  it.each([
    ['--cases', '0', '--cases 1000'],
    ['--cases', 'many', '--cases 1000'],
    ['--municipalities', '500', '--municipalities 5'],
    ['--years', '-1', '--years 3'],
    ['--seed', 'a b', '--seed 42'],
    ['--threads', '9', '--threads 2'],
    ['--until', '2026-02-30', '--until 2026-06-30'],
  ])('answers %s %s with 64 and an example', async (option, value, example) => {
    const [code, output] = await ends([...WORLD, option, value]);
    expect(code).toBe(64);
    expect(output).toContain(`Example: ${example}`);
  });

  it('asks for all that a world is made from', async () => {
    expect((await ends(['generate', '--cases', '1']))[0]).toBe(64);
  });

  it('makes nobody up in production, whatever is asked', async () => {
    const env = {
      NODE_ENV: 'production',
      OIDC_ISSUER: 'https://issuer.example',
      OIDC_AUDIENCE: 'forlop',
      OIDC_JWKS_URL: 'https://issuer.example/jwks',
    };
    const [code, output] = await ends([...WORLD, '--yes'], env);
    expect([code, output]).toEqual([
      78,
      expect.stringMatching(/^NODE_ENV is production: .*Example: NODE_ENV=/m),
    ]);
  });
});
