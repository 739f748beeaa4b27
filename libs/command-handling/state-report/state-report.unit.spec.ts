import { describe, expect, it } from '@jest/globals';
import { reportFigures, stateReportStream } from '#forlop/domain';
import { NotFound } from '../errors.js';
import { HAMAR, personBody, request, World } from '../world.fixture.js';
import type { CountFigures, FiguresAsked } from './figures.js';

const KEY = { municipality: HAMAR, year: 2025 } as const;
const STREAM = stateReportStream(HAMAR, 2025);

/** A count that remembers what it was asked; with the figure small enough to be hidden. */
function counting(world: World, numerator = 2) {
  const asked: FiguresAsked[] = [];
  const count: CountFigures = async (each) => {
    asked.push(each);
    const figures = reportFigures(new Map([['Q1', { numerator }]]), each.besides);
    const position = (await world.store.head()) ?? `mem:${'0'.repeat(20)}`;
    return { ...figures, asOf: { storeId: world.store.storeId, position } };
  };
  return { asked, count };
}

const generate = (world: World, count: CountFigures, body = {}, by = request()) =>
  world.handling.stateReport('GenerateStateReport', KEY, body, by, count);

describe('generating a state report', () => {
  it('stores the figures that were taken, and its chapters sealed under a key of its own', async () => {
    const world = new World();
    const { asked, count } = counting(world);
    const accepted = await generate(world, count, { textChapters: { '1': 'Et godt år.' } });
    expect(accepted).toMatchObject({ ids: KEY, revision: 0 });
    expect(asked).toEqual([{ ...KEY, on: request().today, besides: new Set() }]);
    const [stored] = await world.store.readStream(STREAM);
    expect(stored?.payload).not.toContain('godt');
    const [data] = await world.sealer.openPayloads(stored ? [stored] : []);
    expect(data).toMatchObject({
      textChapters: { '1': 'Et godt år.' },
      suppressedCells: [{ indicator: 'Q1' }],
    });
  });

  it('keeps hidden what an earlier version hid', async () => {
    const world = new World();
    await generate(world, counting(world, 2).count);
    const { asked, count } = counting(world, 9);
    await generate(world, count);
    expect(asked.map(({ besides }) => [...besides])).toEqual([['Q1']]);
    const stored = await world.store.readStream(STREAM);
    expect(JSON.parse(stored[1]?.payload ?? '{}')).toMatchObject({
      data: { suppressedCells: [{ indicator: 'Q1' }] },
    });
  });

  it('counts nothing for a repeated key', async () => {
    const world = new World();
    const { asked, count } = counting(world);
    const key = request();
    const first = await generate(world, count, {}, key);
    expect(await generate(world, count, {}, key)).toEqual(first);
    expect(asked).toHaveLength(1);
  });

  it('counts nothing for a role that may not, and is not there for another municipality', async () => {
    const world = new World();
    const { asked, count } = counting(world);
    await expect(generate(world, count, {}, request({ role: 'SAKSBEHANDLER' }))).rejects.toMatchObject({
      slug: 'forbidden',
    });
    const elsewhere = generate(world, count, {}, request({ municipality: '3401' }));
    await expect(elsewhere).rejects.toBeInstanceOf(NotFound);
    await expect(elsewhere).rejects.toMatchObject({ owner: { municipality: HAMAR } });
    expect(asked).toEqual([]);
  });

  it('finds names that are or were registered in the municipality, and no others', async () => {
    const world = new World();
    const { count } = counting(world);
    const named = (first: string) => ({ name: { first, last: 'Prøvesen' } });
    const personId = await world.person(named('Gamlenavn'));
    await world.handling.correctPerson(
      {
        ...personBody(),
        identifier: { kind: 'NONE' },
        ...named('Nyttnavn'),
        personId,
        reason: 'Nytt navn',
        on: '2026-11-01',
      },
      request(),
    );
    await world.handling.registerPerson(
      { ...personBody(), identifier: { kind: 'NONE' }, ...named('Annensteds') },
      request({ municipality: '3401' }),
    );
    const chapters = { '1': 'Gamlenavn fikk hjelp.', '2': 'Annensteds er bra.', '3': 'Nyttnavns sak.' };
    await expect(generate(world, count, { textChapters: chapters })).rejects.toMatchObject({
      slug: 'small-cells',
      feil: [{ felt: '/textChapters/1' }, { felt: '/textChapters/3' }],
    });
  });

  it('opens nobody for a report without chapters', async () => {
    const world = new World();
    await world.person();
    let pages = 0;
    const reading = world.store.readAll.bind(world.store);
    world.store.readAll = (...given) => {
      pages += 1;
      return reading(...given);
    };
    await generate(world, counting(world).count, { textChapters: { '4': '  ' } });
    expect(pages).toBe(0);
  });
});
