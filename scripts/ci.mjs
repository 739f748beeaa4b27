/**
 * Runs `npm test`, `npm run check` and every bench once, quickly, and ends with one line that sums them: `N passed, N failed`.
 * Of a bench it counts that it ran to its end; how fast it was on a busy machine says nothing.
 */
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
const benches = await runBenches();
await rm(folder, { recursive: true, force: true });

const passed = counted.passed + (check === 0 ? 1 : 0) + benches.passed;
const failed = counted.failed + (check === 0 ? 0 : 1) + benches.failed;
console.log(
  `\nTests: ${counted.passed} passed, ${counted.failed} failed. Check: ${check === 0 ? 'passed' : 'failed'}. ` +
    `Benches: ${benches.passed} ran, ${benches.failed} failed.`,
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

/** All in one run, which goes on after one that fails. Without an answer, none of them ran: that counts as one. */
async function runBenches() {
  const child = spawn('npm', ['run', '--silent', 'bench', '--', '--quick', '--json'], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const ended = once(child, 'exit');
  let answer = '';
  for await (const chunk of child.stdout) answer += chunk;
  await ended;
  try {
    const { results, failed = [] } = JSON.parse(answer);
    const ran = new Set(results.map(({ name }) => name.replace(/@.*$|-memory$/, '')));
    return { passed: ran.size, failed: failed.length };
  } catch {
    return { passed: 0, failed: 1 };
  }
}

/** The report is in a file: what jest prints as JSON on stdout is not shown. */
async function npm(options) {
  const child = spawn('npm', options, {
    stdio: ['ignore', options[0] === 'test' ? 'ignore' : 'inherit', 'inherit'],
  });
  const [code] = await once(child, 'exit');
  return code ?? 1;
}
