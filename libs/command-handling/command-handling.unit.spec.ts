import { describe, expect, it } from '@jest/globals';
import { caseStream, RuleBroken } from '#forlop/domain';
import { WrongExpectedRevision } from '#forlop/event-store';
import type { StoredEvent } from '#forlop/event-store';
import { envelopeIn } from './codec.js';
import { ConcurrentChange, IdempotencyKeyReused, NotFound, StaleRevision } from './errors.js';
import { caseIdOf } from './ids.js';
import { exampleOf, HAMAR, personBody, referral, request, World } from './world.fixture.js';

const assessment = (referralId: string) => exampleOf('AssessReferral', { referralId });

describe('a command to a case', () => {
  it('is appended once and answered with its events, ids and revision', async () => {
    const world = new World();
    const { caseId, referralId } = await world.openCase();
    const accepted = await world.handling.execute(
      'AssessReferral',
      caseId,
      assessment(referralId),
      request(),
    );
    expect(accepted).toMatchObject({ ids: { caseId }, revision: 1, events: [{ type: 'ReferralAssessed' }] });
    expect(accepted.position).toBe(await world.store.head());
  });

  it('is stored on the law of its own day: that of 2026 here, and nothing of the act of 2021 before 2023', async () => {
    const world = new World();
    const { caseId } = await world.openCase();
    const before = exampleOf('RecordChildParticipation', { heldOn: '2022-11-01' });
    const body = { ...referral([await world.person()]), receivedAt: '2022-10-01T10:00:00+02:00' };
    const { cases } = await world.handling.receiveReferral(body, request());
    const old = cases[0]?.caseId ?? '';
    await world.handling.execute('RecordChildParticipation', old, before, request());
    await world.handling.execute(
      'RecordChildParticipation',
      caseId,
      exampleOf('RecordChildParticipation'),
      request(),
    );
    const laws = async (id: string) =>
      envelopeIn((await world.store.readStream(caseStream(id))).at(-1) as StoredEvent).legalBasis.map(
        ({ law }) => law,
      );
    expect(await laws(caseId)).toEqual(['BVL2021', 'BVL2021']);
    expect(await laws(old)).toEqual([]);
  });

  it('repeated under its key gives the first answer, also after the case went on', async () => {
    const world = new World();
    const { caseId, referralId } = await world.openCase();
    const first = request();
    const answer = await world.handling.execute('AssessReferral', caseId, assessment(referralId), first);
    await world.handling.execute(
      'RecordChildParticipation',
      caseId,
      exampleOf('RecordChildParticipation'),
      request(),
    );
    const again = await world.handling.execute('AssessReferral', caseId, assessment(referralId), {
      ...first,
      ifMatch: 0,
    });
    expect(again).toEqual(answer);
    expect(await world.store.readStream(caseStream(caseId))).toHaveLength(3);
  });

  it('under a used key but with another request is refused, on the same stream and on another', async () => {
    const world = new World();
    const one = await world.openCase();
    const two = await world.openCase();
    const first = request();
    await world.handling.execute('AssessReferral', one.caseId, assessment(one.referralId), first);
    for (const { caseId, referralId } of [one, two]) {
      const other = { ...first, fingerprint: 'something else' };
      const attempt = world.handling.execute('AssessReferral', caseId, assessment(referralId), other);
      await expect(attempt).rejects.toThrow(IdempotencyKeyReused);
    }
  });

  it('sent twice at once is handled once', async () => {
    const world = new World();
    const { caseId, referralId } = await world.openCase();
    const first = request();
    const send = () => world.handling.execute('AssessReferral', caseId, assessment(referralId), first);
    const [one, two] = await Promise.all([send(), send()]);
    expect(two).toEqual(one);
    expect(await world.store.readStream(caseStream(caseId))).toHaveLength(2);
  });

  it('is known by its key only in its own municipality', async () => {
    const world = new World();
    const { caseId } = await world.openCase();
    const key = request();
    await world.handling.execute(
      'RecordChildParticipation',
      caseId,
      exampleOf('RecordChildParticipation'),
      key,
    );
    const elsewhere = request({
      municipality: '0301',
      idempotencyKey: key.idempotencyKey,
      fingerprint: 'another',
    });
    await expect(world.handling.registerPerson(personBody(), elsewhere)).rejects.toMatchObject({
      slug: 'district-missing',
    });
  });

  it('to an unknown case and to another municipality’s case is the same to the caller, and the owner is known to us', async () => {
    const world = new World();
    const { caseId } = await world.openCase();
    const send = (id: string, municipality: string) =>
      world.handling.execute(
        'RecordChildParticipation',
        id,
        exampleOf('RecordChildParticipation'),
        request({ municipality }),
      );
    const unknown: unknown = await send(caseIdOf(HAMAR, 'nobody'), HAMAR).catch((error: unknown) => error);
    const others: unknown = await send(caseId, '3405').catch((error: unknown) => error);
    expect(unknown).toBeInstanceOf(NotFound);
    expect(others).toBeInstanceOf(NotFound);
    expect((others as NotFound).message).toBe((unknown as NotFound).message);
    expect(others).toMatchObject({ owner: { municipality: HAMAR }, caseIds: [caseId] });
  });

  it('that names a person nobody registered is not found, and nothing is stored', async () => {
    const world = new World();
    const { caseId } = await world.openCase();
    const attempt = world.handling.execute(
      'AssessPartyStatus',
      caseId,
      exampleOf('AssessPartyStatus'),
      request(),
    );
    await expect(attempt).rejects.toThrow(NotFound);
    expect(await world.store.readStream(caseStream(caseId))).toHaveLength(1);
  });

  it('by a role that may not give it is forbidden', async () => {
    const world = new World();
    const { caseId, referralId } = await world.openCase();
    const attempt = world.handling.execute(
      'AssessReferral',
      caseId,
      assessment(referralId),
      request({ role: 'KOMMUNEDIREKTOR' }),
    );
    await expect(attempt).rejects.toMatchObject({ slug: 'forbidden' });
  });

  it('with a revision that the case has left is stale', async () => {
    const world = new World();
    const { caseId, referralId } = await world.openCase();
    await world.handling.execute(
      'RecordChildParticipation',
      caseId,
      exampleOf('RecordChildParticipation'),
      request(),
    );
    const attempt = world.handling.execute(
      'AssessReferral',
      caseId,
      assessment(referralId),
      request({ ifMatch: 0 }),
    );
    await expect(attempt).rejects.toEqual(new StaleRevision(1));
  });

  it('that is overtaken is judged anew, and given up after the third new try', async () => {
    const world = new World();
    const { caseId } = await world.openCase();
    const append = world.store.append.bind(world.store);
    let overtakenTimes = 3;
    let tries = 0;
    world.store.append = async (stream, events, expected) => {
      tries += 1;
      if (tries <= overtakenTimes) throw new WrongExpectedRevision(stream, expected, 99);
      return append(stream, events, expected);
    };
    const send = () =>
      world.handling.execute(
        'RecordChildParticipation',
        caseId,
        exampleOf('RecordChildParticipation'),
        request(),
      );
    await expect(send()).resolves.toMatchObject({ revision: 1 });
    expect(tries).toBe(4);

    overtakenTimes = Number.POSITIVE_INFINITY;
    await expect(send()).rejects.toThrow(ConcurrentChange);
  });

  it('that breaks a rule stores nothing and is judged anew under the same key', async () => {
    const world = new World();
    const { caseId, referralId } = await world.openCase();
    const key = request();
    const without = { ...assessment(referralId), immediateActionNeeded: undefined };
    await expect(world.handling.execute('AssessReferral', caseId, without, key)).rejects.toThrow(RuleBroken);
    await expect(
      world.handling.execute('AssessReferral', caseId, assessment(referralId), key),
    ).resolves.toMatchObject({ revision: 1 });
  });
});

