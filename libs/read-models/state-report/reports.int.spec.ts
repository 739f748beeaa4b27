import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Pool } from 'pg';
import { DataSource } from 'typeorm';
import { INDICATOR_IDS, reportFigures, stateReportStream } from '#forlop/domain';
import { rebuildProjection } from '#forlop/projections';
import type { TestDatabase } from '../../../test/support/database.js';
import { createTestDatabase } from '../../../test/support/database.js';
import { readInScope } from '../scope.js';
import { ringsaker, story } from '../story.fixture.js';
import { uuid, World, type Happening } from '../testing.fixture.js';
import { eventsBehind, figuresAt } from './queries.js';
import { stateReportProjection } from './projection.js';
import { everHidden, periodEnd, reportsOf, statusOf } from './reports.js';

const KEY = { municipality: '3411', year: 2026 } as const;
const SCOPE = { municipalities: ['3411'] };
const REPORT_KEY = uuid(77);

describe('state reports in the read model', () => {
  const world = new World();
  let database: TestDatabase;
  let service: DataSource;
  let pool: Pool;

  const onReport = (type: string, data: object): Happening => ({
    streamId: stateReportStream(KEY.municipality, KEY.year),
    subject: REPORT_KEY,
    type,
    data: { ...KEY, ...data },
  });
  const generated = (on: string, over: object = {}) =>
    onReport('StateReportGenerated', {
      on,
      asOf: { storeId: 'store', position: 'pg:00000000000000000042', lastEventId: uuid(1) },
      ...reportFigures(new Map([['Q1', { numerator: 2 }]])),
      textChapters: { '1': 'Et godt år.', '7': 'Flere evalueringer.' },
      ...over,
    });

  beforeAll(async () => {
    database = await createTestDatabase();
    service = await new DataSource({
      type: 'postgres',
      url: database.serviceUrl,
      installExtensions: false,
    }).initialize();
    pool = new Pool({ connectionString: database.projectorUrl, max: 2 });
    await world.happens(
      ringsaker,
      ...story,
      generated('2026-12-01'),
      onReport('StateReportApproved', { approvedBy: 'direktor-1', on: '2026-12-05' }),
      onReport('StateReportPresented', { meetingDate: '2026-12-10', body: 'Kommunestyret' }),
      generated('2027-02-01', { reason: 'To saker var ført på feil år' }),
    );
    await rebuildProjection({ projection: stateReportProjection, store: world.store, pool });
  });

  afterAll(async () => {
    await pool.end();
    await service.destroy();
    await world.store.close();
    await database.drop();
  });

  it('are answered as they were generated, each version with what became of it', async () => {
    const [year, ...others] = await reportsOf(service, world.opener, SCOPE, '3411');
    expect(others).toEqual([]);
    expect(year?.versions).toMatchObject([
      {
        report: {
          ...KEY,
          on: '2026-12-01',
          textChapters: { '1': 'Et godt år.', '7': 'Flere evalueringer.' },
        },
        approved: { by: 'direktor-1', on: '2026-12-05' },
        presented: { meetingDate: '2026-12-10', body: 'Kommunestyret' },
      },
      { report: { on: '2027-02-01', reason: 'To saker var ført på feil år' } },
    ]);
    expect(year?.versions.map(statusOf)).toEqual(['PRESENTED', 'GENERATED']);
    expect(year === undefined ? [] : [...everHidden(year)]).toEqual(['Q1']);
  });

  it('keep their chapters sealed in the table', async () => {
    const rows = await readInScope(service, SCOPE, (sql) => sql('select * from read.state_report', []));
    expect(rows).toHaveLength(4);
    expect(JSON.stringify(rows)).not.toContain('Et godt år');
  });

  it('are not there for another municipality', async () => {
    expect(await reportsOf(service, world.opener, { municipalities: ['3401'] }, '3411')).toEqual([]);
  });

  it('have figures that are suppressed when a case is alone, and the events behind them', async () => {
    const { indicators, suppressedCells } = await readInScope(service, SCOPE, (sql) =>
      figuresAt(sql, '3411', 2026),
    );
    expect(indicators.map(({ id }) => id)).toEqual(INDICATOR_IDS);
    expect(indicators.find(({ id }) => id === 'Q1')).toEqual({ id: 'Q1', suppressed: true });
    expect(suppressedCells).toContainEqual({ indicator: 'Q1' });
    const behind = await readInScope(service, SCOPE, (sql) => eventsBehind(sql, '3411', 2026, 'Q5'));
    expect(behind.map(({ type }) => type)).toEqual([
      'ReferralReceived',
      'InvestigationOpened',
      'InvestigationConcluded',
    ]);
  });

  it('end their period on the day that they are made while the year runs', () => {
    expect(periodEnd(2026, '2026-11-25')).toBe('2026-11-25');
    expect(periodEnd(2026, '2027-01-15')).toBe('2026-12-31');
  });
});
