/** The engine on a database of its own, for its integration tests. */
import { Client, Pool } from 'pg';
import { MemoryEventStore } from '#forlop/event-store';
import type { EventStore } from '#forlop/event-store';
import type { TestDatabase } from '../../test/support/database.js';
import { createTestDatabase } from '../../test/support/database.js';
import { defineProjection, increment } from './definition.js';
import type { Projection } from './definition.js';
import type { ProjectionHealth } from './runner.js';
import { ProjectionRunner } from './runner.js';
import { sqlOver } from './sql.js';
import { CREATE_COUNTERS, counters } from './testing.fixture.js';
import { PositionWaiter } from './wait.js';

const FIRST_BUILD_ONLY = `
  select read.switch_view('test_counters_v1');
  truncate read.test_counters_v1;
  do $$
  declare made text;
  begin
    for made in select relname from pg_class where relname ~ '^test_counters_v[0-9]+_b[0-9]+$' loop
      execute format('drop table read.%I', made);
    end loop;
  end $$`;

const ID = '0b0e7e6a-0000-4000-8000-000000000001';

/** Counts the events of the test streams; `broken` decides which it cannot take. */
export function counting(
  options: { name?: string; version?: number; broken?: (of: string) => boolean } = {},
): Projection {
  const { name = 'counting', version = 1, broken = () => false } = options;
  return defineProjection({
    name,
    version,
    tables: [counters],
    streams: ['counter-'],
    project: (event) => {
      const of = event.data['of'] as string;
      if (broken(of)) throw new RangeError(`cannot take ${of}`);
      return [increment(counters, { id: ID, part: of }, { count: 1 })];
    },
  });
}

export class Engine {
  /** What the runners logged in this test. */
  readonly lines: string[] = [];
  readonly waiter: PositionWaiter;
  store: EventStore = new MemoryEventStore();
  private runners: ProjectionRunner[] = [];

  private constructor(
    readonly database: TestDatabase,
    readonly owner: Client,
    readonly pool: Pool,
  ) {
    this.waiter = new PositionWaiter(sqlOver(pool));
  }

  static async open(): Promise<Engine> {
    const database = await createTestDatabase();
    const owner = new Client({ connectionString: database.ownerUrl });
    await owner.connect();
    await owner.query(CREATE_COUNTERS);
    await owner.query(
      'grant select, insert, update, delete, truncate on read.test_counters_v1 to forlop_test_projector',
    );
    const pool = new Pool({ connectionString: database.projectorUrl, max: 8 });
    pool.on('error', () => undefined);
    return new Engine(database, owner, pool);
  }

  /** Before each test: an empty store. */
  begin(): void {
    this.store = new MemoryEventStore();
    this.lines.length = 0;
  }

  /** After each test: no runner, no row, no checkpoint. */
  async end(): Promise<void> {
    await Promise.all(this.runners.map((runner) => runner.stop()));
    this.runners = [];
    await this.store.close();
    await this.owner.query(FIRST_BUILD_ONLY);
    await this.pool.query(
      `begin; select set_config('forlop.municipalities', '*', true); delete from read.projection_checkpoint; delete from read.projection_build;
       delete from read.projection_failures; commit`,
    );
  }

  async close(): Promise<void> {
    await this.pool.end();
    await this.owner.end();
    await this.database.drop();
  }

  run(projection: Projection, batchSize = 10, pool = this.pool): ProjectionRunner {
    const write = (fields: object, message: string) =>
      void this.lines.push(JSON.stringify({ message, ...fields }));
    const runner = new ProjectionRunner({
      projection,
      store: this.store,
      pool,
      log: { debug: write, info: write, warn: write, error: write },
      batchSize,
      askEveryMs: 20,
      retryMs: [10, 50],
    });
    this.runners.push(runner);
    runner.start();
    return runner;
  }

  async counts(): Promise<Record<string, number>> {
    const { rows } = await this.owner.query<{ part: string; count: number }>(
      'select part, count from read.test_counters order by part',
    );
    return Object.fromEntries(rows.map(({ part, count }) => [part, count]));
  }

  reached(position: string, name = 'counting'): Promise<boolean> {
    return this.waiter.waitForPosition([name], position, 10_000);
  }

  /** Until the runner says so; bounded by the time of the test. */
  async becomes(runner: ProjectionRunner, status: ProjectionHealth['status']): Promise<ProjectionHealth> {
    while (runner.health().status !== status) await new Promise((resolve) => setImmediate(resolve));
    return runner.health();
  }
}
