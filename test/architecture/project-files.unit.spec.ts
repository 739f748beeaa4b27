import { readdir, readFile } from 'node:fs/promises';
import { homedir, tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';

const NOT_OURS = /^((bench\/)?(node_modules|dist)|coverage|\.git|\.forlop[^/]*|\.prepare\.lock)(\/|$)/;
const TEXT = /(^|\/)(\.?[^./]+|[^/]*\.(ts|mjs|js|json|sql|md|yml|yaml|html|css|csv|txt))$/;
const THIS = 'test/architecture/project-files.unit.spec.ts';

async function filesIn(folder: string): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (NOT_OURS.test(relative('.', path))) continue;
    if (entry.isDirectory()) found.push(...(await filesIn(path)));
    else if (entry.isFile() && TEXT.test(relative('.', path))) found.push(relative('.', path));
  }
  return found;
}

/** What git would track is what is not ignored; read from the folder, so that it also works without a repository. */
describe('the files of the project', () => {
  const files: [string, string][] = [];
  beforeAll(async () => {
    for (const path of await filesIn('.')) files.push([path, await readFile(path, 'utf8')]);
  });

  const holding = (pattern: RegExp) =>
    files.filter(([path, text]) => path !== THIS && pattern.test(text)).map(([path]) => path);

  it('are all looked at', () => {
    const paths = files.map(([path]) => path);
    expect(paths).toEqual(
      expect.arrayContaining(['package.json', '.npmrc', 'libs/platform/index.ts', '.ci/run']),
    );
  });

  it('hold no path of one machine', () => {
    const machine = [resolve('.'), homedir()].filter((path) => path.length > 5 && path !== tmpdir());
    const escaped = machine.map((path) => path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
    expect(
      holding(new RegExp(`(^|[^\\w/])(${['/home/[a-z]', '/Users/[A-Za-z]', ...escaped].join('|')})`)),
    ).toEqual([]);
  });

  it('name no package registry, so that the lock serves behind any mirror', () => {
    const registry = new RegExp(['registry\\.npmjs', 'registry\\.yarnpkg', 'npm\\.pkg\\.github'].join('|'));
    expect(holding(registry)).toEqual([]);
    for (const lock of ['package-lock.json', 'bench/package-lock.json']) {
      const text = files.find(([path]) => path === lock)?.[1] ?? '';
      expect(text).toContain('"integrity"');
      expect(text).not.toContain('"resolved"');
    }
  });

  it('skip and single out no test', () => {
    const left = files.filter(
      ([path, text]) =>
        /\.spec\.ts$/.test(path) &&
        /\b(it|test|describe)\.(skip|only|todo|failing)\b|\bx(it|describe)\(/.test(text),
    );
    expect(left.map(([path]) => path).filter((path) => !path.startsWith('test/architecture/'))).toEqual([]);
  });

  it('leave nothing to be done later', () => {
    const later = new RegExp(`\\b(${['TODO', 'FIXME', 'XXX'].join('|')})\\b`);
    const code = files.filter(
      ([path]) => /^(libs|apps|scripts|test|bench)\//.test(path) && !path.startsWith('test/architecture/'),
    );
    expect(code.filter(([, text]) => later.test(text)).map(([path]) => path)).toEqual([]);
  });
});
