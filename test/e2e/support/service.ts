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

  /** @param line the way to the databases, where a test is to cut it */
  static async start(line?: BreakableLine): Promise<TestService> {
    const [database, dataDir] = await Promise.all([
      createTestDatabase(),
      mkdtemp(join(tmpdir(), 'forlop-e2e-')),
    ]);
    const config = loadConfig({ PORT: '0', FORLOP_DATA_DIR: dataDir });
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
