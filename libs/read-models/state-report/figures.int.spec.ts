import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Client } from 'pg';
import type { Counted } from '#forlop/domain';
import { INDICATOR_IDS } from '#forlop/domain';
import { sqlOver } from '#forlop/projections';
import type { TestDatabase } from '../../../test/support/database.js';
import { createTestDatabase } from '../../../test/support/database.js';
import { uuid } from '../testing.fixture.js';
import { anyHistory } from './histories.fixture.js';
import { naiveFigures, type Occurrence } from './naive.fixture.js';
import { countedAt, eventsBehind, ReportNotCaughtUp, type ReportTime } from './queries.js';
import { reportEntryTable, stateReportProjection } from './projection.js';

const KOMMUNE = '3411';
const positionOf = (index: number) => `mem:${String(index + 1).padStart(20, '0')}`;
const sorted = (figures: ReadonlyMap<string, Counted>) => [...figures].sort(([a], [b]) => (a < b ? -1 : 1));

describe('the figures of a state report', () => {
  let database: TestDatabase;
  let service: Client;
  let projector: Client;

  beforeAll(async () => {
    database = await createTestDatabase();
    service = new Client({ connectionString: database.serviceUrl });
    projector = new Client({ connectionString: database.projectorUrl });
    await Promise.all([service.connect(), projector.connect()]);
  });

  beforeEach(() => clear());

  afterAll(async () => {
    await Promise.all([service.end(), projector.end()]);
    await database.drop();
  });

  const asProjector = async (text: string, values: readonly unknown[] = []) => {
    await projector.query(`begin; select set_config('forlop.municipalities', '*', true)`);
    await projector.query(text, [...values]);
    await projector.query('commit');
  };

  const clear = () =>
    asProjector(
      `with gone as (delete from read.report_entry_v1), also as (delete from read.state_report_v1)
       delete from read.projection_checkpoint`,
    );

  /** Puts events into the read model, as the projection has them, and the checkpoint at the last. */
  async function store(events: readonly Occurrence[], from = 0, municipality = KOMMUNE, district?: string) {
    const rows = events.flatMap((event, index) =>
      stateReportProjection
        .project({
          ...event,
          position: positionOf(from + index),
          revision: 0,
          schemaVersion: 1,
          recordedAt: '2026-01-01T00:00:00.000Z',
          envelope: { municipalityNumber: municipality, ...(district ? { districtNumber: district } : {}) },
          data: event.data as never,
          payload: '',
        })
        .map((operation) => (operation.op === 'upsert' ? operation.row : {})),
    );
    const columns = Object.keys(reportEntryTable.columns).join();
    await asProjector(
      `insert into read.report_entry_v1 (${columns})
       select ${columns} from jsonb_populate_recordset(null::read.report_entry_v1, $1)`,
      [JSON.stringify(rows)],
    );
    await asProjector(
      `insert into read.projection_checkpoint (projection, version, store_id, position, status)
       values ('state-report', 1, 'test', $1, 'running') on conflict (projection) do update set position = $1`,
      [positionOf(from + events.length - 1)],
    );
  }

  async function reading<T>(
    work: (sql: ReturnType<typeof sqlOver>) => Promise<T>,
    municipality = KOMMUNE,
    district = '',
  ) {
    await service.query('begin');
    try {
      await service.query(
        `select set_config('forlop.municipalities', $1, true), set_config('forlop.district', $2, true)`,
        [municipality, district],
      );
      return await work(sqlOver(service));
    } finally {
      await service.query('rollback');
    }
  }

  const figures = (time: ReportTime = {}, year = 2026) =>
    reading((sql) => countedAt(sql, KOMMUNE, year, time));

  it('are those that a person would count, event by event, in any history and year', async () => {
    await fc.assert(
      fc.asyncProperty(anyHistory, fc.constantFrom(2025, 2026, 2027), async (events, year) => {
        await clear();
        await store(events);
        expect(sorted(await figures({}, year))).toEqual(sorted(naiveFigures(events, year)));
      }),
      { numRuns: 100 },
    );
  }, 120_000);

  it('of a position are the same before and after what came later, corrections too', async () => {
    await fc.assert(
      fc.asyncProperty(anyHistory, fc.nat(), async (events, cut) => {
        await clear();
        const first = events.slice(0, 1 + (cut % events.length));
        await store(first);
        const position = positionOf(first.length - 1);
        const then = sorted(await figures());
        expect(then).toEqual(sorted(naiveFigures(first, 2026)));
        if (first.length < events.length) await store(events.slice(first.length), first.length);
        expect(sorted(await figures({ position }))).toEqual(then);
      }),
      { numRuns: 40 },
    );
  }, 120_000);

  it('of a running year end on the day that is named', async () => {
    await fc.assert(
      fc.asyncProperty(anyHistory, async (events) => {
        await clear();
        await store(events);
        const until = '2026-08-31';
        expect(sorted(await figures({ until }))).toEqual(sorted(naiveFigures(events, 2026, until)));
      }),
      { numRuns: 25 },
    );
  }, 120_000);

  it('have behind each of them the events that it is counted from', async () => {
    await fc.assert(
      fc.asyncProperty(anyHistory, async (events) => {
        await clear();
        await store(events);
        const counted = await figures();
        for (const id of ['Q1', 'Q5', 'Q9', 'Q13', 'Q14', 'Q20'] as const) {
          const all = await reading((sql) => eventsBehind(sql, KOMMUNE, 2026, id));
          const behind = all.filter((event) => event.figures.includes(id));
          const { numerator = 0, denominator = 0 } = counted.get(id) ?? {};
          expect(behind.length > 0).toBe(numerator + denominator > 0);
          // Without the rest of the history the figure is what it was.
          const ids = new Set(behind.map(({ eventId }) => eventId));
          const alone = events.filter(({ eventId }) => ids.has(eventId));
          if (!events.some(({ type }) => type === 'EntryCorrected' || type === 'EntryRetracted')) {
            expect(naiveFigures(alone, 2026).get(id)).toEqual(counted.get(id));
          }
        }
      }),
      { numRuns: 25 },
    );
  }, 120_000);

  const received = (n: number, on: string): Occurrence => ({
    eventId: uuid(n),
    streamId: `childcase-${uuid(n)}`,
    type: 'ReferralReceived',
    data: {
      referralId: uuid(n),
      kind: 'BEKYMRINGSMELDING',
      receivedAt: `${on}T09:00:00+01:00`,
      childRef: uuid(n),
    },
  });

  it('follow a correction, say which events they rest on then, and stay at the older position', async () => {
    await store([received(1, '2026-02-02'), received(2, '2026-12-31')]);
    const before = positionOf(1);
    await store(
      [
        {
          eventId: uuid(3),
          streamId: `childcase-${uuid(2)}`,
          type: 'EntryCorrected',
          data: {
            targetEventId: uuid(2),
            targetType: 'ReferralReceived',
            effectiveOn: '2026-12-31',
            on: '2027-01-10',
            reason: null,
            newValues: { receivedAt: '2027-01-01T09:00:00+01:00' },
          },
        },
      ],
      2,
    );
    expect((await figures()).get('Q1')?.numerator).toBe(1);
    expect((await figures({ position: before })).get('Q1')?.numerator).toBe(2);
    const behind = await reading((sql) => eventsBehind(sql, KOMMUNE, 2027, 'Q1'));
    // The correction takes effect before 2027, so the referral belongs to that year.
    expect(behind).toEqual([
      {
        eventId: uuid(2),
        position: positionOf(1),
        type: 'ReferralReceived',
        caseId: uuid(2),
        figures: ['Q1'],
      },
      { eventId: uuid(3), position: positionOf(2), type: 'EntryCorrected', caseId: uuid(2), figures: ['Q1'] },
    ]);
  });

  it('count a child once, whatever cases it has', async () => {
    const child = uuid(50);
    const running = (n: number): Occurrence[] => [
      { ...received(n, '2026-02-02'), data: { ...received(n, '2026-02-02').data, childRef: child } },
      {
        eventId: uuid(n + 20),
        streamId: `childcase-${uuid(n)}`,
        type: 'MeasureStarted',
        data: { measureId: uuid(n), startedOn: '2026-03-01' },
      },
    ];
    await store([...running(1), ...running(2)]);
    const counted = await figures();
    expect(counted.get('Q7')?.numerator).toBe(1);
    expect(counted.get('Q18.UKJENT')?.numerator).toBe(2);
  });

  it('are each counted in the random histories, so that none is held against nothing', () => {
    const seen = new Set<string>();
    for (const events of fc.sample(anyHistory, { numRuns: 200, seed: 4 })) {
      for (const [key, { numerator }] of naiveFigures(events, 2026)) if (numerator > 0) seen.add(key);
    }
    expect([...INDICATOR_IDS].filter((id) => !seen.has(id))).toEqual([]);
  });

  it('count nothing that is retracted', async () => {
    const retracted: Occurrence = {
      eventId: uuid(3),
      streamId: `childcase-${uuid(1)}`,
      type: 'EntryRetracted',
      data: {
        targetEventId: uuid(1),
        targetType: 'ReferralReceived',
        effectiveOn: '2026-02-02',
        on: '2026-03-01',
      },
    };
    await store([received(1, '2026-02-02'), received(2, '2026-02-03'), retracted]);
    expect((await figures()).get('Q1')?.numerator).toBe(1);
  });

  it('are of the municipality and district that the reader is confined to', async () => {
    await store([received(1, '2026-02-02')], 0, '0301', '05');
    await store([received(2, '2026-02-02')], 1, '0301', '06');
    await store([received(3, '2026-02-02')], 2, KOMMUNE);
    const count = async (scope: string, district = '', of = '0301') =>
      (await reading((sql) => countedAt(sql, of, 2026), scope, district)).get('Q1')?.numerator ?? 0;
    expect(await count('0301')).toBe(2);
    expect(await count('0301', '05')).toBe(1);
    expect(await count(KOMMUNE)).toBe(0);
    expect(await count('')).toBe(0);
    expect(await reading((sql) => eventsBehind(sql, '0301', 2026, 'Q1'), KOMMUNE)).toEqual([]);
  });

  it('are refused for a position that the read model has not reached', async () => {
    expect(await figures()).toEqual(new Map());
    await store([received(1, '2026-02-02')]);
    await expect(figures({ position: positionOf(7) })).rejects.toBeInstanceOf(ReportNotCaughtUp);
  });
});