describe('one concern about several children', () => {
  it('opens one case each, under ids that two clerks would arrive at alike', async () => {
    const world = new World();
    const children = [await world.person(), await world.person(), await world.person()];
    const accepted = await world.handling.receiveReferral(referral(children), request());
    expect(accepted.cases.map(({ caseId }) => caseId)).toEqual(
      children.map((child) => caseIdOf(HAMAR, child)),
    );
    expect(accepted.events).toHaveLength(3);
    expect(accepted.position).toBe(await world.store.head());
  });

  it('cut off by a crash is completed by a repeat of its key, with the answer of an uncut one', async () => {
    const world = new World();
    const children = [await world.person(), await world.person(), await world.person()];
    const key = request();
    const append = world.store.append.bind(world.store);
    world.store.append = async (stream, events, expected) => {
      if (stream === caseStream(caseIdOf(HAMAR, children[1] as string))) throw new Error('power cut');
      return append(stream, events, expected);
    };
    await expect(world.handling.receiveReferral(referral(children), key)).rejects.toThrow('power cut');
    world.store.append = append;

    const completed = await world.handling.receiveReferral(referral(children), key);
    const repeated = await world.handling.receiveReferral(referral(children), key);
    expect(repeated).toEqual(completed);
    for (const child of children) {
      expect(await world.store.readStream(caseStream(caseIdOf(HAMAR, child)))).toHaveLength(1);
    }
  });

  it('is appended for none when one of the children is not registered', async () => {
    const world = new World();
    const child = await world.person();
    const attempt = world.handling.receiveReferral(referral([child, caseIdOf(HAMAR, 'nobody')]), request());
    await expect(attempt).rejects.toThrow(NotFound);
    expect(await world.store.readStream(caseStream(caseIdOf(HAMAR, child)))).toEqual([]);
  });

  it('joins the case that a child has', async () => {
    const world = new World();
    const { personId, caseId } = await world.openCase();
    const accepted = await world.handling.receiveReferral(referral([personId]), request());
    expect(accepted.cases).toMatchObject([{ caseId, revision: 1 }]);
  });
});
