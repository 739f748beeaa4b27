import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { DemoReport } from '../../apps/cli/demo/report.js';
import { forlop, killAll, ready, removeFolder, temporaryFolder } from '../process/service.js';

const PATIENCE = 180_000;
const ROLES = {
  'SAKSBEHANDLER-3401': 'SAKSBEHANDLER',
  'LEDER-3401': 'LEDER',
  'ARKIVAR-3401': 'ARKIVAR',
  'KOMMUNEDIREKTOR-3401': 'KOMMUNEDIREKTOR',
  STATSFORVALTER: 'STATSFORVALTER',
};

let folder = '';

beforeAll(async () => {
  folder = await temporaryFolder('open');
});

afterAll(async () => {
  await killAll(folder);
  await removeFolder(folder);
});

it(
  'the built service on a real EventStoreDB plays every story as expected, and again after it was started anew',
  async () => {
    const events = { EVENTSTORE_URL: process.env['EVENTSTORE_URL'] ?? '' };
    const tokens = join(folder, 'tokens');
    await mkdir(tokens);
    for (let start = 0; start < 2; start += 1) {
      const service = forlop(folder, ['serve'], { PORT: '0', ...events });
      const address = await ready(service);
      for (const [file, role] of Object.entries(ROLES)) {
        const minting = forlop(folder, ['token', '--role', role, '--municipality', '3401'], events);
        expect(await minting.ended).toBe(0);
        await writeFile(join(tokens, `${file}.jwt`), minting.answer());
      }
      const demo = forlop(folder, ['demo', '--json', '--url', address, '--token-dir', tokens], events);
      expect(await demo.ended).toBe(0);
      const report = JSON.parse(demo.answer()) as DemoReport;
      expect([report.ok, report.differences]).toEqual([true, []]);
      expect(JSON.stringify(report)).toMatch(/"esdb:\d{20}:\d{20}"/);
      service.child.kill('SIGTERM');
      expect(await service.ended).toBe(0);
    }
  },
  PATIENCE,
);
