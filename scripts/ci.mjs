/** Runs `npm test` and `npm run check`, and ends with one line that sums both: `N passed, N failed`. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const folder = await mkdtemp(join(tmpdir(), 'forlop-ci-'));
const report = join(folder, 'jest.json');
const tests = await npm(['test', '--', '--json', `--outputFile=${report}`]);
const check = await npm(['run', 'check']);
const counted = await countTests(report);
await rm(folder, { recursive: true, force: true });

const passed = counted.passed + (check === 0 ? 1 : 0);
const failed = counted.failed + (check === 0 ? 0 : 1);
console.log(
  `\nTests: ${counted.passed} passed, ${counted.failed} failed. Check: ${check === 0 ? 'passed' : 'failed'}.`,
);
console.log(`${passed} passed, ${failed} failed`);
process.exitCode = tests === 0 && check === 0 && failed === 0 ? 0 : 1;

/** A suite that could not run at all counts as one failed test; so does a run that left no report. */
async function countTests(path) {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  if (text === undefined) return { passed: 0, failed: 1 };
  const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites } = JSON.parse(text);
  const failed = numFailedTests + numRuntimeErrorTestSuites;
  return { passed: numPassedTests, failed: tests !== 0 && failed === 0 ? 1 : failed };
}

/** The report is in a file: what jest prints as JSON on stdout is not shown. */
async function npm(options) {
  const child = spawn('npm', options, {
    stdio: ['ignore', options[0] === 'test' ? 'ignore' : 'inherit', 'inherit'],
  });
  const [code] = await once(child, 'exit');
  return code ?? 1;
}
