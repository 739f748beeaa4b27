import { describe, expect, it } from '@jest/globals';
import { rowOf, type BenchDocument } from '../harness/results.js';
import { benchmarkPages } from './benchmarks-page.js';
import { barChart } from './chart.js';
import { markdownTable, tableCells, textTable } from './table.js';

const at = (...values: number[]) => values.map((value) => ({ value }));

const appended = rowOf({
  name: 'append@64',
  unit: 'events/s',
  ours: at(32_000),
  peers: { 'emmett-postgresql': at(4_000), 'message-db': at(2_000) },
  required: [{ peer: 'emmett-postgresql', ratio: 8 }],
});
const started = rowOf({
  name: 'start',
  unit: 'ms',
  ours: at(3_000),
  peers: { 'without events': at(1_000) },
  required: [{ peer: 'without events', ratio: 1.5 }],
});
const document: BenchDocument = {
  bench: 'all',
  machine: {
    cores: 2,
    cpu: 'a CPU',
    memoryGiB: 24,
    system: 'linux 6 x64',
    node: 'v20.19.0',
    postgres: '18.4.0',
    date: '2026-11-25',
  },
  repetitions: 5,
  results: [appended, started],
};

describe('the table', () => {
  it('has a line for each peer, with the ratio and whether it is reached', () => {
    expect(markdownTable(tableCells([appended, started]))).toBe(
      [
        '| bench | unit | Forløp | p50 ms | p99 ms | peer | its figure | ratio | must reach |  |',
        '| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |',
        '| append@64 | events/s | 32,000 |  |  | emmett-postgresql | 4,000 | 8.00 × | ≥ 8 × emmett-postgresql | met |',
        '|  |  |  |  |  | message-db | 2,000 | 16.00 × |  |  |',
        '| start | ms | 3,000 |  |  | without events | 1,000 | 3.00 × | ≤ 1.5 × without events | missed |',
      ].join('\n'),
    );
  });

  it('stands in columns on a terminal', () => {
    const lines = textTable(tableCells([appended])).split('\n');
    expect(lines.map((line) => line.indexOf('events/s')).filter((column) => column >= 0)).toEqual([
      lines[0]?.indexOf('unit'),
    ]);
  });
});

describe('the chart', () => {
  it('names every bar, with its figure, and draws them in proportion', () => {
    const chart = barChart('Append <one>', [appended]);
    expect(chart).toContain('Append &lt;one&gt;');
    expect(chart).toContain('events/s, more is better');
    for (const text of ['append@64', 'Forløp 32,000', 'emmett-postgresql', 'message-db', 'Forløp: 8.00 ×']) {
      expect(chart).toContain(text);
    }
    const widths = [...chart.matchAll(/<rect x="190" y="\d+" width="([\d.]+)"/g)].map(([, width]) =>
      Number(width),
    );
    expect(widths).toHaveLength(3);
    expect(widths[0]).toBeCloseTo(8 * (widths[1] ?? 0), 0);
  });
});

describe('the page', () => {
  it('has the machine, a section with a chart for each bench, and what was written by hand', () => {
    const pages = benchmarkPages(document, '## What was tried\n\nEverything.\n');
    expect([...pages.keys()]).toEqual(['benchmarks/append.svg', 'benchmarks/start.svg', 'benchmarks.md']);
    const page = pages.get('benchmarks.md') ?? '';
    expect(page).toContain('2 cores (a CPU), 24 GiB');
    expect(page).toContain('Node v20.19.0, embedded PostgreSQL 18.4.0');
    expect(page).toContain('](benchmarks/append.svg)');
    expect(page).not.toContain('load-decide-append');
    expect(page.endsWith('## What was tried\n\nEverything.\n')).toBe(true);
  });
});
