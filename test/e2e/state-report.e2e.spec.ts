import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { Client, Json } from './support/client.js';
import { storedEvents } from './support/everything-stored.js';
import { TestService } from './support/service.js';
import { day, openCase } from './support/story.js';
import type { OpenCase } from './support/story.js';

/** Referrals are received then; the report is of that year. */
const YEAR = Number(day(-80).slice(0, 4));
const AT = `/state-reports/3401/${YEAR}`;
const CHAPTER = 'Flere meldinger enn året før. <script>alert("1")</script> & mer.';

type Figure = Json & { id: string; numerator: number | null };

const figureIn = ({ body }: { body: Json }, id: string): Figure | undefined =>
  (body['indicators'] as Figure[]).find((figure) => figure.id === id);

const nextIn = (page: Json) => page['next'] as string | undefined;

describe('a state report', () => {
  let service: TestService;
  let clerk: Client;
  let leader: Client;
  let director: Client;
  let archivist: Client;
  let cases: OpenCase[];
  let position: unknown;

  const assess = async ({ caseId, referralId }: OpenCase) => {
    const answer = await clerk.accepted(`/cases/${caseId}/referrals/${referralId}/assessment`, {
      assessedOn: day(-76),
      conclusion: 'INVESTIGATE',
      immediateActionNeeded: false,
      professionalAssessment: 'Meldingen gir rimelig grunn til å undersøke.',
    });
    position = answer['position'];
  };
  const send = async (who: Client, step: string, body: Json): Promise<Json> => {
    const answer = await who.accepted(`${AT}/${step}`, body);
    position = answer['position'];
    return answer;
  };
  const read = async (who: Client, query = '', headers = {}) => {
    const answer = await who.get(`${AT}${query}`, { 'min-position': String(position), ...headers });
    expect([answer.status, answer.body['kode']]).toEqual([200, undefined]);
    return answer;
  };
  /** An event after what is looked for, so that the trail is sure to hold it. */
  const trail = async (): Promise<Json[]> => {
    ({ position } = await openCase(clerk));
    const { body } = await leader.seen(`/audit-trail?limit=200&from=${day(0)}`, position);
    const items = [...(body['items'] as Json[])];
    for (let next = nextIn(body); next !== undefined;) {
      const page = await leader.get(`/audit-trail?limit=200&from=${day(0)}&after=${next}`);
      items.push(...(page.body['items'] as Json[]));
      next = nextIn(page.body);
    }
    return items;
  };

  beforeAll(async () => {
    service = await TestService.start();
    const as = (role: 'SAKSBEHANDLER' | 'LEDER' | 'KOMMUNEDIREKTOR' | 'ARKIVAR') =>
      service.as({ role, municipality: '3401' });
    [clerk, leader, director, archivist] = await Promise.all([
      as('SAKSBEHANDLER'),
      as('LEDER'),
      as('KOMMUNEDIREKTOR'),
      as('ARKIVAR'),
    ]);
    cases = await Promise.all(Array.from({ length: 6 }, () => openCase(clerk)));
    for (const each of cases.slice(0, 5)) await assess(each);
  });
  afterAll(() => service.close());

  it('is not there before it is generated; as known now its figures are, suppressed', async () => {
    expect((await leader.get(AT)).body).toMatchObject({ status: 404, kode: 'not-found' });
    const known = await read(leader, '?view=known');
    expect(known.body).toMatchObject({ view: 'known', status: null, differences: [] });
    expect(figureIn(known, 'Q1')).toMatchObject({ numerator: 6, value: 6, suppressed: false });
    expect(figureIn(known, 'Q3')).toMatchObject({ numerator: 0, denominator: 5, value: 0 });
  });

  it('is generated, approved and presented, each by its own role and in order', async () => {
    const early = await director.post(`${AT}/approval`, {});
    expect(early.body).toMatchObject({ status: 404, kode: 'not-found' });
    const generated = await send(leader, 'generation', { textChapters: { '1': CHAPTER } });
    expect(generated).toMatchObject({
      municipality: '3401',
      year: YEAR,
      revision: 0,
      events: [{ type: 'StateReportGenerated', streamId: `statereport-3401-${YEAR}` }],
    });
    expect((await read(director)).body).toMatchObject({
      view: 'reported',
      status: 'GENERATED',
      generatedOn: day(0),
      textChapters: { '1': CHAPTER },
      asOf: { storeId: expect.any(String), position: expect.any(String), lastEventId: expect.any(String) },
    });
    const hasty = await director.post(`${AT}/presentation`, { meetingDate: day(0), body: 'Kommunestyret' });
    expect(hasty.body).toMatchObject({ status: 409, kode: 'no-decision' });
    await send(director, 'approval', {});
    expect((await director.post(`${AT}/approval`, {})).body).toMatchObject({ kode: 'already-done' });
    await send(director, 'presentation', { meetingDate: day(0), body: 'Kommunestyret' });
    expect((await read(leader)).body).toMatchObject({ status: 'PRESENTED', presentedOn: day(0) });
  });

  it('keeps its chapters sealed in the store', async () => {
    expect(await storedEvents(service.database)).not.toContain('enn året før');
  });

  it('answers as reported for ever, and as known now with what a correction changed', async () => {
    const before = (await read(director)).body;
    const retracted = cases[5] as OpenCase;
    const history = await clerk.seen(`/cases/${retracted.caseId}/history`, position);
    const received = (history.body['items'] as Json[]).find(({ type }) => type === 'ReferralReceived');
    const answer = await archivist.accepted(`/cases/${retracted.caseId}/retractions`, {
      targetEventId: received?.['eventId'],
      reason: 'Ført på feil barn.',
      on: day(0),
    });
    position = answer['position'];

    expect((await read(director)).body).toEqual(before);
    const known = await read(director, '?view=known');
    expect(figureIn(known, 'Q1')).toMatchObject({ numerator: 5 });
    expect(known.body['differences']).toEqual([
      {
        id: 'Q1',
        reported: expect.objectContaining({ numerator: 6 }),
        known: expect.objectContaining({ numerator: 5 }),
      },
    ]);
  });

  it('is made anew after it was presented only with a reason, and then says so', async () => {
    const presented = (await read(director)).body;
    const again = await leader.post(`${AT}/generation`, {});
    expect(again.body).toMatchObject({ status: 409, kode: 'already-done' });
    await send(leader, 'generation', { reason: 'En melding var ført på feil barn.' });
    const reported = await read(director);
    expect(reported.body).toMatchObject({ status: 'GENERATED', textChapters: {} });
    expect(figureIn(reported, 'Q1')).toMatchObject({ numerator: 5 });
    const { asOf, indicators } = presented;
    expect(reported.body['earlierVersions']).toEqual([
      expect.objectContaining({ status: 'PRESENTED', presentedOn: day(0), asOf, indicators }),
    ]);
    expect((await read(director, '?view=known')).body['differences']).toEqual([]);
  });

  it('gives the first answer to a repeated key, and refuses the key for another body', async () => {
    const key = { 'idempotency-key': randomUUID() };
    const body = { reason: 'Kapitlet er rettet.' };
    const first = await leader.post(`${AT}/generation`, body, key);
    const second = await leader.post(`${AT}/generation`, body, key);
    expect([first.status, second.status]).toEqual([201, 201]);
    expect(second.body).toEqual(first.body);
    expect(second.headers['etag']).toBe(first.headers['etag']);
    const other = await leader.post(`${AT}/generation`, { reason: 'Noe annet.' }, key);
    expect(other.body).toMatchObject({ status: 422, kode: 'idempotency-key-reused' });
    const stale = await leader.post(`${AT}/generation`, body, { 'if-match': '"0"' });
    expect(stale.status).toBe(412);
  });

  it('is refused with a name or an identity number of somebody in a chapter, and says which', async () => {
    for (const text of ['Saken til Synne viser det.', 'Se 13891499978.']) {
      const answer = await leader.post(`${AT}/generation`, {
        reason: 'Nytt kapittel.',
        textChapters: { '1': 'Et rolig år.', '6': text },
      });
      expect(answer.body).toMatchObject({
        status: 422,
        kode: 'small-cells',
        feil: [{ felt: '/textChapters/6', regel: 'personal-data' }],
      });
      expect(answer.text).not.toContain('Synne');
    }
  });

  it.each([
    ['SAKSBEHANDLER', [403, 403, 403, 403, 403]],
    ['ARKIVAR', [403, 403, 403, 403, 403]],
    ['OPPFOLGING', [403, 403, 403, 403, 403]],
    ['LEVERANDOR', [403, 403, 403, 403, 403]],
    ['PART', [403, 403, 403, 403, 403]],
    ['LEDER', [409, 403, 403, 200, 200]],
    ['KOMMUNEDIREKTOR', [403, 201, 400, 200, 403]],
  ] as const)('%s may do and see what the role may', async (role, statuses) => {
    const caller = await service.as({ role, municipality: '3401', sub: `kaller-${role.toLowerCase()}` });
    const answers = [
      await caller.post(`${AT}/generation`, {}),
      await caller.post(`${AT}/approval`, {}),
      await caller.post(`${AT}/presentation`, role === 'KOMMUNEDIREKTOR' ? {} : PRESENTATION),
      await caller.get(AT),
      await caller.get(`${AT}/indicators/Q1/events`),
    ];
    expect(answers.map(({ status }) => status)).toEqual(statuses);
  });

  it('a supervisory authority has no report of its own to read', async () => {
    const supervisor = await service.as({ role: 'STATSFORVALTER' });
    expect((await supervisor.get(AT)).status).toBe(403);
    expect((await supervisor.post(`${AT}/generation`, {})).status).toBe(403);
  });

  it('the chief executive sees nothing of a case', async () => {
    const at = `/cases/${cases[0]?.caseId}`;
    const answers = await Promise.all(
      ['/cases', at, `${at}/history`, `${at}/audit-trail`].map((p) => director.get(p)),
    );
    expect(answers.map(({ status }) => status)).toEqual([403, 403, 403, 403]);
  });

  it('is not there for another municipality, whose attempts stand in the log of the owner', async () => {
    const stranger = await service.as({ role: 'LEDER', municipality: '4203', sub: 'fremmed-leder' });
    const strangeDirector = await service.as({
      role: 'KOMMUNEDIREKTOR',
      municipality: '4203',
      sub: 'fremmed-direktor',
    });
    const answers = [
      await stranger.get(AT),
      await stranger.get(`${AT}?view=known`),
      await stranger.get(`${AT}/indicators/Q1/events`),
      await stranger.post(`${AT}/generation`, {}),
      await strangeDirector.post(`${AT}/approval`, {}),
      await strangeDirector.post(`${AT}/presentation`, PRESENTATION),
    ];
    expect(answers.map(({ status }) => status)).toEqual([404, 404, 404, 404, 404, 404]);
    const attempts = (await trail()).filter(({ actor }) =>
      String((actor as Json)['subjectId']).startsWith('fremmed-'),
    );
    expect(attempts.map(({ decision }) => decision)).toEqual(answers.map(() => 'DENY'));
    const own = await stranger.get(`/state-reports/4203/${YEAR}?view=known`);
    expect(figureIn(own, 'Q1')).toMatchObject({ numerator: 0 });
  });

  it('asks for a municipality, a year, a view and an indicator that can be', async () => {
    for (const path of [
      `/state-reports/34/${YEAR}`,
      '/state-reports/3401/1999',
      `${AT}?view=draft`,
      `${AT}/indicators/fem/events`,
    ]) {
      expect((await leader.get(path)).body).toMatchObject({ status: 400, kode: 'invalid-request' });
    }
    expect((await leader.get(`${AT}/indicators/Q21/events`)).body).toMatchObject({
      status: 422,
      kode: 'not-yet-supported',
    });
    expect((await leader.get(`${AT}/indicators/Q99/events`)).status).toBe(404);
    const future = await leader.post(`/state-reports/3401/${YEAR + 2}/generation`, {});
    expect(future.body).toMatchObject({ status: 422, kode: 'date-out-of-order' });
    const computed = await leader.post(`${AT}/generation`, {
      reason: 'x',
      indicators: [],
      chaptersNaming: [],
    });
    expect((computed.body['feil'] as Json[]).map(({ felt }) => felt)).toEqual([
      '/indicators',
      '/chaptersNaming',
    ]);
  });

  it('shows the events behind a figure page by page, and records whose cases were seen', async () => {
    const watcher = await service.as({ role: 'LEDER', municipality: '3401', sub: 'leder-ser' });
    const path = `${AT}/indicators/Q3/events`;
    const pages: Json[] = [];
    for (let query = '?limit=4'; query !== '';) {
      const { status, body } = await watcher.get(`${path}${query}`);
      expect(status).toBe(200);
      pages.push(body);
      const next = nextIn(body);
      query = next === undefined ? '' : `?limit=4&after=${next}`;
    }
    const items = pages.flatMap((page) => page['items'] as Json[]);
    expect(pages.map((page) => (page['items'] as Json[]).length)).toEqual([4, 4, 2]);
    expect(new Set(items.map(({ type }) => type))).toEqual(new Set(['ReferralReceived', 'ReferralAssessed']));
    expect(items.every(({ figures }) => (figures as string[]).join() === 'Q3')).toBe(true);
    const seen = (await trail()).filter(({ actor }) => (actor as Json)['subjectId'] === 'leder-ser');
    expect(seen).toHaveLength(3);
    expect(seen.map(({ purpose }) => purpose)).toEqual(['RAPPORT', 'RAPPORT', 'RAPPORT']);
    expect(seen[0]).toMatchObject({
      what: { view: 'GET /state-reports/{kommunenr}/{year}/indicators/{Qn}/events' },
      decision: 'PERMIT',
    });
    expect(new Set(seen.flatMap(({ caseIds }) => caseIds as string[]))).toEqual(
      new Set(cases.slice(0, 5).map(({ caseId }) => caseId)),
    );
  });

  it('records every read, for the purpose of a report unless another is given', async () => {
    const watcher = await service.as({ role: 'KOMMUNEDIREKTOR', municipality: '3401', sub: 'direktor-ser' });
    await watcher.get(AT);
    await watcher.get(AT, { accept: 'text/html' });
    await watcher.get(`${AT}?view=known`, { 'access-purpose': 'TJENSTLIG' });
    const seen = (await trail()).filter(({ actor }) => (actor as Json)['subjectId'] === 'direktor-ser');
    expect(seen.map(({ purpose, what }) => [purpose, (what as Json)['view']])).toEqual([
      ['RAPPORT', 'GET /state-reports/{kommunenr}/{year}'],
      ['RAPPORT', 'GET /state-reports/{kommunenr}/{year}'],
      ['TJENSTLIG', 'GET /state-reports/{kommunenr}/{year}'],
    ]);
    const acts = (await trail()).map(({ type }) => type);
    expect(acts).toEqual(
      expect.arrayContaining(['StateReportGenerated', 'StateReportApproved', 'StateReportPresented']),
    );
  });

  it('comes as CSV that a spreadsheet reads, hidden numbers as two points', async () => {
    const { headers, text } = await read(leader, '', { accept: 'text/csv' });
    expect(headers['content-type']).toBe('text/csv; charset=utf-8');
    expect(headers['vary']).toContain('Accept');
    expect(headers['content-disposition']).toContain(`tilstandsrapport-3401-${YEAR}-reported.csv`);
    expect(text.startsWith('\ufeffkommune,aar,visning,indikator,')).toBe(true);
    expect(text).toContain(`\r\n3401,${YEAR},reported,Q1,,Meldinger mottatt,5,,5,nei\r\n`);
  });

  it('comes as a page whose texts are escaped and that draws without colour', async () => {
    await send(leader, 'generation', { reason: 'Kapitlet manglet.', textChapters: { '1': CHAPTER } });
    const { headers, text } = await read(leader, '', { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' });
    expect(headers['content-type']).toBe('text/html; charset=utf-8');
    expect(text).toContain('&lt;script&gt;alert(&quot;1&quot;)&lt;/script&gt; &amp; mer.');
    expect(text).not.toContain('<script');
    expect(text.match(/<svg /g)).toHaveLength(20);
    expect((await read(leader, '', { accept: 'application/json, text/html;q=0.9' })).body['year']).toBe(YEAR);
  });
});

const PRESENTATION = { meetingDate: day(0), body: 'Kommunestyret' };
