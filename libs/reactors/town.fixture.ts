/** A municipality's cases in a store of its own, for the tests of reactors: entries whose texts are left out. */
import { randomUUID } from 'node:crypto';
import { Pool } from 'pg';
import type { DeadlineEvent } from '#forlop/domain';
import { addDays, osloDate, startOfDayOslo } from '#forlop/domain';
import type { EventStore, Position, StoredEvent } from '#forlop/event-store';
import { openPostgresEventStore } from '#forlop/event-store';
import { sqlOver } from '#forlop/projections';
import type { TestDatabase } from '../../test/support/database.js';
import { createTestDatabase } from '../../test/support/database.js';
import { deadlineWatch } from './deadline-watch/watch.js';
import type { Reactor } from './definition.js';
import type { ReactorListing } from './listing.js';
import { listReactors } from './listing.js';
import type { ReactorOptions } from './runner.js';
import { ReactorRunner } from './runner.js';

const TODAY = osloDate(new Date().toISOString());

/** So many days after today: the store's own clock is the machine's. */
export const day = (after: number): string => addDays(TODAY, after);

export class Town {
  /** What the runners logged. */
  readonly lines: string[] = [];
  /** Oslo is at noon. */
  today = day(0);
  private runners: ReactorRunner[] = [];

  private constructor(
    readonly database: TestDatabase,
    readonly store: EventStore,
    readonly pool: Pool,
  ) {}

  static async found(): Promise<Town> {
    const database = await createTestDatabase();
    const store = await openPostgresEventStore({ connectionString: database.serviceUrl });
    const pool = new Pool({ connectionString: database.serviceUrl, application_name: 'reactors' });
    pool.on('error', () => undefined);
    return new Town(database, store, pool);
  }

  async leave(): Promise<void> {
    await Promise.all(this.runners.map((runner) => runner.stop()));
    await this.store.close();
    await this.pool.end();
    await this.database.drop();
  }

  /** A process with this reactor. */
  run(reactor: Reactor = deadlineWatch(this.store), over: Partial<ReactorOptions> = {}): ReactorRunner {
    const log = (fields: object, message: string) => this.lines.push(`${message} ${JSON.stringify(fields)}`);
    const runner = new ReactorRunner({
      reactor,
      store: this.store,
      pool: this.pool,
      log: { debug: log, info: log, warn: log, error: log },
      now: () => new Date(`${this.today}T11:00:00Z`),
      askEveryMs: 20,
      gatherMs: 0,
      retryMs: [5, 20],
      patienceMs: 20,
      retryParkedMs: 0,
      ...over,
    });
    this.runners.push(runner);
    runner.start();
    return runner;
  }

  /** A new case that begins with this referral; gives the id of the case. */
  async referral(receivedOn = day(-1)): Promise<string> {
    const caseId = randomUUID();
    await this.record(`childcase-${caseId}`, 'ReferralReceived', {
      referralId: caseId,
      concernId: caseId,
      kind: 'OVERFORT_FRA_KOMMUNE',
      receivedAt: startOfDayOslo(receivedOn),
      reporters: [{ code: '5' }],
      contents: [],
      childRef: randomUUID(),
      childBirth: { date: null },
      stayMunicipality: '3403',
      reviewDueOn: addDays(receivedOn, 7),
      receiptDueOn: addDays(receivedOn, 21),
    });
    return caseId;
  }

  assess(caseId: string, assessedOn: string): Promise<Position> {
    const data = { referralId: caseId, assessedOn, conclusion: 'DISMISSED', deadlineBreached: false };
    return this.record(`childcase-${caseId}`, 'ReferralAssessed', data);
  }

  /** Corrects the day of the first referral. */
  async correct(caseId: string, receivedOn: string): Promise<Position> {
    const [first] = await this.store.readStream(`childcase-${caseId}`);
    return this.record(`childcase-${caseId}`, 'EntryCorrected', {
      targetEventId: first?.eventId,
      targetType: 'ReferralReceived',
      newValues: { receivedAt: startOfDayOslo(receivedOn) },
      reason: null,
      effectiveOn: receivedOn,
      on: this.today,
    });
  }

  async record(streamId: string, type: string, data: object): Promise<Position> {
    const eventId = randomUUID();
    const envelope = {
      eventId,
      streamId,
      type,
      municipalityNumber: '3403',
      protection: 'UGRADERT',
      correlationId: randomUUID(),
      flags: [],
    };
    const event = {
      eventId,
      type,
      schemaVersion: 1,
      payload: JSON.stringify({ data, sealed: [] }),
      metadata: JSON.stringify(envelope),
    };
    return (await this.store.append(streamId, [event], 'any')).position;
  }

  /** The facts about the deadlines of a case, in short. */
  async facts(caseId: string): Promise<string[]> {
    return (await this.factEvents(caseId)).map(({ type, payload }) => {
      const { data } = JSON.parse(payload) as { data: DeadlineEvent['data'] };
      return `${type} ${data.rule} ${data.dueOn} ${data.on}`;
    });
  }

  factEvents = (caseId: string): Promise<StoredEvent[]> => this.store.readStream(`deadline-${caseId}`);

  async listed(name = 'deadline-watch'): Promise<ReactorListing> {
    const [listing] = await listReactors(sqlOver(this.pool), this.store, [{ name }]);
    if (listing === undefined) throw new Error('not listed');
    return listing;
  }

  /** Resolves once it holds; the test's own time limit ends it otherwise. */
  async until(holds: () => boolean | Promise<boolean>): Promise<void> {
    while (!(await holds())) await this.pool.query('select 1');
  }

  /** Waits until the reactor has taken everything up to the position into account. */
  reached(position: Position, name?: string): Promise<void> {
    return this.until(async () => ((await this.listed(name)).position ?? '') >= position);
  }
}
