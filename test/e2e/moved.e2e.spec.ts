import { createHash, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openStore } from '../../apps/cli/store.js';
import { copyStore, openEventStoreDBForCopy, openPostgresForCopy } from '#forlop/event-store';
import type { CopyTarget } from '#forlop/event-store';
import { createPool, loadConfig } from '#forlop/platform';
import { listProjections, rebuildAll, sqlOver } from '#forlop/projections';
import { projections } from '#forlop/read-models';
import { FakeEventStoreDB } from '../eventstoredb/fake-server.js';
import { createTestDatabase } from '../support/database.js';
import type { TestDatabase } from '../support/database.js';
import { playCase } from './support/case-to-end.js';
import type { Answer, Client, Json } from './support/client.js';
import { giveStoreId, readModelRows, withoutPositions } from './support/everything-stored.js';
import { decideRequest, letter, requestBy } from './support/innsyn.js';
import { TestService } from './support/service.js';
import { day, openCase } from './support/story.js';

const YEAR = Number(day(-80).slice(0, 4));
const AT = `/state-reports/3401/${YEAR}`;
const TILSYN = { 'access-purpose': 'TILSYN' };

/** What is asked before and after: who asks, where, and what of the answer must be the same. */
interface Question {
  readonly who: 'clerk' | 'leader' | 'archivist' | 'supervisor';
  readonly path: string;
  readonly headers?: Record<string, string>;
  readonly same: (answer: Answer) => unknown;
}

const text = (answer: Answer): unknown => [answer.status, answer.text];
const besidesPositions = (answer: Answer): unknown => [answer.status, withoutPositions(answer.text)];
/** Each replay is recorded in the supervision, and shown there. */
const besidesReplays = ({ status, body: { replays: _, ...body } }: Answer): unknown => [
  status,
  JSON.stringify(body),
];

/** A municipality with a presented report, a delivered package, a dossier, and what came after each of them. */
class World {
  readonly questions: Question[] = [];
  answers: unknown[] = [];
  package = '';
  /** A command that was answered before the move. */
  readonly command = { key: randomUUID(), body: {}, path: '' };
  repeated: Json = {};

  constructor(readonly service: TestService) {}

  async build(): Promise<void> {
    const { clerk, leader, archivist, supervisor, director } = await callersOf(this.service);
    const played = await playCase(clerk, leader);
    const others = await Promise.all(Array.from({ length: 5 }, () => openCase(clerk)));
    await leader.accepted(`${AT}/generation`, {});
    await director.accepted(`${AT}/approval`, {});

    const requestId = String((await archivist.accepted('/access-requests', requestBy(played)))['requestId']);
    const { documentId } = await archivist.accepted(`/cases/${played.caseId}/documents`, letter());
    const proposal = await archivist.get(`/access-requests/${requestId}/proposal`);
    const documents = (proposal.body['items'] as Json[]).filter(({ kind }) => kind === 'DOCUMENT');
    const assessments = documents.map(({ documentId: id }) => [String(id), { result: 'FULL' }]);
    await decideRequest(archivist, requestId, Object.fromEntries(assessments) as Record<string, Json>);
    expect(documents.map(({ documentId: id }) => id)).toContain(documentId);
    this.package = (await archivist.get(`/access-requests/${requestId}/package`)).text;

    const scope = { municipalities: ['3401'], caseIds: [played.caseId, others[0]?.caseId] };
    const opening = { basis: 'KLAGE', scope, on: day(-1) };
    const supervisionId = String((await supervisor.accepted('/supervisions', opening))['supervisionId']);
    const dossier = await supervisor.get(`/supervisions/${supervisionId}?judgedOn=${day(0)}`);
    const pinned = (dossier.body['cases'] as { asOf: { position: string } }[]).map(
      ({ asOf }) => asOf.position,
    );

    const knownAt = encodeURIComponent(new Date().toISOString());
    // What comes later must be in none of them.
    this.command.body = { participants: ['Mor'], on: day(-1) };
    this.command.path = `/cases/${others[1]?.caseId ?? ''}/start-meetings`;
    this.repeated = await clerk.accepted(this.command.path, this.command.body, {
      'idempotency-key': this.command.key,
    });
    await clerk.accepted(`/cases/${played.caseId}/participations`, {
      phase: 'AVSLUTNING',
      none: 'DID_NOT_WISH',
      heldOn: day(-1),
      informedOfUse: true,
    });
    const { position } = await openCase(clerk);
    await leader.seen('/cases', position);

    this.questions.push(
      { who: 'leader', path: AT, same: text },
      { who: 'leader', path: `${AT}/indicators/Q1/events?view=reported`, same: besidesPositions },
      { who: 'leader', path: `${AT}?view=known`, same: ({ body: { asOf: _, ...body } }) => body },
      { who: 'archivist', path: `/access-requests/${requestId}/package`, same: text },
      {
        who: 'archivist',
        path: `/access-requests/${requestId}/package`,
        headers: { accept: 'text/html' },
        same: text,
      },
      ...pinned.map((asOf): Question => ({
        who: 'supervisor',
        path: `/supervisions/${supervisionId}?asOf=${asOf}&judgedOn=${day(0)}`,
        same: besidesReplays,
      })),
      {
        who: 'supervisor',
        path: `/supervisions/${supervisionId}?judgedOn=${day(0)}`,
        same: besidesReplays,
      },
      {
        who: 'clerk',
        path: `/cases/${played.caseId}/history?knownAt=${knownAt}&validAt=${day(-30)}&limit=200`,
        same: besidesPositions,
      },
    );
    this.answers = await this.ask(this.service);
  }

