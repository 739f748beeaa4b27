import { describe, expect, it } from '@jest/globals';
import { RuleBroken, caseStream } from '#forlop/domain';
import { entriesOf, loadCaseStream } from './case-stream.js';
import { decode } from './codec.js';
import { NotFound } from './errors.js';
import { exampleOf, request, World } from './world.fixture.js';

const ARCHIVIST = { role: 'ARKIVAR' } as const;

/** A case with a participation that was entered with the wrong date and a text. */
async function entered() {
  const world = new World();
  const { caseId } = await world.openCase();
  const body = exampleOf('RecordChildParticipation', { heldOn: '2026-02-20' });
  const { events } = await world.handling.execute('RecordChildParticipation', caseId, body, request());
  const targetEventId = events[0]?.eventId ?? '';
  const correct = (newValues: object, given = {}, changes = {}) =>
    world.handling.execute(
      'CorrectEntry',
      caseId,
      { targetEventId, reason: 'Feil dato i notatet.', newValues, on: '2026-03-01', ...changes },
      request(given),
    );
  return { world, caseId, targetEventId, correct, stream: caseStream(caseId) };
}

describe('a correction of an entry', () => {
  it('is appended by an archivist, and the state follows', async () => {
    const { world, caseId, correct, stream } = await entered();
    const accepted = await correct({ heldOn: '2026-02-21' }, ARCHIVIST);
    expect(accepted).toMatchObject({ ids: { caseId }, revision: 2, events: [{ type: 'EntryCorrected' }] });
    const { state, revision } = await loadCaseStream(world.deps, stream);
    expect(state).toMatchObject({ participations: [{ heldOn: '2026-02-21' }] });
    expect(revision).toBe(2);
  });

  it('seals the texts of its values, and opens them again', async () => {
    const { world, correct, stream } = await entered();
    await correct({ opinion: 'Jeg vil bo hos tante.' });
    const stored = await world.store.readStream(stream);
    expect(stored.at(-1)?.payload).not.toMatch(/tante|notatet/);
    expect(JSON.parse(stored.at(-1)?.payload ?? '')).toMatchObject({
      data: { reason: null, newValues: { opinion: null }, targetType: 'ChildParticipationRecorded' },
    });
    const entries = entriesOf(await decode(world.sealer, stored));
    expect(entries.at(-1)?.event.data).toMatchObject({ newValues: { opinion: 'Jeg vil bo hos tante.' } });
  });

  it('that changes nothing appends nothing', async () => {
    const { correct } = await entered();
    expect(await correct({ heldOn: '2026-02-20' })).toMatchObject({ revision: 1, events: [] });
  });

  it('repeated under its key gives the first answer', async () => {
    const { correct } = await entered();
    const { idempotencyKey } = request();
    const first = await correct({ heldOn: '2026-02-21' }, { idempotencyKey });
    expect(await correct({ heldOn: '2026-02-21' }, { idempotencyKey })).toEqual(first);
  });

  it('looks for the persons that its values name, after what is no valid request and before a rule', async () => {
    const { world, caseId, correct } = await entered();
    const stranger = '11111111-1111-4111-8111-111111111111';
    const { events } = await world.handling.execute(
      'AssessPartyStatus',
      caseId,
      exampleOf('AssessPartyStatus', { personRef: await world.person() }),
      request(),
    );
    const targetEventId = events[0]?.eventId;
    await expect(correct({ personRef: stranger }, {}, { targetEventId })).rejects.toThrow(NotFound);
    await expect(correct({ personRef: stranger }, {}, { targetEventId, reason: '' })).rejects.toThrow(
      NotFound,
    );
    await expect(correct({ personRef: 'nobody' }, {}, { targetEventId })).rejects.toMatchObject({
      slug: 'invalid-request',
    });
    const known = await world.person();
    expect(await correct({ personRef: known }, {}, { targetEventId })).toMatchObject({ revision: 3 });
  });

  it('is refused to other roles, without a reason, and for an entry of another case', async () => {
    const { world, correct } = await entered();
    const other = await world.openCase();
    const [foreign] = await world.store.readStream(caseStream(other.caseId));
    await expect(correct({ heldOn: '2026-02-21' }, { role: 'OPPFOLGING' })).rejects.toMatchObject({
      slug: 'forbidden',
    });
    await expect(correct({ heldOn: '2026-02-21' }, {}, { reason: undefined })).rejects.toMatchObject({
      rule: '53',
    });
    const elsewhere = correct({ heldOn: '2026-02-21' }, {}, { targetEventId: foreign?.eventId });
    await expect(elsewhere).rejects.toThrow(RuleBroken);
    await expect(elsewhere).rejects.toMatchObject({ slug: 'not-found' });
  });
});

describe('a retraction of an entry', () => {
  it('takes it out of the state, and can itself be retracted', async () => {
    const { world, caseId, targetEventId, stream } = await entered();
    const retract = (eventId: string) =>
      world.handling.execute(
        'RetractEntry',
        caseId,
        { targetEventId: eventId, reason: 'Gjaldt et annet barn.', on: '2026-03-01' },
        request(ARCHIVIST),
      );
    const { events } = await retract(targetEventId);
    expect((await loadCaseStream(world.deps, stream)).state).toMatchObject({ participations: [] });
    await retract(events[0]?.eventId ?? '');
    expect((await loadCaseStream(world.deps, stream)).state).toMatchObject({
      participations: [{ heldOn: '2026-02-20' }],
    });
  });
});
