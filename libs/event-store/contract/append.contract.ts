import { describe, expect, it } from '@jest/globals';
import { WrongExpectedRevision } from '../errors.js';
import type { EventStore, EventToAppend, ExpectedRevision } from '../port.js';
import { anEvent, aStream, idsOf, someEvents } from './support.fixture.js';

/** The append decision: every row of EventStoreDB's table that speaks of streams never written or existing. */
export function appendContract(store: () => EventStore): void {
  const conflict = async (
    stream: string,
    events: readonly EventToAppend[],
    expected: ExpectedRevision,
  ): Promise<unknown> => {
    const error: unknown = await store()
      .append(stream, events, expected)
      .catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(WrongExpectedRevision);
    return error;
  };

  const written = async (count: number): Promise<{ stream: string; events: EventToAppend[] }> => {
    const stream = aStream();
    const events = someEvents(count);
    await store().append(stream, events, 'noStream');
    return { stream, events };
  };

  describe('a stream never written', () => {
    it.each(['any', 'noStream'] as const)('is begun by an append at %s', async (expected) => {
      const stream = aStream();
      const appended = await store().append(stream, someEvents(3), expected);

      expect(appended).toMatchObject({ revision: 2, repeated: false });
      expect(appended.positions).toHaveLength(3);
      expect(appended.position).toBe(appended.positions[2]);
    });

    it.each(['streamExists', 0, 7] as const)('refuses an append at %s', async (expected) => {
      const stream = aStream();

      expect(await conflict(stream, someEvents(1), expected)).toMatchObject({
        name: 'WrongExpectedRevision',
        streamId: stream,
        expected,
        actual: 'noStream',
      });
      expect(await store().readStream(stream)).toEqual([]);
    });
  });

  describe('a stream that exists', () => {
    it.each(['any', 'streamExists', 1] as const)('is continued by an append at %s', async (expected) => {
      const { stream, events } = await written(2);
      const more = someEvents(2);
      const appended = await store().append(stream, more, expected);

      expect(appended).toMatchObject({ revision: 3, repeated: false });
      expect(idsOf(await store().readStream(stream))).toEqual(idsOf([...events, ...more]));
    });

    it.each([
      ['noStream', 'noStream'],
      ['an earlier revision', 0],
      ['a revision it has not reached', 2],
    ] as const)('refuses other events at %s and says where it is', async (_, expected) => {
      const { stream } = await written(2);

      expect(await conflict(stream, someEvents(1), expected)).toMatchObject({ expected, actual: 1 });
      expect(await store().readStream(stream)).toHaveLength(2);
    });

    it('does not look at ids at its own last revision', async () => {
      const { stream, events } = await written(1);
      const appended = await store().append(stream, events, 0);

      expect(appended).toMatchObject({ revision: 1, repeated: false });
    });
  });

  describe('a repeat', () => {
    it('at noStream is a success with the stored positions', async () => {
      const stream = aStream();
      const events = someEvents(3);
      const first = await store().append(stream, events, 'noStream');
      await store().append(stream, someEvents(2), 2);

      expect(await store().append(stream, events, 'noStream')).toEqual({ ...first, repeated: true });
      expect(await store().readStream(stream)).toHaveLength(5);
    });

    it('at a revision is a success with the stored positions', async () => {
      const { stream } = await written(2);
      const events = someEvents(2);
      const first = await store().append(stream, events, 1);
      await store().append(stream, someEvents(1), 3);

      expect(await store().append(stream, events, 1)).toEqual({ ...first, repeated: true });
    });

    it('of the first events only is a success with their positions', async () => {
      const stream = aStream();
      const events = someEvents(3);
      const first = await store().append(stream, events, 'noStream');

      expect(await store().append(stream, events.slice(0, 2), 'noStream')).toEqual({
        revision: 1,
        position: first.positions[1],
        positions: first.positions.slice(0, 2),
        repeated: true,
      });
    });

    it('of events that were stored in two appends gives each its own position', async () => {
      const stream = aStream();
      const events = someEvents(2);
      const one = await store().append(stream, events.slice(0, 1), 'noStream');
      await store().append(aStream(), someEvents(3), 'noStream');
      const two = await store().append(stream, events.slice(1), 0);

      const repeat = await store().append(stream, events, 'noStream');
      expect(repeat).toMatchObject({ positions: [one.position, two.position], repeated: true });
    });

    it('that holds more than what is stored is a conflict', async () => {
      const { stream, events } = await written(2);

      expect(await conflict(stream, [...events, anEvent()], 'noStream')).toMatchObject({ actual: 1 });
      expect(await store().readStream(stream)).toHaveLength(2);
    });

    it('whose events differ in the first or in a later one is a conflict', async () => {
      const { stream, events } = await written(2);

      await conflict(stream, [anEvent(), ...events.slice(1)], 'noStream');
      await conflict(stream, [...events.slice(0, 1), anEvent()], 'noStream');
      await conflict(stream, [...events].reverse(), 'noStream');
    });

    it('at a revision the stream has not reached is a conflict', async () => {
      const { stream, events } = await written(2);

      expect(await conflict(stream, events, 5)).toMatchObject({ actual: 1 });
    });

    it.each(['any', 'streamExists'] as const)('at %s of recent events is a success', async (expected) => {
      const { stream } = await written(1);
      const events = someEvents(2);
      const first = await store().append(stream, events, expected);
      await store().append(stream, someEvents(3), 'any');

      expect(await store().append(stream, events, expected)).toEqual({ ...first, repeated: true });
    });

    it.each(['any', 'streamExists'] as const)(
      'at %s whose later events are unknown is a conflict',
      async (expected) => {
        const { stream, events } = await written(2);

        await conflict(stream, [...events.slice(1), anEvent()], expected);
        expect(await store().readStream(stream)).toHaveLength(2);
      },
    );

    it('at any whose first event is unknown is stored in full', async () => {
      const { stream, events } = await written(1);
      const appended = await store().append(stream, [anEvent(), ...events], 'any');

      expect(appended).toMatchObject({ revision: 2, repeated: false });
    });

    it('of an event id in another stream is another event', async () => {
      const { events } = await written(1);

      expect(await store().append(aStream(), events, 'noStream')).toMatchObject({ repeated: false });
    });
  });

  describe('appends at the same time', () => {
    it('at one revision store one and refuse the others', async () => {
      const { stream } = await written(1);
      const results = await Promise.allSettled(
        Array.from({ length: 20 }, () => store().append(stream, someEvents(2), 0)),
      );

      expect(results.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
      const refused = results.flatMap((result): unknown[] =>
        result.status === 'rejected' ? [result.reason] : [],
      );
      expect(refused.every((reason) => reason instanceof WrongExpectedRevision)).toBe(true);
      expect(await store().readStream(stream)).toHaveLength(3);
    });

    it('of the same events store them once', async () => {
      const stream = aStream();
      const events = someEvents(2);
      const results = await Promise.all(
        Array.from({ length: 10 }, () => store().append(stream, events, 'noStream')),
      );

      expect(results.filter(({ repeated }) => !repeated)).toHaveLength(1);
      expect(new Set(results.map(({ position }) => position)).size).toBe(1);
    });

    it('of the same events at any store them once', async () => {
      const stream = aStream();
      const events = someEvents(2);
      await Promise.all(Array.from({ length: 10 }, () => store().append(stream, events, 'any')));

      expect(await store().readStream(stream)).toHaveLength(2);
    });

    it('at any to one stream are all stored, each in one piece', async () => {
      const stream = aStream();
      const appends = Array.from({ length: 60 }, () => someEvents(3));
      const results = await Promise.all(appends.map((events) => store().append(stream, events, 'any')));

      const stored = await store().readStream(stream);
      expect(stored.map(({ revision }) => revision)).toEqual(stored.map((_, index) => index));
      expect(stored).toHaveLength(180);
      for (const [index, { revision, positions }] of results.entries()) {
        const own = stored.slice(revision - 2, revision + 1);
        expect(idsOf(own)).toEqual(idsOf(appends[index] ?? []));
        expect(own.map(({ position }) => position)).toEqual(positions);
      }
    });

    it('fail alone: a conflict is its own append’s and nobody else’s', async () => {
      const { stream } = await written(1);
      const results = await Promise.allSettled(
        Array.from({ length: 40 }, (_, index) =>
          index % 4 === 0
            ? store().append(stream, someEvents(1), 'noStream')
            : store().append(aStream(), someEvents(2), 'noStream'),
        ),
      );

      expect(results.map(({ status }) => status)).toEqual(
        results.map((_, index) => (index % 4 === 0 ? 'rejected' : 'fulfilled')),
      );
    });
  });
}
