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
import { readdir } from 'node:fs/promises';

const { EVENTSTORE_URL: url, EVENTSTORE_RESET: reset } = process.env;
const OWN_CONFIG = 'jest.eventstoredb.config.mjs';

/** The server takes every variable that begins so for a setting of its own, and does not start with one it does not know. */
const SERVERS = Object.fromEntries(
  Object.entries(process.env).filter(([name]) => !name.startsWith('EVENTSTORE_')),
);

/**
 * `specs` are patterns of paths, run together; with `each` one after the other, every file on an empty server. `except` are
 * files and `without` are tests that say nothing of another store; `needs` are variables without which it is not run.
 */
const STEPS = [
  { name: 'contract', config: OWN_CONFIG, specs: ['adapters/eventstoredb/'] },
  { name: 'ordering-stress', config: OWN_CONFIG, specs: ['test/eventstoredb/ordering-stress'] },
  {
    name: 'store-away',
    config: OWN_CONFIG,
    specs: ['test/eventstoredb/store-away'],
    needs: ['EVENTSTORE_KILL', 'EVENTSTORE_START'],
  },
  { name: 'demo', config: OWN_CONFIG, specs: ['test/eventstoredb/demo'], needs: ['EVENTSTORE_RESET'] },
  {
    name: 'e2e',
    config: 'jest.config.mjs',
    each: 'test/e2e',
    needs: ['EVENTSTORE_RESET'],
    // What is about the events' tables in PostgreSQL, or brings a server of its own.
    except: [
      'generated-world.e2e.spec.ts',
      'moved.e2e.spec.ts',
      'parked.e2e.spec.ts',
      'store-away.e2e.spec.ts',
      'telemetry.e2e.spec.ts',
    ],
    without: [
      'a read that cannot be logged',
      'a replay or a package that cannot be recorded',
      'appends with their batches',
    ],
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

async function runStep({ config, specs, each, except = [], without = [], needs = [] }) {
  const lacking = needs.filter((name) => process.env[name] === undefined);
  if (lacking.length > 0) return `not run (needs ${lacking.join(', ')})`;
  if (each === undefined)
    return (await emptied()) ? jest(config, specs) : 'FAILED (the server could not be emptied)';
  const files = (await readdir(each))
    .filter((file) => file.endsWith('.spec.ts') && !except.includes(file))
    .sort();
  const failed = [];
  for (const file of files) {
    if (!(await emptied())) return 'FAILED (the server could not be emptied)';
    if ((await jest(config, [`${each}/${file}`], without)) !== 'passed') failed.push(file);
  }
  const outcome = failed.length === 0 ? `passed, ${files.length} files` : `FAILED (${failed.join(', ')})`;
  return `${outcome}; not run: ${[...except, ...without.map((name) => `«${name}»`)].join(', ')}`;
}

/** Whether the server may be used: emptied where there is a way to, as it is where there is none. */
async function emptied() {
  return reset === undefined || (await run('sh', ['-c', reset], SERVERS)) === 0;
}

async function jest(config, specs, without = []) {
  const options = [
    '--disable-warning=ExperimentalWarning',
    '--experimental-vm-modules',
    'node_modules/jest/bin/jest.js',
  ];
  if (without.length > 0) options.push(`--testNamePattern=^(?!.*(?:${without.join('|')}))`);
  const env = { ...process.env, FORLOP_E2E_EVENTSTORE_URL: url };
  const code = await run(process.execPath, [...options, '--config', config, ...specs], env);
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
