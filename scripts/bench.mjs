/**
 * `npm run bench`: installs what the benches need when it is missing, compiles `bench/` aside, runs it, and sees to it that
 * nothing is left, whatever happens to the run: no process, no server, no folder. Speaks on stderr only: stdout is the answer's.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdir, mkdtemp, chmod, readFile, readdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { setTimeout } from 'node:timers';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { transformFile } from '@swc/core';
import { filesIn } from './build.mjs';

process.chdir(resolve(dirname(fileURLToPath(import.meta.url)), '..'));

const FOLDER = 'bench';
const COMPILED = join(FOLDER, 'dist');
const A_DAY = 86_400_000;
/** A run that was asked to stop has so long to do it. */
const PATIENCE = 30_000;

let asked = false;

if (!(await isInstalled())) await install();
process.exitCode = await run(await compiled());

/** npm writes what it has installed, as its last act, in the form of a lock file. */
async function isInstalled() {
  const [ours, theirs] = await Promise.all([
    packagesOf(join(FOLDER, 'package-lock.json')),
    packagesOf(join(FOLDER, 'node_modules/.package-lock.json')),
  ]);
  if (ours === undefined || theirs === undefined) return false;
  return Object.entries(ours).every(
    ([path, { version, optional }]) => path === '' || optional || theirs[path]?.version === version,
  );
}

async function packagesOf(path) {
  const text = await readFile(path, 'utf8').catch(() => undefined);
  return text === undefined ? undefined : JSON.parse(text).packages;
}

async function install() {
  process.stderr.write('Installing what the benches need (npm ci in bench/) …\n');
  const script = process.env.npm_execpath;
  const [program, first] = script?.endsWith('.js') ? [process.execPath, [script]] : ['npm', []];
  const child = spawn(program, [...first, 'ci', '--no-audit', '--no-fund'], {
    cwd: FOLDER,
    stdio: ['ignore', 2, 2],
  });
  const [code] = await once(child, 'exit');
  if (code === 0) return;
  process.stderr.write(`npm ci in ${FOLDER}/ failed (exit ${code}); its output is above\n`);
  process.exit(1);
}

/**
 * The folder with the compiled benches, named by what they are compiled from, so that a run under way keeps its own.
 * @returns {Promise<string>}
 */
async function compiled() {
  const sources = (await filesIn(FOLDER)).filter(isSource);
  const hash = createHash('sha256');
  for (const path of sources) hash.update(`${path}\n`).update(await readFile(path));
  const target = join(COMPILED, hash.digest('hex').slice(0, 16));
  if (await exists(target)) return target;
  const aside = join(COMPILED, `.${process.pid}`);
  await Promise.all(sources.map((source) => emit(source, aside)));
  await rename(aside, target).catch(() => rm(aside, { recursive: true, force: true }));
  await removeOld();
  return target;
}

function isSource(path) {
  if (path.startsWith(COMPILED) || path.startsWith(join(FOLDER, 'node_modules'))) return false;
  return /\.(ts|sql)$/.test(path) && !/\.spec\.ts$/.test(path);
}

async function emit(source, folder) {
  const target = join(folder, source.slice(FOLDER.length + 1));
  await mkdir(dirname(target), { recursive: true });
  if (source.endsWith('.sql')) return writeFile(target, await readFile(source));
  const { code } = await transformFile(source);
  return writeFile(target.replace(/\.ts$/, '.js'), code);
}

/** Of sources that have changed since; a run that began with them may still be under way. */
async function removeOld() {
  for (const name of await readdir(COMPILED)) {
    const path = join(COMPILED, name);
    const { mtimeMs } = await stat(path);
    if (mtimeMs < Date.now() - A_DAY) await rm(path, { recursive: true, force: true });
  }
}

/** Runs the benches in a process group of their own, and clears away after them. */
async function run(folder) {
  const data = await mkdtemp(join(tmpdir(), 'forlop-bench-'));
  await chmod(data, 0o711); // the database of root runs as another account, which must be able to pass
  const child = spawn(process.execPath, [join(folder, 'main.js'), ...process.argv.slice(2)], {
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, FORLOP_BENCH_FOLDER: data },
  });
  const ended = once(child, 'exit');
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => stop(child));
  const [code, signal] = await ended;
  endGroup(child.pid);
  const { clearAway } = await import(pathToFileURL(join(folder, 'harness/clear-away.js')).href);
  await clearAway(data);
  return code ?? (signal === null ? 1 : 130);
}

/** Asks once, and does not wait for ever. */
function stop(child) {
  if (asked) return;
  asked = true;
  child.kill('SIGTERM');
  setTimeout(() => child.kill('SIGKILL'), PATIENCE).unref();
}

/** What the run started and did not end itself. */
function endGroup(pid) {
  try {
    process.kill(-pid, 'SIGKILL');
  } catch {
    // Nobody is left, as it should be.
  }
}

async function exists(path) {
  return stat(path).then(
    () => true,
    () => false,
  );
}
