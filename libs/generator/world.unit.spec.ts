import { describe, expect, it } from '@jest/globals';
import {
  accessRequest,
  accessRequestCommands,
  allEvents,
  type CaseEntry,
  type CaseFact,
  caseStateIn,
  checkShape,
  type CommandDefinition,
  commandsOfCase,
  fold,
  isSynthetic,
  JUDGED_FROM,
  legalDateOf,
  person,
  personCommands,
  type PersonEvent,
  shapeFor,
} from '#forlop/domain';
import { checkIdentifier } from '#forlop/privacy';
import type { GeneratedEvent } from './given.js';
import { eveningOf } from './calendar.js';
import { firstEvents } from './first-events.js';
import {
  casesIn,
  commandsIn,
  digestOf,
  eventsIn,
  idOf,
  personsIn,
  SMALL,
  worldWith,
} from './test-world.fixture.js';
import { worldOf } from './world.js';

const COMMANDS: Readonly<Record<string, CommandDefinition>> = {
  ...commandsOfCase,
  ...personCommands,
  ...accessRequestCommands,
};

const legalDateIn = ({ type, data }: GeneratedEvent): string => {
  const field = allEvents[type]?.legalDate ?? '';
  return legalDateOf(String((data as Record<string, unknown>)[field]));
};

describe('a world', () => {
  const world = worldWith({ cases: 120 });
  const streams = [...world.streams()];
  const many = [...worldWith({ cases: 900, seed: 'many' }).streams()].map((stream) => ({
    isCase: stream.streamId.startsWith('childcase-'),
    types: eventsIn(stream).map(({ type }) => type),
  }));

  it('is the same for the same seed, on every day and every machine', () => {
    expect(digestOf(worldWith())).toBe(digestOf(worldWith()));
    expect(digestOf(worldWith())).toBe(GOLDEN);
  });

  it('is another for another seed, place, time or size', () => {
    const others = [
      { seed: '2' },
      { municipalities: 4 },
      { years: 2 },
      { until: '2026-06-29' },
      { cases: 61 },
    ];
    const digests = [{}, ...others].map((changes) => digestOf(worldWith(changes)));
    expect(new Set(digests).size).toBe(digests.length);
  });

  it('shares no id with another world', () => {
    const [ids, others] = [worldWith(), worldWith({ seed: '2' })].map(
      (each) => new Set([...each.streams()].map(({ streamId }) => streamId)),
    );
    expect([...(ids ?? [])].filter((id) => others?.has(id))).toEqual([]);
  });

  it('has as many cases as were asked for, each of one child', () => {
    expect(casesIn(world)).toHaveLength(120);
    expect(new Set(casesIn(world).map(({ subject }) => subject)).size).toBe(120);
  });

  it('holds streams that fold without an error, corrections and all', () => {
    for (const stream of streams) {
      const events = eventsIn(stream);
      if (stream.streamId.startsWith('person-')) {
        expect(fold(person, events as unknown as PersonEvent[]).phase).toBe('registered');
      } else if (stream.streamId.startsWith('childcase-')) {
        const entries: CaseEntry[] = stream.commands.flatMap(({ events: given, by, on, key }, index) =>
          given.map((event) => ({
            eventId: idOf(`${key}${index}`),
            event: event as unknown as CaseFact,
            recordedAt: eveningOf(on),
            by,
            municipality: stream.municipality,
          })),
        );
        expect(caseStateIn(entries)).toMatchObject({ situation: 'open', childRef: stream.subject });
      } else {
        expect(
          fold(accessRequest, events as unknown as Parameters<typeof accessRequest.evolve>[1][]),
        ).toMatchObject({ situation: 'requested' });
      }
    }
  });

  it('was made by commands as a client sends them, by roles that may', () => {
    const faults = commandsIn(streams).flatMap(({ type, data, by }) => {
      const definition = COMMANDS[type];
      if (definition?.roles.includes(by.role) !== true) return [[type, by.role]];
      const refined = definition.refine?.(data as Record<string, unknown>) ?? [];
      return [...checkShape(definition.shape, data, 'whole'), ...refined].map((fault) => [type, fault]);
    });
    expect(faults).toEqual([]);
  });

  it('holds events as their definitions have them', () => {
    const faults = streams.flatMap(eventsIn).flatMap(({ type, data }) => {
      const definition = allEvents[type];
      const shape = definition === undefined ? {} : shapeFor(definition, data);
      return checkShape(shape, data, 'whole').map((fault) => [type, fault]);
    });
    expect(faults).toEqual([]);
  });

  it('happens in order, within its years, and is never recorded before it happened', () => {
    const days = streams.map(({ commands }) => commands.map(({ on }) => on));
    expect(days).toEqual(days.map((each) => each.toSorted()));
    const all = days.flat().toSorted();
    expect([all[0], all.at(-1)].map((day) => day?.slice(0, 4))).toEqual(['2023', '2026']);
    expect(all.at(-1)?.localeCompare(world.plan.until)).toBeLessThanOrEqual(0);
    const early = commandsIn(streams).filter(({ on, events }) =>
      events.some((event) => legalDateIn(event) > on),
    );
    expect(early).toEqual([]);
  });

  it('has short streams, long ones and very long ones', () => {
    const lengths = many.filter(({ isCase }) => isCase).map(({ types }) => types.length);
    const median = lengths.toSorted((a, b) => a - b)[450] ?? 0;
    expect(median).toBeGreaterThan(8);
    expect(lengths.filter((length) => length > 20).length).toBeGreaterThan(180);
    expect(lengths.filter((length) => length > 100).length).toBeGreaterThan(2);
  });

  it('uses the domain: there is no event of a case or a person that never happens, but a shredding', () => {
    const seen = new Set(many.flatMap(({ types }) => types));
    const unseen = Object.values(allEvents)
      .filter(({ aggregate }) => aggregate === 'childcase' || aggregate === 'person')
      .map(({ type }) => type)
      .filter((type) => !seen.has(type));
    expect(unseen).toEqual(['SubjectShredded']);
  });

  it('reaches back before the rules that are judged, and cites the act of its time', () => {
    const old = worldWith({ cases: 120, years: 6 });
    const decided = casesIn(old)
      .flatMap(eventsIn)
      .filter(({ type }) => type === 'MeasureDecided');
    const bases = new Map<string, Set<unknown>>();
    for (const event of decided) {
      const time = legalDateIn(event) < JUDGED_FROM ? 'before' : 'since';
      const { legalBasis } = event.data as { legalBasis: unknown };
      bases.set(time, (bases.get(time) ?? new Set()).add(legalBasis));
    }
    expect(bases.get('before')).toEqual(new Set(['4-4']));
    bases.get('since')?.delete('3-6');
    expect(bases.get('since')).toEqual(new Set(['3-1']));
  });

  it('names a district where there are some', () => {
    const oslo = worldWith({ among: ['0301'], municipalities: 1 });
    expect(oslo.places).toHaveLength(15);
    expect(casesIn(oslo).every(({ district }) => /^(0[1-9]|1[0-5])$/.test(district ?? ''))).toBe(true);
    expect(personsIn(oslo).every(({ district }) => district === undefined)).toBe(true);
  });

  it('cut short has exactly so many events', () => {
    const count = (pieces: Iterable<{ commands: readonly { events: readonly unknown[] }[] }>): number =>
      [...pieces].flatMap(({ commands }) => commands.flatMap(({ events }) => events)).length;
    for (const wanted of [1, 100, 777]) expect(count(firstEvents(worldWith(), wanted))).toBe(wanted);
    expect(count(firstEvents(worldWith(), 1e9))).toBe(count(worldWith()));
  });

  it.each([
    [{ cases: 0 }, 'cases'],
    [{ cases: 1.5 }, 'cases'],
    [{ municipalities: 401 }, 'municipalities'],
    [{ years: 11 }, 'years'],
    [{ until: '2019-12-31' }, 'until'],
    [{ until: '2026-02-30' }, 'until'],
    [{ among: ['9999'] }, 'municipality'],
  ])('refuses %j, and says what is wrong', (changes, word) => {
    expect(() => worldOf({ ...SMALL, ...changes })).toThrow(RangeError);
    expect(() => worldOf({ ...SMALL, ...changes })).toThrow(word);
  });
});

