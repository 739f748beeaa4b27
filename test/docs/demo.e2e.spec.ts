import { mkdir, readdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { forlop, killAll, removeFolder, serve, temporaryFolder } from '../process/service.js';
import type { DemoReport } from '../../apps/cli/demo/report.js';

const PATIENCE = 90_000;

async function played(folder: string, options: readonly string[], env: Record<string, string> = {}) {
  const running = forlop(folder, ['demo', '--json', ...options], env);
  const code = await running.ended;
  if (!running.answer().startsWith('{')) throw new Error(`ended with ${code}:\n${running.output()}`);
  return { code, report: JSON.parse(running.answer()) as DemoReport };
}

describe('the demo on a service of its own', () => {
  let folder = '';
  let report: DemoReport | undefined;
  beforeAll(async () => {
    folder = await temporaryFolder('open');
  });
  afterAll(async () => {
    await killAll(folder);
    await removeFolder(folder);
  });

  it(
    'plays three cases as expected and leaves nothing behind',
    async () => {
      const { code, report: told } = await played(folder, [], { TMPDIR: folder });
      report = told;
      expect([code, report.ok, report.differences]).toEqual([0, true, []]);
      expect(report.stories.map(({ id, ok }) => [id, ok])).toEqual([
        ['hele-saken', true],
        ['henlagt-melding', true],
        ['samtykke-mangler', true],
      ]);
      expect(await readdir(folder)).toEqual([]);
    },
    PATIENCE,
  );

  it('tells the refusal with its rule, and shows that it stored nothing', () => {
    const refusal = report?.stories[2]?.steps.find(({ actual }) => actual.status === 409);
    expect(refusal).toMatchObject({
      command: 'DecideMeasure',
      method: 'POST',
      expected: { status: 409, kode: 'child-consent-missing' },
      actual: {
        kode: 'child-consent-missing',
        lovhjemmel: [{ law: 'BVL2021', section: '12-3', paragraph: 1, letter: null }],
        events: [],
        position: null,
      },
    });
    const types = report?.histories[2]?.events.map((event) => (event as { type: string }).type) ?? [];
    expect(types.filter((type) => type === 'MeasureDecided')).toHaveLength(1);
  });
});

describe('the demo on a running service', () => {
  let folder = '';
  let url = '';
  const tokens = { right: '', wrong: '' };

  beforeAll(async () => {
    folder = await temporaryFolder('open');
    ({ address: url } = await serve(folder));
    tokens.right = await tokenFolder('right', { SAKSBEHANDLER: 'SAKSBEHANDLER', LEDER: 'LEDER' });
    tokens.wrong = await tokenFolder('wrong', { SAKSBEHANDLER: 'SAKSBEHANDLER', LEDER: 'KOMMUNEDIREKTOR' });
  }, PATIENCE);
  afterAll(async () => {
    await killAll(folder);
    await removeFolder(folder);
  });

  async function tokenFolder(name: string, roles: Readonly<Record<string, string>>): Promise<string> {
    const made = join(folder, name);
    await mkdir(made);
    for (const [file, role] of Object.entries(roles)) {
      const minting = forlop(folder, ['token', '--role', role, '--municipality', '3401']);
      expect(await minting.ended).toBe(0);
      await writeFile(join(made, `${file}-3401.jwt`), minting.answer());
    }
    return made;
  }

  it(
    'meets new people every time, so it can be played again',
    async () => {
      const first = await played(folder, ['--url', url, '--token-dir', tokens.right]);
      const again = await played(folder, ['--url', url, '--token-dir', tokens.right]);
      expect([first.code, again.code]).toEqual([0, 0]);
      expect(again.report.service).toEqual(first.report.service);
      const cases = [...first.report.histories, ...again.report.histories].map(({ caseId }) => caseId);
      expect(new Set(cases).size).toBe(6);
    },
    PATIENCE,
  );

  it(
    'ends with 1 and says what differs when the service answers otherwise',
    async () => {
      const { code, report } = await played(folder, ['--url', url, '--token-dir', tokens.wrong]);
      expect([code, report.ok]).toEqual([1, false]);
      expect(report.differences).toContainEqual({
        story: 'samtykke-mangler',
        step: 'Vedtak om støttekontakt uten barnets samtykke',
        what: 'kode "forbidden", ventet "child-consent-missing"',
      });
    },
    PATIENCE,
  );
});

describe('a demo that cannot be played', () => {
  it.each([
    ['a service without tokens', ['--url', 'http://127.0.0.1:9'], 64],
    ['tokens without a service', ['--token-dir', '.'], 64],
    ['a folder without tokens', ['--url', 'http://127.0.0.1:9', '--token-dir', 'docs'], 64],
  ])('says what is wrong with %s', async (_, options, code) => {
    const running = forlop('.forlop', ['demo', ...options]);
    expect(await running.ended).toBe(code);
    expect(running.output()).toMatch(/^error: .*Example: /m);
  });
});