  async ask(service: TestService): Promise<unknown[]> {
    const callers = await callersOf(service);
    const answers: unknown[] = [];
    for (const { who, path, headers, same } of this.questions) {
      const supervision = /^\/supervisions\/([^?]+)/.exec(path)?.[1];
      const more = supervision === undefined ? {} : { ...TILSYN, 'supervision-id': supervision };
      const answer = await callers[who].get(path, { ...more, ...headers });
      answers.push([path, same(answer)]);
    }
    return answers;
  }
}

async function callersOf(service: TestService) {
  const as = (role: 'SAKSBEHANDLER' | 'LEDER' | 'KOMMUNEDIREKTOR' | 'ARKIVAR'): Promise<Client> =>
    service.as({ role, municipality: '3401' });
  return {
    clerk: await as('SAKSBEHANDLER'),
    leader: await as('LEDER'),
    director: await as('KOMMUNEDIREKTOR'),
    archivist: await as('ARKIVAR'),
    supervisor: await service.as({ role: 'STATSFORVALTER', sub: 'tilsyn-1', org: '0192:974761319' }),
  };
}

/** Read models of a database made anew from the events of a store; what was said of them before. */
async function rebuilt(database: TestDatabase, events?: string): Promise<readonly string[]> {
  const config = loadConfig({ EVENTSTORE_URL: events });
  const pool = createPool({ url: database.projectorUrl, application: 'test', statementTimeout: 0 });
  const store = await openStore(config, database.projectorUrl, 'test');
  try {
    const before = await listProjections(sqlOver(pool), store, projections);
    const { failed } = await rebuildAll({ projections, store, pool });
    expect([...failed.values()]).toEqual([]);
    return before.map(({ status }) => status);
  } finally {
    await store.close();
    await pool.end();
  }
}

async function copied(from: TestDatabase, to: Promise<CopyTarget>) {
  const [source, target] = [await openPostgresForCopy(from.serviceUrl), await to];
  try {
    return await copyStore(source, target);
  } finally {
    await source.close();
    await target.close();
  }
}

describe('events that were moved to another store', () => {
  let world: World;
  let origin: TestService;
  let other: TestDatabase;
  let server: FakeEventStoreDB;
  let rows: string;

  beforeAll(async () => {
    [other, server] = [await createTestDatabase(), await FakeEventStoreDB.start()];
    await giveStoreId(other);
    origin = await TestService.start({ events: 'postgres' });
    world = new World(origin);
    await world.build();
    await origin.stop();
    await rebuilt(origin.database);
    rows = await readModelRows(origin.database);
  }, 120_000);
  afterAll(async () => {
    await origin.close();
    await other.drop();
    await server.down();
  });

  it.each([
    ['PostgreSQL', false],
    ['EventStoreDB', true],
  ])(
    'to %s give the same rows, reports, packages and dossiers, and know the keys of commands',
    async (_, isOther) => {
      const events = isOther ? server.url : 'postgres';
      const target = isOther
        ? openEventStoreDBForCopy({ url: server.url })
        : openPostgresForCopy(other.ownerUrl);
      const database = isOther ? origin.database : { ...other, keystoreUrl: origin.database.keystoreUrl };
      expect(await copied(origin.database, target)).toMatchObject({ found: 0, sourceMovedOn: false });

      const before = await rebuilt(database, isOther ? events : undefined);
      expect(new Set(before)).toEqual(new Set([isOther ? 'refused' : 'new']));
      expect(withoutPositions(await readModelRows(database))).toBe(withoutPositions(rows));

      const service = await TestService.start({ database, dataDir: origin.dataDir, events });
      try {
        expect(await world.ask(service)).toEqual(world.answers);
        const { clerk, archivist } = await callersOf(service);
        const repeated = await clerk.post(world.command.path, world.command.body, {
          'idempotency-key': world.command.key,
        });
        expect([repeated.status, withoutPositions(JSON.stringify(repeated.body))]).toEqual([
          201,
          withoutPositions(JSON.stringify(world.repeated)),
        ]);
        const path = world.questions.find(({ who }) => who === 'archivist')?.path.replace(/\/package$/, '');
        const delivery = { deliveredOn: day(0), channel: 'Digital postkasse' };
        const delivered = await archivist.accepted(`${path ?? ''}/delivery`, delivery);
        const { body } = await archivist.seen(path ?? '', delivered['position']);
        expect(body['packageHash']).toBe(createHash('sha256').update(world.package).digest('hex'));
      } finally {
        await service.stop();
      }
    },
    120_000,
  );
});
