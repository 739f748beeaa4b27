import { access, readdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from '@jest/globals';

const PAGES = ['README.md', 'CONTRIBUTING.md', 'CHANGELOG.md'];
const FOLDERS = ['docs/adr', 'docs/how-to'];

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** Finds what is named and is not there; where on a page is for the reader to look up. */
async function missing(
  named: readonly (readonly [page: string, path: string])[],
): Promise<readonly string[]> {
  const found = await Promise.all(
    named.map(async ([page, path]) => ((await exists(path)) ? [] : [`${page}: ${path}`])),
  );
  return found.flat();
}

describe('the pages of the project', () => {
  const pages = new Map<string, string>();
  let scripts: Record<string, string> = {};

  beforeAll(async () => {
    const inFolders = await Promise.all(
      FOLDERS.map(async (folder) => (await readdir(folder)).map((name) => join(folder, name))),
    );
    for (const page of [...PAGES, ...inFolders.flat()]) pages.set(page, await readFile(page, 'utf8'));
    ({ scripts } = JSON.parse(await readFile('package.json', 'utf8')) as { scripts: Record<string, string> });
  });

  const all = (pattern: RegExp) =>
    [...pages].flatMap(([page, text]) =>
      [...text.matchAll(pattern)].map((match) => [page, match[1] ?? ''] as const),
    );

  it('link only to pages that exist', async () => {
    const links = all(/\]\(([^)\s]+)\)/g).filter(([, link]) => !/^(https?:|#)/.test(link));
    expect(links.length).toBeGreaterThan(15);
    expect(
      await missing(links.map(([page, link]) => [page, join(dirname(page), link.split('#')[0] ?? '')])),
    ).toEqual([]);
  });

  it('name only files and folders that exist', async () => {
    const named = all(/`((?:apps|libs|docs|test|scripts|\.ci)\/[A-Za-z0-9_./-]+)`/g);
    expect(named.length).toBeGreaterThan(5);
    expect(await missing(named)).toEqual([]);
  });

  it('name only npm scripts that exist', () => {
    const named = all(/npm (?:run (?:--silent )?([a-z-]+)|(?:start|test))/g);
    const unknown = named.filter(([, script]) => script !== '' && scripts[script] === undefined);
    expect(unknown).toEqual([]);
    expect(named.some(([page]) => page === 'README.md')).toBe(true);
    expect(Object.keys(scripts)).toEqual(expect.arrayContaining(['start', 'test']));
  });

  it('have every decision in their list of decisions, under its own title', async () => {
    const list = pages.get('docs/adr/README.md') ?? '';
    for (const name of (await readdir('docs/adr')).filter((file) => /^\d{4}-/.test(file))) {
      const title = /^# \d{4} (.+)$/m.exec(pages.get(`docs/adr/${name}`) ?? '')?.[1] ?? 'no title';
      const row = list.split('\n').find((line) => line.includes(`](${name})`)) ?? '';
      expect(row).toContain(title);
    }
  });

  it('give each decision its context, what was decided and what follows', () => {
    for (const [page, text] of pages) {
      if (!/^docs\/adr\/\d{4}/.test(page)) continue;
      const headings = [...text.matchAll(/^## (.+)$/gm)].map(([, heading]) => heading);
      expect([page, ...headings]).toEqual([page, 'Context', 'Decision', 'Consequences']);
    }
  });
});
