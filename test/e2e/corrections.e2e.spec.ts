import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { playCase } from './support/case-to-end.js';
import type { Client, Json } from './support/client.js';
import { storedEvents } from './support/everything-stored.js';
import { TestService } from './support/service.js';
import { day } from './support/story.js';

const UNKNOWN = '00000000-0000-4000-8000-00000000dead';

describe('corrections, retractions and the two clocks', () => {
  let service: TestService;
  let clerk: Client;
  let leader: Client;
  let archivist: Client;
  let played: Awaited<ReturnType<typeof playCase>>;
  /** The answer before anything was corrected, and the instant of the last entry in it. */
  let asKnownThen: Json;
  let then: string;
  let position: unknown;

  const at = (path: string) => `/cases/${played.caseId}${path}`;
  const history = async (query = ''): Promise<Json> => {
    const answer = await clerk.seen(at(`/history?limit=200${query}`), position);
    expect([answer.status, answer.text.slice(0, answer.status === 200 ? 0 : 300)]).toEqual([200, '']);
    return answer.body;
  };
  const items = (body: Json) => body['items'] as Json[];
  const entry = (body: Json, type: string) => items(body).findLast((item) => item['type'] === type) ?? {};
  const correct = async (targetEventId: unknown, newValues: Json, who: Client = archivist) => {
    const body = { targetEventId, reason: 'Feil i notatet.', newValues, on: day(0) };
    const accepted = await who.accepted(at('/corrections'), body);
    position = accepted['position'];
    return accepted;
  };
  const retract = async (targetEventId: unknown) => {
    const body = { targetEventId, reason: 'Ført i feil sak.', on: day(0) };
    const accepted = await archivist.accepted(at('/retractions'), body);
    position = accepted['position'];
    return (accepted['events'] as Json[])[0]?.['eventId'];
  };

  beforeAll(async () => {
    service = await TestService.start();
    clerk = await service.as({ role: 'SAKSBEHANDLER', municipality: '3401' });
    leader = await service.as({ role: 'LEDER', municipality: '3401' });
    archivist = await service.as({ role: 'ARKIVAR', municipality: '3401' });
    played = await playCase(clerk, leader);
    ({ position } = played);
    await history();
    // After a read, which is among what was known.
    then = new Date().toISOString();
    asKnownThen = await history(`&knownAt=${encodeURIComponent(then)}`);
  });
  afterAll(() => service.close());

  it('show each entry with its rule set, its flags then and now, and the case as it stood', async () => {
    expect(items(asKnownThen)[0]).toMatchObject({
      type: 'ReferralReceived',
      rulesetVersion: expect.stringMatching(/^BVL/),
      flags: [],
      flagsNow: [],
      corrected: false,
      retracted: false,
    });
    expect(asKnownThen['state']).toMatchObject({
      caseStatus: 'MEASURES_ENDED',
      measures: [{ measureId: played.measureId, state: 'ENDED' }],
      plans: [{ planId: played.planId }],
    });
    const early = await history(`&validAt=${day(-61)}`);
    expect(early['state']).toMatchObject({ caseStatus: 'MEASURES_DECIDED' });
    expect(items(early).map(({ type }) => type)).not.toContain('MeasureStarted');
  });

  it('correct an entry: the case follows, the history shows what was known then and now', async () => {
    const started = entry(await history(), 'MeasureStarted');
    const accepted = await correct(started['eventId'], { startedOn: day(-59) });
    expect(accepted).toMatchObject({ caseId: played.caseId, events: [{ type: 'EntryCorrected' }] });
    const seen = await clerk.seen(at(''), position);
    expect(seen.body).toMatchObject({ measures: [{ startedOn: day(-59) }] });
    expect(entry(await history(), 'MeasureStarted')).toMatchObject({
      position: started['position'],
      recordedAt: started['recordedAt'],
      corrected: true,
      data: { startedOn: day(-59) },
      dataThen: { startedOn: day(-60) },
    });
    const [correction] = items(await history()).slice(-1);
    expect(correction).toMatchObject({
      type: 'EntryCorrected',
      data: { targetType: 'MeasureStarted', reason: 'Feil i notatet.', newValues: { startedOn: day(-59) } },
    });
  });

  it('correct a text, which the case shows once it is opened', async () => {
    const participation = entry(await history(), 'ChildParticipationRecorded');
    await correct(participation['eventId'], { opinion: 'Jeg vil helst bo hos tante.' }, clerk);
    const seen = await clerk.seen(at(''), position);
    expect(JSON.stringify(seen.body['participations'])).toContain('Jeg vil helst bo hos tante.');
    expect((seen.body['participations'] as Json[]).length).toBe(
      items(asKnownThen).filter(({ type }) => type === 'ChildParticipationRecorded').length,
    );
  });

  it('retract an entry and take the retraction back', async () => {
    const ended = entry(await history(), 'MeasureEnded');
    const retraction = await retract(ended['eventId']);
    expect((await clerk.seen(at(''), position)).body).toMatchObject({ state: 'MEASURES_ACTIVE' });
    expect(entry(await history(), 'MeasureEnded')).toMatchObject({
      retracted: true,
      retractedBy: retraction,
    });
    await retract(retraction);
    expect((await clerk.seen(at(''), position)).body).toMatchObject({ state: 'MEASURES_ENDED' });
    expect(entry(await history(), 'MeasureEnded')).toMatchObject({ retracted: false });
  });

  it('never change the answer at an earlier knownAt', async () => {
    const knownThen = `&knownAt=${encodeURIComponent(then)}`;
    expect(await history(knownThen)).toEqual(asKnownThen);
  });

  it('name the differences between two instants, told from the earlier to the later', async () => {
    const started = entry(await history(), 'MeasureStarted');
    const { differences } = await history(`&comparedTo=${encodeURIComponent(then)}`);
    expect(differences).toContainEqual({
      kind: 'VALUE_CHANGED',
      eventId: started['eventId'],
      type: 'MeasureStarted',
      pointer: '/startedOn',
      from: day(-60),
      to: day(-59),
    });
    expect(differences).toContainEqual(
      expect.objectContaining({ kind: 'ENTRY_CAME', type: 'EntryRetracted' }),
    );
    expect(await history()).not.toHaveProperty('differences');
  });

  it('tell who had read the case by then', async () => {
    const head = await leader.get(at(''));
    const read = await clerk.seen(at('/history?limit=1'), head.headers['position']);
    expect(read.body['readBy']).toContainEqual(
      expect.objectContaining({ who: 'ansatt-saksbehandler', role: 'SAKSBEHANDLER', org: '0192:999999999' }),
    );
    const before = await history(`&knownAt=${day(-1)}`);
    expect(before).toMatchObject({ items: [], readBy: [], state: null });
  });

  it('keep both the original and the correction in the audit trail', async () => {
    const trail = await leader.seen(at('/audit-trail?limit=200'), position);
    const types = items(trail.body).map(({ type }) => type);
    expect(types).toEqual(expect.arrayContaining(['MeasureStarted', 'EntryCorrected', 'EntryRetracted']));
  });

  it('refuse what has no reason, does not fit, is not there, or what a rule forbids', async () => {
    const decision = entry(await history(), 'MeasureDecided');
    const post = (body: Json, who = leader) =>
      who.post(at('/corrections'), { targetEventId: decision['eventId'], on: day(0), ...body });
    const reason = 'Feil i notatet.';
    const answers = [
      await post({ newValues: { facts: 'Ny tekst' } }),
      await post({ reason, newValues: { nonsense: true } }),
      await post({ reason, newValues: 'facts' }),
      await post({ reason, newValues: { facts: 'Ny tekst' }, targetEventId: UNKNOWN }),
      await post({ reason, newValues: { bestInterests: '' } }),
      await post({ reason, newValues: { facts: 'Ny tekst' }, targetType: 'MeasureDecided' }),
      await post(
        { reason, newValues: { facts: 'Ny tekst' } },
        await service.as({ role: 'OPPFOLGING', municipality: '3401' }),
      ),
    ];
    const told = answers.map(({ status, body }) => [
      status,
      body['kode'],
      body['regel'],
      (body['feil'] as Json[] | undefined)?.map(({ felt }) => felt),
    ]);
    expect(told).toEqual([
      [422, 'missing-reasons', '53', ['/reason']],
      [400, 'invalid-request', undefined, ['/newValues/nonsense']],
      [400, 'invalid-request', undefined, ['/newValues']],
      [404, 'not-found', undefined, undefined],
      [422, 'decision-incomplete', '18', ['/newValues/bestInterests']],
      [400, 'invalid-request', undefined, ['/targetType']],
      [403, 'forbidden', undefined, undefined],
    ]);
  });

  it('leave the texts of a correction sealed in every table', async () => {
    expect(await storedEvents(service.database)).not.toContain('hos tante');
  });
});

