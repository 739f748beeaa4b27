import { describe, expect, it } from '@jest/globals';
import { personStream } from '#forlop/domain';
import { NotFound } from './errors.js';
import { exampleOf, personBody, request, World } from './world.fixture.js';

describe('a person', () => {
  it('whose identifier is known is given back as stored, and nothing is appended', async () => {
    const world = new World();
    const body = personBody();
    const first = await world.handling.registerPerson(body, request());
    const head = await world.store.head();
    const again = await world.handling.registerPerson(
      { ...body, name: { first: 'Annen', last: 'Prøve' } },
      request(),
    );
    expect(again).toMatchObject({ ids: first.ids, events: [], person: { name: body.name } });
    expect(await world.store.head()).toBe(head);
  });

  it('registered twice at once under one identifier is one person', async () => {
    const world = new World();
    const send = () => world.handling.registerPerson(personBody(), request());
    const answers = await Promise.all([send(), send(), send()]);
    expect(new Set(answers.map(({ ids }) => ids['personId'])).size).toBe(1);
    expect(answers.flatMap(({ events }) => events)).toHaveLength(1);
  });

  it('is found by the identifier in the own municipality alone, and no longer by one that was corrected away', async () => {
    const world = new World();
    const body = personBody();
    const { ids } = await world.handling.registerPerson(body, request());
    const personId = ids['personId'] as string;
    const { caller } = request();
    expect(await world.handling.searchPerson(body.identifier, caller)).toMatchObject([
      { personId, name: body.name },
    ]);
    expect(await world.handling.searchPerson(body.identifier, { ...caller, municipality: '3405' })).toEqual(
      [],
    );

    const corrected = {
      ...body,
      personId,
      identifier: { kind: 'NONE' as const },
      reason: 'Feil nummer',
      on: '2026-11-24',
    };
    await world.handling.correctPerson(corrected, request());
    expect(await world.handling.searchPerson(body.identifier, caller)).toEqual([]);
  });

  it('corrected under a key gives the first answer to a repeat, also when its revision is stale by then', async () => {
    const world = new World();
    const personId = await world.person();
    const key = request();
    const correction = { ...personBody(), personId, reason: 'Nytt navn', on: '2026-11-24' };
    const first = await world.handling.correctPerson(correction, key);
    expect(first.ids).toEqual({ personId });
    expect(await world.handling.correctPerson(correction, { ...key, ifMatch: 0 })).toEqual(first);
  });

  it('cannot take the identifier of another by correction, nor another’s id', async () => {
    const world = new World();
    const body = personBody();
    const { ids } = await world.handling.registerPerson(body, request());
    const other = await world.person();
    const taking = { ...body, personId: other, reason: 'Feil nummer', on: '2026-11-24' };
    await expect(world.handling.correctPerson(taking, request())).rejects.toMatchObject({
      slug: 'id-in-use',
    });
    const same = { ...body, identifier: { kind: 'NONE' as const }, personId: ids['personId'] as string };
    await expect(world.handling.registerPerson(same, request())).rejects.toMatchObject({ slug: 'id-in-use' });
    await expect(world.handling.registerPerson(same, request({ municipality: '3405' }))).rejects.toThrow(
      NotFound,
    );
  });

  it('registered by a request that a crash cut off after the index is completed by another request', async () => {
    const world = new World();
    const body = personBody();
    const append = world.store.append.bind(world.store);
    world.store.append = () => Promise.reject(new Error('power cut'));
    await expect(world.handling.registerPerson(body, request())).rejects.toThrow('power cut');
    world.store.append = append;
    const { ids, events } = await world.handling.registerPerson(body, request());
    expect(events).toHaveLength(1);
    expect(await world.store.readStream(personStream(ids['personId'] as string))).toHaveLength(1);
  });

  it('cannot take a number that a correction under way is giving to another', async () => {
    const world = new World();
    const { identifier } = personBody();
    const personId = await world.person();
    const correction = { ...personBody(), personId, reason: 'Nytt nummer', on: '2026-11-24' };
    const append = world.store.append.bind(world.store);
    let meanwhile: unknown;
    world.store.append = async (...asked) => {
      world.store.append = append;
      meanwhile = await world.handling
        .registerPerson(personBody(), request())
        .catch((error: unknown) => error);
      return append(...asked);
    };
    await world.handling.correctPerson(correction, request());
    expect(meanwhile).toMatchObject({ slug: 'id-in-use' });
    const found = await world.handling.searchPerson(identifier, request().caller);
    expect(found).toMatchObject([{ personId }]);
  });

  it('who is shredded while a correction is under way is gone to the one who corrects', async () => {
    const world = new World();
    const personId = await world.person();
    const correction = { ...personBody(), personId, reason: 'Nytt nummer', on: '2026-11-24' };
    const readCommand = world.store.readCommand.bind(world.store);
    world.store.readCommand = async (commandId) => {
      const stored = await readCommand(commandId);
      // What was read ahead is there by now; the key goes after it.
      await new Promise((resolve) => setImmediate(resolve));
      await world.keyStore.destroy(personId);
      return stored;
    };
    await expect(world.handling.correctPerson(correction, request())).rejects.toThrow(NotFound);
  });

  it('may have a number that a crash left with somebody who no longer has it', async () => {
    const world = new World();
    const { ids } = await world.handling.registerPerson(personBody(), request());
    const before = ids['personId'] as string;
    const away = { ...personBody(), personId: before, reason: 'Feil nummer', on: '2026-11-24' };
    world.keyStore.release = () => Promise.reject(new Error('power cut'));
    const corrected = world.handling.correctPerson({ ...away, identifier: { kind: 'NONE' } }, request());
    await expect(corrected).rejects.toThrow('power cut');
    Reflect.deleteProperty(world.keyStore, 'release');
    const { events, ids: next } = await world.handling.registerPerson(personBody(), request());
    expect(events).toHaveLength(1);
    expect(next['personId']).not.toBe(before);
  });

  it('or a case of another municipality is refused unopened', async () => {
    const world = new World();
    const personId = await world.person();
    const { caseId } = await world.openCase();
    const opened: (readonly string[])[] = [];
    const readKeys = world.keyStore.readKeys.bind(world.keyStore);
    world.keyStore.readKeys = (subjects) => {
      opened.push(subjects);
      return readKeys(subjects);
    };
    const elsewhere = request({ municipality: '3405' });
    const correction = { ...personBody(), personId, reason: 'Feil', on: '2026-11-24' };
    const body = exampleOf('RecordChildParticipation');
    await expect(world.handling.correctPerson(correction, elsewhere)).rejects.toThrow(NotFound);
    await expect(
      world.handling.execute('RecordChildParticipation', caseId, body, request({ municipality: '3405' })),
    ).rejects.toThrow(NotFound);
    expect(opened).toEqual([]);
  });
});
