import { describe, expect, it } from '@jest/globals';
import { underLoad } from './load.js';
import { takeTurns, type Competitor } from './turns.js';

describe('contestants', () => {
  it('take turns, once to warm up, which is thrown away', async () => {
    const taken: string[] = [];
    const competitor = (name: string): Competitor<number> => ({
      name,
      turn: async (turn) => {
        taken.push(`${name}${turn}`);
        return { value: turn };
      },
    });
    const measured = await takeTurns({
      contestants: [competitor('A'), competitor('B')],
      repetitions: 2,
      work: (turn) => turn,
      before: async ({ name }) => void taken.push(`before ${name}`),
    });
    expect(taken.filter((one) => !one.startsWith('before'))).toEqual(['A0', 'B0', 'A1', 'B1', 'A2', 'B2']);
    expect(taken.slice(0, 4)).toEqual(['before A', 'A0', 'before B', 'B0']);
    expect(measured).toEqual({ A: [{ value: 1 }, { value: 2 }], B: [{ value: 1 }, { value: 2 }] });
  });
});

describe('a load', () => {
  it('keeps so many operations under way, and times each', async () => {
    let running = 0;
    let most = 0;
    const { value, latencies = [] } = await underLoad({ concurrency: 3, seconds: 0.02 }, async () => {
      most = Math.max(most, (running += 1));
      await new Promise((resolve) => setImmediate(resolve));
      running -= 1;
    });
    expect(most).toBe(3);
    expect(latencies.length).toBeGreaterThanOrEqual(3);
    expect(latencies.every((ms) => ms >= 0)).toBe(true);
    expect(value).toBeGreaterThan(0);
  });
});