describe('the people of a world', () => {
  const persons = personsIn(worldWith({ cases: 400 }));
  const registered = persons.flatMap((stream) =>
    eventsIn(stream).map((event) => ({
      municipality: stream.municipality,
      ...(event as unknown as Exclude<PersonEvent, { type: 'SubjectShredded' }>).data,
    })),
  );
  const numbered = registered.filter(({ identifier }) => identifier.value !== undefined);

  it('have synthetic numbers with right check digits, and nobody shares one', () => {
    const faults = numbered.filter(
      ({ identifier: { kind, value } }) => !isSynthetic(value ?? '') || !checkIdentifier(kind, value).ok,
    );
    expect(faults).toEqual([]);
    const numbers = numbered.map(
      ({ municipality, identifier }) => `${municipality}${identifier.value ?? ''}`,
    );
    expect(new Set(numbers).size).toBe(numbers.length);
    expect(numbered.length / registered.length).toBeGreaterThan(0.95);
  });

  it('agree with their numbers about when they were born', () => {
    const errors = numbered.flatMap((data) => personCommands.RegisterPerson.refine?.(data) ?? []);
    expect(errors).toEqual([]);
  });

  it('are called what nobody is called', () => {
    const names = registered.flatMap(({ name }) => (name === undefined ? [] : [name.last]));
    expect(names.every((last) => /(syntetisk|eksempel|øvelse|prøvesen|testesen|utkast)$/.test(last))).toBe(
      true,
    );
  });
});

/** Of `SMALL`. Another one means that what a seed gives has changed: say so in the change log. */
const GOLDEN = 'beb683f6a4886da369bc8ec28d7475978f446d7fdc2fc4c90cabcf67096a7642';
