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
    'plays eight stories as expected and leaves nothing behind',
    async () => {
      const { code, report: told } = await played(folder, [], { TMPDIR: folder });
      report = told;
      expect([code, report.ok, report.differences]).toEqual([0, true, []]);
      expect(report.stories.map(({ id, ok }) => [id, ok])).toEqual([
        ['hele-saken', true],
        ['henlagt-melding', true],
        ['samtykke-mangler', true],
        ['samtykke-trekkes', true],
        ['innsyn', true],
        ['rettelse', true],
        ['tilsyn', true],
        ['tilstandsrapport', true],
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

  it('tells one case at two instants, and what differs between them', () => {
    const histories = report?.histories ?? [];
    const compared = histories.findIndex(({ differences = [] }) => differences.length > 0);
    expect(histories[compared]?.differences).toContainEqual(
      expect.objectContaining({ kind: 'VALUE_CHANGED', type: 'MeasureStarted', pointer: '/startedOn' }),
    );
    const [then, now] = histories.slice(compared + 1, compared + 3);
    expect(then?.caseId).toBe(now?.caseId);
    expect(then?.validAt).toMatch(/^\d{4}-\d\d-\d\d$/);
    expect(then?.validAt).toBe(now?.validAt);
    expect(String(now?.knownAt) > String(then?.knownAt)).toBe(true);
    expect(then?.events).not.toEqual(now?.events);
  });

  it('tells the figures of the year’s report, small ones hidden', () => {
    const { indicators = [], position, municipality } = report?.report ?? {};
    expect([municipality, position]).toEqual(['3401', expect.stringMatching(/^pg:\d{20}$/)]);
    expect(indicators.find(({ id }) => id === 'Q1')).toEqual({
      id: 'Q1',
      numerator: expect.any(Number),
      denominator: null,
      value: expect.any(Number),
      suppressed: false,
    });
    expect(indicators.find(({ id }) => id === 'Q22')).toEqual({
      id: 'Q22',
      numerator: null,
      denominator: null,
      value: null,
      suppressed: true,
    });
  });
});

describe('the demo on a running service', () => {
  let folder = '';
  let url = '';
  const tokens = { two: '', all: '', wrong: '' };

  beforeAll(async () => {
    folder = await temporaryFolder('open');
    ({ address: url } = await serve(folder));
    const two = { 'SAKSBEHANDLER-3401': 'SAKSBEHANDLER', 'LEDER-3401': 'LEDER' };
    tokens.two = await tokenFolder('two', two);
    tokens.all = await tokenFolder('all', {
      ...two,
      'ARKIVAR-3401': 'ARKIVAR',
      'KOMMUNEDIREKTOR-3401': 'KOMMUNEDIREKTOR',
      STATSFORVALTER: 'STATSFORVALTER',
    });
    tokens.wrong = await tokenFolder('wrong', { ...two, 'LEDER-3401': 'KOMMUNEDIREKTOR' });
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
      await writeFile(join(made, `${file}.jwt`), minting.answer());
    }
    return made;
  }

  it(
    'meets new people every time, so it can be played again',
    async () => {
      const first = await played(folder, ['--url', url, '--token-dir', tokens.all]);
      const again = await played(folder, ['--url', url, '--token-dir', tokens.all]);
      expect([first.code, first.report.differences]).toEqual([0, []]);
      expect([again.code, again.report.differences]).toEqual([0, []]);
      expect(again.report.service).toEqual(first.report.service);
      const cases = [...first.report.histories, ...again.report.histories].map(({ caseId }) => caseId);
      expect(new Set(cases).size).toBe(14);
    },
    PATIENCE,
  );

  it(
    'leaves out the stories whose people have no token',
    async () => {
      const { code, report } = await played(folder, ['--url', url, '--token-dir', tokens.two]);
      expect([code, report.stories.map(({ id }) => id)]).toEqual([
        0,
        ['hele-saken', 'henlagt-melding', 'samtykke-mangler', 'samtykke-trekkes', 'rettelse'],
      ]);
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
