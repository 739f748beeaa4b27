import { setTimeout as pause } from 'node:timers/promises';
import { StartupError, unavailableError } from '../startup-error.js';
import { ensureCluster, type Passwords } from './cluster.js';
import { EMBEDDED_DATABASES, ensureDatabases } from './databases.js';
import { Hold } from './hold.js';
import { choosePlace, isPlaced, type Place } from './place.js';
import { embeddedUrl, ensureRunning, notRunning, stopPostmaster } from './postmaster.js';

/** The four ways in, as `DATABASE_URL` and its companions would give them. */
export interface DatabaseUrls {
  readonly ownerUrl: string | undefined;
  readonly serviceUrl: string;
  readonly projectorUrl: string;
  readonly keystoreUrl: string;
}

export interface EmbeddedOptions {
  /** Absolute path of the data folder. */
  readonly dataDir: string;
  /** The one service of the folder; a command beside or without it; a process that joins a server and starts none. */
  readonly purpose: 'serve' | 'command' | 'join';
  /** Told what takes time or is unexpected. */
  readonly say: (line: string) => void;
}

const START_PATIENCE = 120_000;
/** A database that was killed alone is back within this time, or the service ends. */
const RESTART_PATIENCE = 10_000;
const LOCK_PATIENCE = 2_000;
/** A service that stops lets a running command finish for so long, then stops the server under it. */
const COMMAND_PATIENCE = 5_000;

/** A running embedded server that this process uses. Also restarts it when it dies under a service. */
export class EmbeddedDatabase {
  /** Settles, with the reason, when the server was lost and did not come back. */
  readonly lost: Promise<StartupError>;
  private giveUp: (reason: StartupError) => void = () => undefined;
  private hold: Hold | undefined;
  private joined = false;
  private closing = false;
  private recovery: Promise<void> | undefined;

  private constructor(
    private readonly options: EmbeddedOptions,
    private readonly place: Place,
    private readonly passwords: Passwords,
    private readonly port: number,
  ) {
    this.lost = new Promise((resolve) => (this.giveUp = resolve));
  }

  /**
   * Starts the folder's server, or joins the one that runs: that of a service, or what a killed process left.
   * @throws StartupError 69 when another service holds the folder, the server does not start or there is none to join, 78
   * when it cannot run here
   */
  static async open(options: EmbeddedOptions): Promise<EmbeddedDatabase> {
    if (options.purpose === 'join') await assertFolder(options.dataDir);
    const place = await choosePlace(options.dataDir, options.say);
    const passwords = await ensureCluster(place, options.say);
    for (let attempt = 1; ; attempt += 1) {
      const port = await ensureRunning(place, passwords, {
        patience: START_PATIENCE,
        adoptOnly: options.purpose === 'join',
      });
      const database = new EmbeddedDatabase(options, place, passwords, port);
      try {
        await ensureDatabases(passwords, port);
        await database.join();
        return database;
      } catch (error) {
        await database.hold?.letGo();
        if (error instanceof StartupError || attempt === 5) throw error;
        await pause(100); // a command that was the last one out stopped the server between our two steps
      }
    }
  }

  get urls(): DatabaseUrls {
    const { forlop, keys } = EMBEDDED_DATABASES;
    return {
      ownerUrl: embeddedUrl('owner', this.passwords, this.port, forlop),
      serviceUrl: embeddedUrl('service', this.passwords, this.port, forlop),
      projectorUrl: embeddedUrl('projector', this.passwords, this.port, forlop),
      keystoreUrl: embeddedUrl('keystore', this.passwords, this.port, keys),
    };
  }

  /** Where the files are. */
  get folder(): string {
    return this.place.folder;
  }

  /** Stops the server if nobody else is using it; a service stops it in any case. */
  async close(): Promise<void> {
    this.closing = true;
    await this.recovery;
    const serving = this.options.purpose === 'serve';
    const alone = await this.hold?.lastOneOut(serving ? COMMAND_PATIENCE : 0).catch(() => serving);
    if (alone === true || serving) await stopPostmaster(this.place);
    await this.hold?.letGo();
  }

  private async join(): Promise<void> {
    this.hold = await Hold.take(this.urls.ownerUrl ?? '', () => {
      if (!this.joined || this.closing) return;
      if (this.options.purpose === 'serve') this.recovery = this.recover();
      if (this.options.purpose === 'join') this.giveUp(unavailableError('The embedded database is gone'));
    });
    if (this.options.purpose === 'serve' && !(await this.hold.serve(LOCK_PATIENCE))) {
      throw unavailableError(
        `Another Forløp serves the data folder ${this.options.dataDir}. ` +
          'Stop it first, or use another folder. Example: FORLOP_DATA_DIR=.forlop-2',
      );
    }
    this.joined = true;
  }

  /** The connection that holds the folder has ended: the server crashed, or somebody killed it. */
  private async recover(): Promise<void> {
    this.joined = false;
    this.options.say('The embedded database is gone: starting it again');
    const until = Date.now() + RESTART_PATIENCE;
    while (!this.closing && !this.joined) {
      try {
        await ensureRunning(this.place, this.passwords, { port: this.port, patience: until - Date.now() });
        await this.join();
        this.options.say('The embedded database is back');
      } catch (error) {
        await this.hold?.letGo();
        if (error instanceof StartupError) {
          this.giveUp(error);
          return;
        }
        await pause(100); // the server may still be ending its crash recovery
      }
    }
  }
}

/** Who joins makes no folder and no cluster. */
async function assertFolder(dataDir: string): Promise<void> {
  if (!(await isPlaced(dataDir))) throw notRunning();
}
