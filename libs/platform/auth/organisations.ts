import { readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { configurationError } from '../startup-error.js';
import { writeAside } from '../write-aside.js';

/** The municipality, and in the three cities the district, that an organisation acts for. */
export interface Organisation {
  readonly municipality: string;
  readonly district?: string;
}

type Organisations = Readonly<Record<string, Organisation>>;

/** The organisations file of a data folder: `{"0192:<9 digits>": {"municipality", "district"?}}`. */
export class OrganisationsFile {
  private readonly path: string;
  private cached: { readonly at: string; readonly organisations: Organisations } | undefined;

  constructor(dataDir: string) {
    this.path = join(dataDir, 'organisations.json');
  }

  async find(org: string): Promise<Organisation | undefined> {
    const organisations = await this.read();
    return Object.hasOwn(organisations, org) ? organisations[org] : undefined;
  }

  /** Adds or replaces one. Written aside and renamed: a running service never reads half a file. */
  async add(org: string, organisation: Organisation): Promise<void> {
    const organisations = { ...(await this.read()), [org]: organisation };
    await rename(await writeAside(this.path, `${JSON.stringify(organisations, null, 2)}\n`), this.path);
  }

  /** Read again when the file has changed; a missing file holds none. */
  private async read(): Promise<Organisations> {
    // The inode too: every change is a new file, and two within one tick of the clock have the same time.
    const at = await stat(this.path).then(
      (found) => `${found.ino} ${found.mtimeMs}`,
      () => undefined,
    );
    if (at === undefined) return {};
    if (this.cached?.at === at) return this.cached.organisations;
    const organisations = await this.parse();
    this.cached = { at, organisations };
    return organisations;
  }

  private async parse(): Promise<Organisations> {
    try {
      return JSON.parse(await readFile(this.path, 'utf8')) as Organisations;
    } catch {
      throw configurationError(`FORLOP_DATA_DIR: ${this.path} cannot be read as JSON`);
    }
  }
}
