import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  killAll,
  ready,
  removeFolder,
  run,
  takenPort,
  temporaryFolder,
  type Running,
} from '../process/service.js';
import { tourIn, typed, untruths, type TourStep } from './tour.js';

/** As the page prints it; the test's own service has another port, and that is all that is changed. */
const PRINTED_ADDRESS = '127.0.0.1:3000';
const STARTING = 60_000;

let folder = '';
let env: Record<string, string> = {};
let service: Running | undefined;
let start: TourStep | undefined;
let tour: readonly TourStep[] = [];

beforeAll(async () => {
  folder = await temporaryFolder('open');
  const { port, free } = await takenPort();
  await free();
  const page = await readFile('README.md', 'utf8');
  [start, ...tour] = tourIn(page.replaceAll(PRINTED_ADDRESS, `127.0.0.1:${port}`));
  env = { FORLOP_DATA_DIR: folder, PORT: String(port) };
  service = run('bash', ['-c', `exec ${start?.commands ?? ''}`], env);
  await ready(service);
}, STARTING);

afterAll(async () => {
  await killAll(folder);
  await removeFolder(folder);
});

describe('the five-minute tour of the README', () => {
  it('begins with a service that says what is printed', () => {
    expect(untruths(start as TourStep, service?.output() ?? '')).toEqual([]);
  });

  it('is answered as printed, step by step', async () => {
    const { outputs, errors } = await typed(tour, env);
    const untrue = tour.flatMap((step, index) =>
      untruths(step, outputs[index] ?? '').map((what) => ({ commands: step.commands, what })),
    );
    // npm may speak on stderr of a build; what the shell says there helps only when something is untrue.
    expect(untrue.length === 0 ? untrue : { untrue, errors }).toEqual([]);
    expect(tour.length).toBeGreaterThan(8);
  });

  it('ends with Ctrl-C, and the service stops cleanly', async () => {
    service?.child.kill('SIGTERM');
    expect(await service?.ended).toBe(0);
  });
});
