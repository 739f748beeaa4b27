import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { Closing } from '../../../apps/cli/serve/closing.js';
import { compose } from '../../../apps/cli/serve/compose.js';
import type { Role } from '#forlop/domain';
import { DevelopmentIssuer, createLogger, loadConfig } from '#forlop/platform';
import { createTestDatabase } from '../../support/database.js';
import type { TestDatabase } from '../../support/database.js';
import type { BreakableLine } from './breakable-line.js';
import { Client } from './client.js';

export interface Claims {
  readonly role: Role;
  readonly municipality?: string;
  readonly district?: string;
  readonly org?: string;
  readonly sub?: string;
}

/** Where `npm run test:eventstoredb` has the events kept; otherwise they are in the test's own database. */
const EVENTSTORE_URL = process.env['FORLOP_E2E_EVENTSTORE_URL'];

/** What a service is started on, where it is not on databases of its own. */
export interface Place {
  /** The way to the databases, where a test is to cut it. */
  readonly line?: BreakableLine;
  readonly database?: TestDatabase;
  /** With the keys that go with the database’s key store. */
  readonly dataDir?: string;
  /** Of an EventStoreDB; `postgres` keeps the events in the database whatever the run is for. */
  readonly events?: string;
}

/** The whole service as `forlop serve` composes it, on two fresh databases and a port of its own. */
export class TestService {
  private constructor(
    readonly url: string,
    readonly database: TestDatabase,
    readonly dataDir: string,
    private readonly issuer: DevelopmentIssuer,
    private readonly closing: Closing,
    private readonly lines: readonly string[],
  ) {}

  static async start({ line, events = EVENTSTORE_URL, ...given }: Place = {}): Promise<TestService> {
    const [database, dataDir] = await Promise.all([
      given.database ?? createTestDatabase(),
      given.dataDir ?? mkdtemp(join(tmpdir(), 'forlop-e2e-')),
    ]);
    const url = events === 'postgres' ? undefined : events;
    const config = loadConfig({ PORT: '0', FORLOP_DATA_DIR: dataDir, EVENTSTORE_URL: url });
    const lines: string[] = [];
    const log = createLogger('info', lineSink(lines));
    const closing = new Closing();
    const { address } = await compose(config, line ? ledThrough(line, database) : database, log, closing);
    const issuer = await DevelopmentIssuer.open(dataDir);
    return new TestService(address, database, dataDir, issuer, closing, lines);
  }

  /** Everything that was logged so far. */
  get logged(): string {
    return this.lines.join('');
  }

  async token(
    { role, org = '0192:999999999', sub = `ansatt-${role.toLowerCase()}`, ...place }: Claims,
    ttl = 3600,
  ) {
    return this.issuer.mint({ role, org, sub, ...place }, ttl);
  }

  /** Somebody who is logged in. */
  async as(claims: Claims): Promise<Client> {
    return new Client(this.url, await this.token(claims));
  }

  get anybody(): Client {
    return new Client(this.url);
  }

  /** Stops the service; the databases stay, to be looked at. */
  async stop(): Promise<void> {
    await this.closing.run();
  }

  async close(): Promise<void> {
    await this.stop();
    await Promise.all([this.database.drop(), rm(this.dataDir, { recursive: true, force: true })]);
  }
}

const ledThrough = (line: BreakableLine, database: TestDatabase): TestDatabase => ({
  ...database,
  ownerUrl: line.through(database.ownerUrl),
  serviceUrl: line.through(database.serviceUrl),
  projectorUrl: line.through(database.projectorUrl),
  keystoreUrl: line.through(database.keystoreUrl),
});

const lineSink = (lines: string[]): Writable =>
  new Writable({
    write(chunk: Buffer, _encoding, done) {
      lines.push(chunk.toString());
      done();
    },
  });