describe('a consent that is withdrawn while its measure runs', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await TestService.start();
  });
  afterAll(() => service.close());

  it('leaves a task for five virkedager, which ends with the measure', async () => {
    const clerk = await service.as({ role: 'SAKSBEHANDLER', municipality: '3401' });
    const leader = await service.as({ role: 'LEDER', municipality: '3401' });
    const played = await playCase(clerk, leader);
    const at = `/cases/${played.caseId}`;
    const { items } = (await clerk.seen(`${at}/history?limit=200`, played.position)).body as {
      items: Json[];
    };
    const ended = items.find(({ type }) => type === 'MeasureEnded');
    const { position } = await leader.accepted(`${at}/retractions`, {
      targetEventId: ended?.['eventId'],
      reason: 'Tiltaket løper fortsatt.',
      on: day(0),
    });
    const [consent] = (await clerk.seen(at, position)).body['consents'] as Json[];
    const consentId = String(consent?.['consentId']);
    const withdrawn = await clerk.accepted(`${at}/consents/${consentId}/withdrawal`, {
      by: consent?.['givenBy'],
      on: day(-20),
    });
    const [event] = withdrawn['events'] as Json[];
    const tasks = async (after: unknown) => (await clerk.seen(at, after)).body['tasks'] as Json[];
    expect(await tasks(withdrawn['position'])).toContainEqual(
      expect.objectContaining({
        kind: 'END_OR_DECIDE_MEASURE',
        rule: '16',
        causedBy: event?.['eventId'],
        measureId: played.measureId,
        consentId,
        overdue: true,
      }),
    );
    const end = await clerk.accepted(`${at}/measures/${played.measureId}/end`, {
      endedOn: day(-1),
      reason: 'SAMTYKKE_TRUKKET',
      dialogueWith: ['Mor'],
    });
    expect((await tasks(end['position'])).map(({ rule }) => rule)).not.toContain('16');
  });
});
