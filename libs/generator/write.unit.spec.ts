import { describe, expect, it } from '@jest/globals';
import { decode } from '#forlop/command-handling';
import { MemoryEventStore, StoreUnavailable } from '#forlop/event-store';
import { MasterKey, MemoryKeyStore, Sealer } from '#forlop/privacy';
import type { GeneratedEvent, Piece } from './given.js';
import { digestOf, eventsIn, worldWith } from './test-world.fixture.js';
import { writeWorld } from './write.js';

function place(secret = 7) {
  const [store, keyStore] = [new MemoryEventStore(), new MemoryKeyStore()];
  const sealer = new Sealer(keyStore, new MasterKey(Buffer.alloc(32, secret)));
  return { store, keyStore, sealer, blindIndex: keyStore };
}
type Place = ReturnType<typeof place>;

async function everything({ store, sealer }: Place) {
  const { events } = await store.readAll(null, 1_000_000);
  return { stored: events, read: await decode(sealer, events) };
}
const asJson = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

describe('a world that is written', () => {
  it('is stored as it was made: sealed, in its envelopes, under stable ids', async () => {
    const here = place();
    const world = worldWith();
    const { cases, events, digest, eventsPerSecond } = await writeWorld(world, here);
    const { stored, read } = await everything(here);
    expect([cases, events, digest]).toEqual([60, stored.length, digestOf(world)]);
    expect(eventsPerSecond).toBeGreaterThan(0);
    for (const stream of world.streams()) {
      const own = read.filter(({ envelope }) => envelope.streamId === stream.streamId);
      expect(own.map(({ event }) => [event.type, event.data])).toEqual(
        asJson(eventsIn(stream).map(({ type, data }) => [type, data])),
      );
      const commands = stream.commands.flatMap((command) => command.events.map(() => command));
      expect(
        own.map(({ envelope }) => [envelope.actor, envelope.municipalityNumber, envelope.causationId]),
      ).toEqual(commands.map(({ by, key }) => [by, stream.municipality, key]));
    }
    const texts = eventsIn(
      [...world.streams()].find(({ streamId }) => streamId.startsWith('childcase-')) ?? { commands: [] },
    );
    const { description } = texts[0]?.data as { description: string };
    expect(JSON.stringify(stored)).not.toContain(description);
  });

  it('has events of about the size of real ones', async () => {
    const here = place();
    await writeWorld(worldWith(), here);
    const { stored } = await everything(here);
    const mean = stored.reduce((sum, { payload }) => sum + payload.length, 0) / stored.length;
    expect(mean).toBeGreaterThan(500);
    expect(mean).toBeLessThan(900);
  });

  it('has a digest that does not hang on the keys', async () => {
    const [one, other] = [place(1), place(2)];
    const written = [await writeWorld(worldWith(), one), await writeWorld(worldWith(), other)];
    expect(written[0]?.digest).toBe(written[1]?.digest);
    const [first, second] = [await everything(one), await everything(other)];
    expect(first.stored.map(({ eventId }) => eventId)).toEqual(second.stored.map(({ eventId }) => eventId));
    expect(first.stored.map(({ payload }) => payload)).not.toEqual(
      second.stored.map(({ payload }) => payload),
    );
  });

  it('is stored once when it is written again, and completed when it was cut off', async () => {
    const here = place();
    const world = worldWith();
    const cut: Piece[] = [...world].slice(0, 100);
    await writeWorld(cut, here);
    const whole = await writeWorld(world, here);
    const again = await writeWorld(world, here);
    expect((await everything(here)).stored).toHaveLength(whole.events);
    expect(again.digest).toBe(whole.digest);
  });

  it('makes its people findable by their numbers, and gives nobody the number of somebody else', async () => {
    const here = place();
    const persons = (seed: string) =>
      [...worldWith({ seed }).streams()].filter(({ streamId }) => streamId.startsWith('person-'));
    const [first] = persons('1');
    if (first === undefined) throw new Error('There is nobody.');
    const [event] = eventsIn(first) as [
      GeneratedEvent & { data: { identifier: { kind: string; value: string } } },
    ];
    const { kind, value } = event.data.identifier;
    const hmac = here.sealer.identifierHmac(first.municipality, kind, value);
    const somebody = '6f0e7c1a-5d0b-4c55-9a51-0c3a8f4b1d01';
    await here.blindIndex.reserve(first.municipality, hmac, somebody);
    const { digest } = await writeWorld(worldWith(), here);
    expect(digest).toBe(digestOf(worldWith()));
    expect(await here.blindIndex.find(first.municipality, hmac)).toBe(somebody);
    const stored = await decode(here.sealer, await here.store.readStream(first.streamId));
    expect(stored[0]?.event.data).toMatchObject({ identifier: { kind: 'NONE' } });
    const second = persons('1')[1];
    const [other] = eventsIn(second ?? first) as [typeof event];
    const found = other.data.identifier;
    expect(
      await here.blindIndex.find(
        first.municipality,
        here.sealer.identifierHmac(first.municipality, found.kind, found.value),
      ),
    ).toBe(second?.subject);
  });

  it('says how far it has come', async () => {
    const steps: number[] = [];
    const { events } = await writeWorld(worldWith(), place(), (step) => steps.push(step.events));
    expect(steps.length).toBeGreaterThan(1);
    expect(steps).toEqual(steps.toSorted((a, b) => a - b));
    expect(steps.at(-1)).toBe(events);
  });

  it('ends with what the store says when that is away', async () => {
    const here = place();
    await here.store.close();
    await expect(writeWorld(worldWith(), here)).rejects.toThrow(StoreUnavailable);
  });
});
