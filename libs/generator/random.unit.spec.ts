import { describe, expect, it } from '@jest/globals';
import { Random } from './random.js';

const drawn = <T>(draw: (random: Random) => T, count = 5_000, name = 'seed'): T[] => {
  const random = new Random(name);
  return Array.from({ length: count }, () => draw(random));
};
const shareOf = <T>(values: readonly T[], test: (value: T) => boolean): number =>
  values.filter(test).length / values.length;

describe('chance', () => {
  it('follows from a name, for ever', () => {
    expect(drawn((random) => random.between(0, 999), 6)).toEqual(FIRST);
    expect(drawn((random) => random.between(0, 999), 6, 'seed.')).not.toEqual(FIRST);
  });

  it('is even', () => {
    const tens = drawn((random) => random.between(1, 10));
    for (let value = 1; value <= 10; value += 1) {
      expect(shareOf(tens, (one) => one === value)).toBeCloseTo(0.1, 1.5);
    }
    expect(Math.min(...tens)).toBe(1);
    expect(Math.max(...tens)).toBe(10);
  });

  it('weighs', () => {
    const letters = drawn((random) =>
      random.weighted([
        ['a', 1],
        ['b', 3],
        ['c', 0],
      ]),
    );
    expect(shareOf(letters, (letter) => letter === 'b')).toBeCloseTo(0.75, 1);
    expect(letters).not.toContain('c');
  });

  it('draws days along a line between the quantiles', () => {
    const days = drawn((random) =>
      random.days([
        [0, 0],
        [50, 9],
        [100, 100],
      ]),
    );
    expect(shareOf(days, (day) => day <= 9)).toBeCloseTo(0.5, 1);
    expect(Math.min(...days)).toBe(0);
    expect(Math.max(...days)).toBe(100);
  });

  it('takes some of a list, each once and in its order', () => {
    const drawnSome = drawn((random) => random.some([1, 2, 3, 4, 5], 3), 200);
    expect(drawnSome.filter((some) => some.length !== 3 || new Set(some).size !== 3)).toEqual([]);
    expect(drawnSome).toEqual(drawnSome.map((some) => some.toSorted()));
    expect(new Random('x').some([1, 2], 5)).toEqual([1, 2]);
  });

  it('makes UUIDs of version 4 that differ', () => {
    const ids = drawn((random) => random.uuid());
    expect(new Set(ids).size).toBe(ids.length);
    expect(
      ids.every((id) => /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/.test(id)),
    ).toBe(true);
  });
});

const FIRST = [548, 138, 515, 931, 937, 141];
