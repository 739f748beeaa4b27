import { stat } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  forlop,
  killAll,
  readiness,
  ready,
  removeFolder,
  run,
  type Running,
  serversOf,
  takenPort,
  temporaryFolder,
} from './service.js';

describe('npm start', () => {
  let folder = '';
  let service: Running;
  let address = '';

  beforeAll(async () => {
    folder = join(await temporaryFolder('open'), 'data');
    service = run('npm', ['start'], { FORLOP_DATA_DIR: folder, PORT: '0' });
    address = await ready(service);
  });
  afterAll(async () => {
    await killAll(folder);
    await removeFolder(folder);
  });

  it('on a fresh folder serves, and says where, with what data and how to get in', async () => {
    expect((await fetch(`${address}/health/live`)).status).toBe(200);
    expect(await readiness(address)).toBe('ready');
    const said = service.output();
    for (const part of [address, `${address}/docs`, folder, 'forlop -- token']) expect(said).toContain(part);
    expect(said.trimEnd().split('\n').at(-1)).toBe(`READY ${address}`);
  });

  it('keeps its keys and passwords for the owner of the folder', async () => {
    for (const name of ['master.key', 'development-issuer.json', 'embedded-postgres.json']) {
      expect((await stat(join(folder, name))).mode & 0o077).toBe(0);
    }
  });

  it('gives way to nobody: a second start on the same folder is refused, and the first goes on', async () => {
    const second = forlop(folder, ['serve'], { PORT: '0' });
    expect(await second.ended).toBe(69);
    expect(second.output()).toMatch(/^Another Forløp serves the data folder .*FORLOP_DATA_DIR=/m);
    expect((await fetch(`${address}/health/live`)).status).toBe(200);
  });

  it('shares its database with a command, which leaves it running', async () => {
    const list = forlop(folder, ['projections', 'list', '--json']);
    expect(await list.ended).toBe(0);
    expect(JSON.parse(list.answer())).toHaveProperty('items');
    expect(await serversOf(folder)).toHaveLength(1);
    expect((await fetch(`${address}/health/ready`)).status).toBe(200);
  });

  it('ended by SIGTERM to npm exits 0 and leaves nothing running', async () => {
    expect(await serversOf(folder)).toHaveLength(1);
    service.child.kill('SIGTERM');
    expect(await service.ended).toBe(0);
    expect(await serversOf(folder)).toEqual([]);
    await expect(fetch(`${address}/health/live`)).rejects.toThrow();
  });

  it('whose port is taken is refused, says so, and leaves nothing running', async () => {
    const { port, free } = await takenPort();
    const refused = forlop(folder, ['serve'], { PORT: String(port) });
    expect(await refused.ended).toBe(69);
    expect(refused.output()).toContain(`PORT ${port} on 127.0.0.1 is taken`);
    expect(await serversOf(folder)).toEqual([]);
    await free();
  });

  it('ended by Ctrl-C, which a terminal sends to npm and to the service, exits 0 and leaves nothing running', async () => {
    const again = run('npm', ['start'], { FORLOP_DATA_DIR: folder, PORT: '0' });
    expect(await readiness(await ready(again))).toBe('ready');
    process.kill(-(again.child.pid ?? 0), 'SIGINT');
    expect(await again.ended).toBe(0);
    expect(await serversOf(folder)).toEqual([]);
  });

  it('stopped: a command starts the database itself and stops it again', async () => {
    const list = forlop(folder, ['projections', 'list']);
    expect(await list.ended).toBe(0);
    expect(list.output()).toMatch(/case-overview v\d+/);
    expect(await serversOf(folder)).toEqual([]);
  });
});
