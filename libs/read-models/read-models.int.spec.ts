import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client, Pool } from 'pg';
import { DataSource } from 'typeorm';
import { ProjectionRunner, PositionWaiter, rebuildProjection, sqlOver } from '#forlop/projections';
import type { TestDatabase } from '../../test/support/database.js';
import { createTestDatabase } from '../../test/support/database.js';
import {
  accessLogOf,
  caseAuditTrail,
  caseHistoryOf,
  caseOverviewOf,
  casesIn,
  documentsOf,
  municipalityAuditTrail,
  projections,
} from './index.js';
import type { Page, PageRequest } from './index.js';
import { accessed, ids, registered, revised, ringsaker, story, texts } from './story.fixture.js';
import { World, uuid } from './testing.fixture.js';

const TODAY = '2026-05-04';
const inRingsaker = { municipalities: ['3411'] };
const elsewhere = { municipalities: ['3401', '0301'] };
const oslo05 = { municipality: '0301', district: '05' };
const osloCase = uuid(60);

const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

describe('the read models', () => {
  const world = new World();
  let database: TestDatabase;
  let service: DataSource;
  let pool: Pool;
  let runners: ProjectionRunner[];
  let waiter: PositionWaiter;
  const statements: string[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    service = await new DataSource({
      type: 'postgres',
      url: database.serviceUrl,
      installExtensions: false,
      logging: ['query'],
      logger: {
        logQuery: (query: string) => void statements.push(query),
        logQueryError: () => undefined,
        logQuerySlow: () => undefined,
        logSchemaBuild: () => undefined,
        logMigration: () => undefined,
        log: () => undefined,
      },
    }).initialize();
    pool = new Pool({ connectionString: database.projectorUrl, max: projections.length + 4 });
    waiter = new PositionWaiter(sqlOver(pool));
    runners = projections.map(
      (projection) => new ProjectionRunner({ projection, store: world.store, pool, log, askEveryMs: 20 }),
    );
    for (const runner of runners) runner.start();
    await world.happens(ringsaker, registered, ...story);
    await world.happens(
      oslo05,
      { ...(story[0] ?? registered), streamId: `childcase-${osloCase}` },
      accessed([osloCase], { streamId: 'accesslog-0301-2026-04-23' }),
    );
    await world.happens(ringsaker, accessed([ids.case, uuid(61)]), accessed([]));
    await caughtUp();
  });

  afterAll(async () => {
    await Promise.all(runners.map((runner) => runner.stop()));
    await pool.end();
    await service.destroy();
    await world.store.close();
    await database.drop();
  });

  async function caughtUp(): Promise<string> {
    const head = (await world.store.head()) ?? '';
    expect(
      await waiter.waitForPosition(
        projections.map(({ name }) => name),
        head,
        10_000,
      ),
    ).toBe(true);
    return head;
  }

  const theCase = (scope = inRingsaker) => caseOverviewOf(service, world.opener, scope, ids.case, TODAY);

  it('show a case as it stands, with its texts', async () => {
    const { case: shown, position } = await theCase();
    expect(position).toBe(await world.store.head());
    expect(shown).toMatchObject({
      caseId: ids.case,
      personId: ids.child,
      municipality: '3411',
      state: 'MEASURES_ACTIVE',
      revision: story.length - 1,
      referrals: [
        {
          referralId: ids.referral,
          description: texts.description,
          assessment: { conclusion: 'INVESTIGATE', professionalAssessment: texts.assessment },
        },
      ],
      investigations: [
        { investigationId: ids.investigation, extensions: [], conclusion: { outcome: 'VEDTAK_TILTAK' } },
      ],
      participations: [{ phase: 'VEDTAK', opinion: texts.opinion }],
      parties: [{ personRef: ids.mother, relation: 'MOR', role: 'PARENT_DAILY_CARE', isParty: true }],
      consents: [{ consentId: ids.consent, effective: true, purpose: texts.purpose }],
      decisions: [
        {
          decisionId: ids.decision,
          facts: texts.assessment,
          measures: [{ measureId: ids.measure, content: texts.content }],
          notifications: [{ notifiedOn: '2026-03-04' }],
        },
      ],
      plans: [
        {
          planId: ids.plan,
          version: 1,
          state: 'ESTABLISHED',
          evaluations: [{ evaluationId: ids.evaluation }],
        },
      ],
      measures: [
        {
          measureId: ids.measure,
          catalogueCode: 'stottekontakt',
          state: 'STARTED',
          startedOn: '2026-03-09',
          endedOn: null,
        },
      ],
      tasks: [{ kind: 'REVISE_PLAN', rule: '32', dueOn: '2026-04-22' }],
    });
    expect(shown).not.toHaveProperty('district');
    expect(shown?.deadlines.map(({ rule, metOn, daysLate }) => [rule, metOn, daysLate])).toEqual([
      ['D1', '2026-02-05', undefined],
      ['D7', '2026-03-06', 4],
      ['D12', undefined, undefined],
      ['D9', '2026-04-22', 2],
      ['D4', '2026-03-02', undefined],
      ['D10', undefined, undefined],
    ]);
  });

  it('read a case in three round trips, however much is in it', async () => {
    statements.length = 0;
    await theCase();
    expect(statements.map((text) => text.split(' ', 2).join(' '))).toEqual([
      'begin isolation',
      '-- A',
      'commit',
    ]);
  });

  it('list the cases in scope by their last change', async () => {
    const page = await casesIn(service, { municipalities: ['3411', '0301'] });
    expect(page.items).toMatchObject([
      { caseId: ids.case, personId: ids.child, state: 'MEASURES_ACTIVE', revision: story.length - 1 },
      { caseId: osloCase, district: '05', state: 'RECEIVED', revision: 0 },
    ]);
    expect(page.position).toBe(await world.store.head());
  });

  it('list the documents of a case', async () => {
    const { items } = await documentsOf(service, world.opener, inRingsaker, ids.case);
    expect(items).toMatchObject([
      { documentId: ids.document, documentClass: texts.content, internal: false },
    ]);
  });

  it('tell the chronology of a case, with its texts', async () => {
    const { items, position } = await caseHistoryOf(service, world.opener, inRingsaker, ids.case);
    expect(items.map(({ type, revision }) => [type, revision])).toEqual(
      story.map(({ type }, revision) => [type, revision]),
    );
    expect(items[0]).toEqual({
      position: items[0]?.position,
      revision: 0,
      eventId: items[0]?.eventId,
      type: 'ReferralReceived',
      occurredAt: '2026-02-02T09:00:00+01:00',
      recordedAt: '2026-02-02T11:00:00.000Z',
      actor: { subjectId: 'ansatt-17', role: 'SAKSBEHANDLER', orgNumber: '0192:999999999' },
      legalBasis: [{ law: 'BVL2021', section: '2-1', paragraph: 1, letter: null }],
      rulesetVersion: 'BVL2021-2026',
      flags: [],
      data: story[0]?.data,
    });
    expect(position).toBe(await world.store.head());
  });

  it('trace who did and read what in a case, back-dating marked, without any text', async () => {
    const { items } = await caseAuditTrail(service, inRingsaker, ids.case);
    expect(items.map(({ type }) => type)).toEqual([...story.map(({ type }) => type), 'CaseHistoryAccessed']);
    expect(items.filter(({ backDated }) => backDated).map(({ type }) => type)).toEqual(['MeasureStarted']);
    expect(items.at(-1)).toMatchObject({ decision: 'PERMIT', purpose: 'TJENSTLIG', caseId: ids.case });
    expect(JSON.stringify(items)).not.toContain('data');
  });

  it('trace each event of a municipality once, persons and reads of no case among them', async () => {
    const { items } = await municipalityAuditTrail(service, inRingsaker);
    expect(items.map(({ type }) => type)).toEqual([
      'PersonRegistered',
      ...story.map(({ type }) => type),
      'CaseHistoryAccessed',
      'CaseHistoryAccessed',
    ]);
    expect(items.at(-2)?.caseIds).toEqual([ids.case, uuid(61)]);
    expect(items[0]).toMatchObject({ personId: ids.child });
  });

  it('trace a municipality between two instants, both included', async () => {
    const within = (from: string, to: string) =>
      municipalityAuditTrail(service, inRingsaker, { from, to }).then(({ items }) =>
        items.map(({ type }) => type),
      );
    expect(await within('2026-03-04T11:00:00Z', '2026-03-06T12:00:00+01:00')).toEqual([
      'DecisionNotified',
      'PlanEstablished',
    ]);
    expect(await within('2026-03-04T11:00:00.001Z', '2026-03-06T11:59:59.999+01:00')).toEqual([]);
  });

  it('trace several municipalities as one, page by page', async () => {
    const both = { municipalities: ['0301', '3411'] };
    const whole = await municipalityAuditTrail(service, both);
    const positions = whole.items.map(({ position }) => position);
    expect(positions).toEqual(positions.toSorted());
    expect(whole.items).toHaveLength(story.length + 5);
    const paged: unknown[] = [];
    for (let after: string | undefined, more = true; more;) {
      const page: Page<unknown> = await municipalityAuditTrail(
        service,
        both,
        { from: '2026-02-01T00:00:00Z', to: '2027-01-01T00:00:00Z' },
        { limit: 3, ...(after === undefined ? {} : { after }) },
      );
      paged.push(...page.items);
      after = page.next;
      more = after !== undefined;
    }
    expect(paged).toEqual(whole.items);
  });

  it('tell who has read a case', async () => {
    const { items } = await accessLogOf(service, inRingsaker, ids.case);
    expect(items).toEqual([
      {
        position: items[0]?.position,
        eventId: items[0]?.eventId,
        accessedAt: '2026-04-23T08:00:00Z',
        recordedAt: '2026-04-23T11:00:00.000Z',
        who: 'ansatt-17',
        role: 'SAKSBEHANDLER',
        org: '0192:999999999',
        what: { view: 'GET /cases/{caseId}' },
        purpose: 'TJENSTLIG',
        decision: 'PERMIT',
        legalBasis: [{ law: 'BVL2021', section: '13-1', paragraph: null, letter: null }],
      },
    ]);
  });

  it('give a list part by part, each item once and in order', async () => {
    const read = (page: PageRequest): Promise<Page<{ position: string }>> =>
      caseHistoryOf(service, world.opener, inRingsaker, ids.case, page);
    const whole = (await read({})).items.map(({ position }) => position);
    for (const limit of [1, 4, story.length - 1, story.length, 200]) {
      const parts: string[][] = [];
      let after: string | undefined;
      do {
        const { items, next } = await read({ limit, ...(after === undefined ? {} : { after }) });
        parts.push(items.map(({ position }) => position));
        after = next;
      } while (after !== undefined);
      expect(parts.flat()).toEqual(whole);
      expect(parts.length).toBe(Math.ceil(whole.length / limit));
    }
  });

  it.each([{ limit: 0 }, { limit: 201 }, { limit: 1.5 }, { after: 'yesterday' }])(
    'refuse the page %j',
    async (page) => {
      await expect(casesIn(service, inRingsaker, page)).rejects.toMatchObject({ name: 'BadPage' });
    },
  );

  it('show nothing of another municipality, by any query', async () => {
    expect((await theCase(elsewhere)).case).toBeUndefined();
    const pages = await Promise.all([
      caseHistoryOf(service, world.opener, elsewhere, ids.case),
      documentsOf(service, world.opener, elsewhere, ids.case),
      caseAuditTrail(service, elsewhere, ids.case),
      accessLogOf(service, elsewhere, ids.case),
      casesIn(service, { municipalities: ['3401'] }),
      municipalityAuditTrail(service, { municipalities: ['3401'] }),
    ]);
    expect(pages.map(({ items }) => items)).toEqual([[], [], [], [], [], []]);
  });

  it('show a district its own cases and no others', async () => {
    const of = async (district: string) =>
      (await casesIn(service, { municipalities: ['0301'], district })).items.map(({ caseId }) => caseId);
    expect(await of('05')).toEqual([osloCase]);
    expect(await of('06')).toEqual([]);
  });

  it('refuse a scope that is no list of municipalities', async () => {
    await expect(casesIn(service, { municipalities: ['*'] })).rejects.toThrow(TypeError);
    await expect(casesIn(service, { municipalities: ['3411,0301'] })).rejects.toThrow(TypeError);
    await expect(casesIn(service, { ...inRingsaker, district: 'x' })).rejects.toThrow(TypeError);
    expect((await casesIn(service, { municipalities: [] })).items).toEqual([]);
  });

  it('have no text in clear in any table', async () => {
    const everything = await dump(database.ownerUrl, pool);
    expect(everything).toContain(ids.case);
    for (const text of Object.values(texts)) expect(everything).not.toContain(text);
    expect(everything).not.toContain('2014-05-01');
  });

  it('give the same rows when they are built twice', async () => {
    const before = await dump(database.ownerUrl, pool);
    for (const projection of projections) {
      await rebuildProjection({ projection, store: world.store, pool, batchSize: 3 });
    }
    expect(await dump(database.ownerUrl, pool)).toBe(before);
  });

  it('close the task when the plan is revised', async () => {
    await world.happens(ringsaker, revised);
    await caughtUp();
    const { case: shown } = await theCase();
    expect(shown?.tasks).toEqual([]);
    expect(shown?.plans).toMatchObject([{ version: 2, state: 'REVISED' }]);
  });

  it('show [slettet] for every text once the key is destroyed, and everything else as before', async () => {
    await world.keys.destroy(ids.child);
    const { case: shown } = await theCase();
    expect(shown).toMatchObject({
      state: 'MEASURES_ACTIVE',
      referrals: [{ description: '[slettet]', assessment: { professionalAssessment: '[slettet]' } }],
      measures: [{ state: 'STARTED' }],
    });
    const { items } = await caseHistoryOf(service, world.opener, inRingsaker, ids.case);
    expect(items[0]?.data).toMatchObject({ description: '[slettet]', referralId: ids.referral });
    const answers = JSON.stringify([shown, items]);
    for (const text of Object.values(texts)) expect(answers).not.toContain(text);
  });
});

/** Every row behind every view of `read`, as the projector sees it. */
async function dump(ownerUrl: string, projector: Pool): Promise<string> {
  const owner = new Client({ connectionString: ownerUrl });
  await owner.connect();
  const { rows } = await owner.query<{ view: string; name: string }>(
    `select distinct v.relname as view, format('read.%I', t.relname) as name
       from pg_rewrite r
       join pg_class v on v.oid = r.ev_class and v.relnamespace = 'read'::regnamespace and v.relkind = 'v'
       join pg_depend d on d.objid = r.oid and d.refclassid = 'pg_class'::regclass
       join pg_class t on t.oid = d.refobjid and t.relkind = 'r'
      order by 1`,
  );
  await owner.end();
  const client = await projector.connect();
  await client.query(`begin; select set_config('forlop.municipalities', '*', true)`);
  const lines: string[] = [];
  for (const { view, name } of rows) {
    const table = await client.query<{ line: string }>(
      `select to_jsonb(t)::text as line from ${name} t order by 1`,
    );
    lines.push(view, ...table.rows.map(({ line }) => line));
  }
  await client.query('commit');
  client.release();
  return lines.join('\n');
}
