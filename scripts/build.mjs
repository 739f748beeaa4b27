/** Builds `apps` and `libs` into `dist` with swc (no type check: that is `npm run check`) and copies SQL, JSON and HTML. */
import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, extname, join } from 'node:path';
import { transformFile } from '@swc/core';

const COPIED = new Set(['.sql', '.json', '.html', '.css', '.js']);

export async function build(outDir = 'dist') {
  await rm(outDir, { recursive: true, force: true });
  for (const root of ['libs', 'apps']) {
    for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) await emit(join(entry.parentPath, entry.name), outDir);
    }
  }
}

async function emit(source, outDir) {
  if (/\.(spec|fixture)\.ts$/.test(source) || source.endsWith('.d.ts')) return;
  const target = join(outDir, source);
  if (extname(source) === '.ts') {
    const { code, map } = await transformFile(source);
    const out = target.replace(/\.ts$/, '.js');
    await mkdir(dirname(out), { recursive: true });
    await writeFile(out, `${code}\n//# sourceMappingURL=${out.split('/').pop()}.map\n`);
    await writeFile(`${out}.map`, map ?? '');
  } else if (COPIED.has(extname(source))) {
    await mkdir(dirname(target), { recursive: true });
    await cp(source, target);
  }
}

if (process.argv[1]?.endsWith('build.mjs')) await build();
