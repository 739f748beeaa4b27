import type { Bench } from '../harness/bench.js';
import type { BenchName } from '../harness/options.js';
import { append } from './append.js';
import { history } from './history.js';
import { http } from './http.js';
import { loadDecideAppend } from './load-decide-append.js';
import { project } from './project.js';
import { readAll } from './read-all.js';
import { report } from './report.js';
import { start } from './start.js';

export const BENCHES: Readonly<Record<BenchName, Bench>> = {
  append,
  'load-decide-append': loadDecideAppend,
  'read-all': readAll,
  project,
  http,
  history,
  report,
  start,
};
