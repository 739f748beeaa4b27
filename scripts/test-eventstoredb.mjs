/**
 * Runs what needs a real EventStoreDB, step by step:
 *
 *   EVENTSTORE_URL='esdb://127.0.0.1:2113?tls=false' npm run test:eventstoredb [-- step …]
 *
 * EVENTSTORE_RESET is a command that leaves that server empty (stops it, removes its data, starts it). Steps that need an
 * empty server are run only with it; without it they are named as not run. EVENTSTORE_KILL ends the server at once, and
 * EVENTSTORE_START returns when it answers again: for the step that takes it away under load. Ends with one line for each step.
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';

const { EVENTSTORE_URL: url, EVENTSTORE_RESET: reset } = process.env;

/** The server takes every variable that begins so for a setting of its own, and does not start with one it does not know. */
const SERVERS = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !name.startsWith('EVENTSTORE_')),
);

/** `specs` are patterns of paths; `empty` says that every spec file gets an empty server. */
const STEPS = [
  { name: 'contract', specs: ['adapters/eventstoredb/'], empty: false },
  { name: 'ordering-stress', specs: ['test/eventstoredb/ordering-stress'], empty: false },
  {
    name: 'store-away',
    specs: ['test/eventstoredb/store-away'],
    empty: false,
    needs: ['EVENTSTORE_KILL', 'EVENTSTORE_START'],
  },
];

if (url === undefined || url === '') {
  console.error('EVENTSTORE_URL is not set. Example: EVENTSTORE_URL=esdb://127.0.0.1:2113?tls=false');
  process.exit(64);
}
const wanted = process.argv.slice(2);
const unknown = wanted.filter((name) => STEPS.every((step) => step.name !== name));
if (unknown.length > 0) {
  console.error(
    `No such step: ${unknown.join(', ')}. There are: ${STEPS.map(({ name }) => name).join(', ')}`,
  );
  process.exit(64);
}
const results = [];
for (const step of STEPS) {
  if (wanted.length > 0 && !wanted.includes(step.name)) continue;
  results.push({ name: step.name, result: await runStep(step) });
}
console.log(`\nEventStoreDB, ${await versionOf()}:`);
for (const { name, result } of results) console.log(`  ${name}: ${result}`);
process.exitCode = results.every(({ result }) => !result.startsWith('FAILED')) ? 0 : 1;

async function runStep({ specs, empty, needs = [] }) {
  const lacking = needs.filter((name) => process.env[name] === undefined);
  if (lacking.length > 0) return `not run (needs ${lacking.join(', ')})`;
  if (empty && reset === undefined) return 'not run (needs EVENTSTORE_RESET)';
  if (reset !== undefined && (await run('sh', ['-c', reset], SERVERS)) !== 0)
    return 'FAILED (the server could not be emptied)';
  const jest = [
    '--disable-warning=ExperimentalWarning',
    '--experimental-vm-modules',
    'node_modules/jest/bin/jest.js',
  ];
  const code = await run(process.execPath, [...jest, '--config', 'jest.eventstoredb.config.mjs', ...specs]);
  return code === 0 ? 'passed' : 'FAILED';
}

async function run(program, options, env = process.env) {
  const child = spawn(program, options, { stdio: 'inherit', env });
  const [code] = await once(child, 'exit');
  return code;
}

/** As the server says it itself over HTTP; in vain where that is closed. */
async function versionOf() {
  const [, host = ''] = /^esdb(?:\+discover)?:\/\/(?:[^@/?]*@)?([^,/?]+)/.exec(url) ?? [];
  const scheme = /[?&]tls=false/i.test(url) ? 'http' : 'https';
  try {
    const answer = await globalThis.fetch(`${scheme}://${host}/info`, {
      signal: globalThis.AbortSignal.timeout(2_000),
    });
    return (await answer.json()).esVersion ?? 'of unknown version';
  } catch {
    return 'of unknown version';
  }
}
