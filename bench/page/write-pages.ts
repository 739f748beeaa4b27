import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { mergedInto, type BenchDocument } from '../harness/results.js';
import { ROOT } from '../harness/service.js';
import { benchmarkPages } from './benchmarks-page.js';

const DOCS = new URL('docs/', ROOT);
/** The figures behind the page: a run of one bench replaces its own and leaves the others'. */
const FIGURES = new URL('benchmarks/results.json', DOCS);
/** Written by hand: what was tried, and its effect. */
const NOTES = new URL('benchmarks.notes.md', DOCS);

/** Writes `docs/benchmarks.md` and its charts from the run and what earlier runs on the same machine left. */
export async function writePages(run: BenchDocument): Promise<void> {
  const figures = mergedInto(await earlierFigures(), run);
  const notes = await readFile(NOTES, 'utf8').catch(() => '');
  const pages = benchmarkPages(figures, notes);
  pages.set('benchmarks/results.json', `${JSON.stringify(figures, null, 1)}\n`);
  for (const [path, text] of pages) {
    const target = new URL(path, DOCS);
    await mkdir(dirname(target.pathname), { recursive: true });
    await writeFile(target, text);
  }
}

async function earlierFigures(): Promise<BenchDocument | undefined> {
  const text = await readFile(FIGURES, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as BenchDocument);
}
