/** Builds `apps` and `libs` into a folder with swc (no type check: that is `npm run check`) and copies SQL, JSON and HTML. */
import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { transformFile } from '@swc/core';

export const SOURCE_FOLDERS = ['libs', 'apps'];
const COPIED = new Set(['.sql', '.json', '.html', '.css', '.js', '.txt', '.md']);
const AT_ONCE = 8;

/** @param {string} outDir replaced as a whole */
export async function build(outDir = 'dist') {
  await rm(outDir, { recursive: true, force: true });
  const sources = (await Promise.all(SOURCE_FOLDERS.map(filesIn))).flat();
  const waiting = sources.values();
  await Promise.all(
    Array.from({ length: AT_ONCE }, async () => {
      for (const source of waiting) await emit(source, outDir);
    }),
  );
}

/** Every file below a folder of the project, as a path from its root; none when there is no such folder. */
export async function filesIn(folder) {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true }).catch(() => []);
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

async function emit(source, outDir) {
  if (/\.(spec|fixture|contract)\.ts$/.test(source) || source.endsWith('.d.ts')) return;
  const target = join(outDir, source);
  await mkdir(dirname(target), { recursive: true });
  if (extname(source) === '.ts') {
    const { code, map } = await transformFile(source);
    const out = target.replace(/\.ts$/, '.js');
    await writeFile(out, `${code}\n//# sourceMappingURL=${basename(out)}.map\n`);
    await writeFile(`${out}.map`, map ?? '');
  } else if (COPIED.has(extname(source))) {
    await cp(source, target);
  }
}

if (process.argv[1]?.endsWith('build.mjs')) await build();
