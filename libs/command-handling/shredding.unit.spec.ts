import { describe, expect, it } from '@jest/globals';
import { caseStream, personStream } from '#forlop/domain';
import { NotFound } from './errors.js';
import { shredSubject } from './shredding.js';
import { exampleOf, personBody, referral, request, World } from './world.fixture.js';

const operator = { subjectId: 'operator:drift', role: 'ARKIVAR', orgNumber: '0192:000000000' } as const;

const shred = (world: World, subjectRef: string, now = request().now) =>
  shredSubject(world.deps, {
    subjectRef,
    ground: 'APENBART_GRUNNLOS',
    decisionRef: '2026/1-2',
    operator,
    now,
  });

/** A child whose one referral was dismissed. */
async function dismissed(world: World) {
  const opened = await world.openCase();
  const assessment = exampleOf('AssessReferral', { referralId: opened.referralId, conclusion: 'DISMISSED' });
  await world.handling.execute(
    'AssessReferral',
    opened.caseId,
    { ...assessment, manifestlyUnfounded: true },
    request(),
  );
  return opened;
}

describe('shredding a person', () => {
  it('records it, and after it nothing of the person or of the case opens', async () => {
    const world = new World();
    const { personId, caseId } = await dismissed(world);
    await shred(world, personId);

    const stored = await world.store.readStream(personStream(personId));
    expect(stored.map(({ type }) => type)).toEqual(['PersonRegistered', 'SubjectShredded']);
    const [person] = await world.sealer.openPayloads(stored);
    expect(person).toMatchObject({ name: { first: '[slettet]' } });
    const [received] = await world.sealer.openPayloads(await world.store.readStream(caseStream(caseId)));
    expect(received).toMatchObject({ description: '[slettet]', kind: 'BEKYMRINGSMELDING' });
  });

  it('leaves the first answer to a repeated key as it was', async () => {
    const world = new World();
    const personId = await world.person();
    const key = request();
    const send = () => world.handling.receiveReferral(referral([personId]), key);
    const first = await send();
    const [{ caseId, referralId }] = first.cases as [(typeof first.cases)[number]];
    await world.handling.execute(
      'AssessReferral',
      caseId,
      exampleOf('AssessReferral', { referralId, conclusion: 'DISMISSED' }),
      request(),
    );
    await shred(world, personId);
    expect(await send()).toEqual(first);
  });

  it('is refused while a case of the person is open', async () => {
    const world = new World();
    const { personId } = await world.openCase();
    await expect(shred(world, personId)).rejects.toMatchObject({ slug: 'retention-required' });
    expect(await world.store.readStream(personStream(personId))).toHaveLength(1);
  });

  it('is refused for a guardian of a child whose case is open', async () => {
    const world = new World();
    const [child, mother] = [await world.person(), await world.person()];
    const guardians = [
      { personRef: mother, relation: 'MOR', dailyCare: true, foreldreansvar: true },
    ] as const;
    const body = referral([child]);
    const children = body.children.map((one) => ({ ...one, guardians }));
    await world.handling.receiveReferral({ ...body, children }, request());
    await expect(shred(world, mother)).rejects.toMatchObject({ slug: 'retention-required' });
  });

  it('for a henleggelse waits for ten years after the last entry', async () => {
    const world = new World();
    const { personId } = await dismissed(world);
    const after = (now: string) =>
      shredSubject(world.deps, {
        subjectRef: personId,
        ground: 'HENLAGT_10_AR',
        decisionRef: '2036/1',
        operator,
        now,
      });
    await expect(after('2027-01-01T10:00:00Z')).rejects.toMatchObject({ slug: 'retention-required' });
    await expect(after('2037-01-01T10:00:00Z')).resolves.toMatchObject({ subjectRef: personId });
  });

  it('cut off by a crash after the record is completed by a repeat', async () => {
    const world = new World();
    const { personId } = await dismissed(world);
    const destroy = world.keyStore.destroy.bind(world.keyStore);
    world.keyStore.destroy = () => Promise.reject(new Error('power cut'));
    await expect(shred(world, personId)).rejects.toThrow('power cut');
    world.keyStore.destroy = destroy;

    await expect(shred(world, personId)).resolves.toMatchObject({ position: null });
    expect(await world.keyStore.readKeys([personId])).toEqual(new Map([[personId, 'destroyed']]));
    expect(await world.store.readStream(personStream(personId))).toHaveLength(2);
  });

  it('frees the identifier: the person can be registered anew, as somebody else', async () => {
    const world = new World();
    const { ids } = await world.handling.registerPerson(personBody(), request());
    const shredded = ids['personId'] as string;
    await shred(world, shredded);
    const anew = await world.handling.registerPerson(personBody(), request());
    expect(anew.events).toHaveLength(1);
    expect(anew.ids['personId']).not.toBe(shredded);
  });

  it('of nobody is not found, and a shredded person can be named by no new referral', async () => {
    const world = new World();
    await expect(shred(world, '00000000-0000-4000-8000-000000000000')).rejects.toThrow(NotFound);
    const personId = await world.person();
    await shred(world, personId);
    await expect(world.handling.receiveReferral(referral([personId]), request())).rejects.toThrow(NotFound);
  });
});
