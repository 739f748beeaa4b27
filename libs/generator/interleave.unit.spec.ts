import { describe, expect, it } from '@jest/globals';
import { worldWith } from './test-world.fixture.js';
import { eventsIn } from './test-world.fixture.js';

describe('the streams of a world side by side', () => {
  const world = worldWith({ cases: 200 });
  const pieces = [...world];

  it('lose nothing, and each keeps its order', () => {
    const seen = new Map<string, unknown[]>();
    const misplaced = pieces.filter((piece) => {
      const before = seen.get(piece.streamId) ?? [];
      seen.set(piece.streamId, [...before, ...eventsIn(piece)]);
      return piece.firstRevision !== before.length;
    });
    expect(misplaced).toEqual([]);
    const whole = new Map([...world.streams()].map((stream) => [stream.streamId, eventsIn(stream)]));
    expect(seen).toEqual(whole);
  });

  it('end where they say so', () => {
    const ended = new Set<string>();
    const after = pieces.filter(({ streamId, isLast }) => {
      const isAfter = ended.has(streamId);
      if (isLast) ended.add(streamId);
      return isAfter;
    });
    expect(after).toEqual([]);
    expect(ended.size).toBe([...world.streams()].length);
  });

  it('are the same in each part, whichever parts are made together', () => {
    const of = (parts: readonly number[]) => [...world.parts(parts)].filter(({ part }) => part === 1);
    expect(of([1])).toEqual(pieces.filter(({ part }) => part === 1));
    expect(of([1, 3])).toEqual(of([1]));
    expect(new Set(pieces.map(({ part }) => part))).toEqual(new Set([0, 1, 2, 3]));
  });

  it('come nearly by day, as the cases of one time happen among each other', () => {
    const days = pieces.map(({ commands }) => commands[0]?.on ?? '');
    const backwards = days.filter((day, index) => index > 0 && day < (days[index - 1] ?? '')).length;
    expect(backwards / days.length).toBeLessThan(0.35);
    const streamsOfHundred = new Set(pieces.slice(300, 400).map(({ streamId }) => streamId));
    expect(streamsOfHundred.size).toBeGreaterThan(60);
  });
});
