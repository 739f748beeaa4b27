import { describe, expect, it } from '@jest/globals';
import { Grouped } from './grouped.js';

/** A source that holds each request back until it is let go. */
function heldSource() {
  const requests: string[][] = [];
  const releases: (() => void)[] = [];
  const grouped = new Grouped<string>(async (keys) => {
    requests.push([...keys]);
    await new Promise<void>((resolve) => releases.push(resolve));
    if (keys.includes('poison')) throw new Error('poisoned');
    return new Map(keys.filter((key) => key !== 'unknown').map((key) => [key, `value of ${key}`]));
  });
  const started = async (count: number) => {
    while (requests.length < count) await new Promise((resolve) => setImmediate(resolve));
  };
  return { grouped, requests, releases, started };
}

describe('Requests that are grouped', () => {
  it('wait for the one under way and then leave together, distinct and sorted', async () => {
    const { grouped, requests, releases, started } = heldSource();
    const first = grouped.get(['b']);
    await started(1);
    const others = Promise.all([grouped.get(['c', 'a']), grouped.get(['a', 'd'])]);
    releases[0]?.();
    await first;
    await started(2);
    releases[1]?.();
    await others;
    expect(requests).toEqual([['b'], ['a', 'c', 'd']]);
  });

  it('each get what they asked for and nothing of the others', async () => {
    const { grouped, releases, started } = heldSource();
    const both = Promise.all([grouped.get(['a', 'unknown']), grouped.get(['b'])]);
    await started(1);
    releases[0]?.();
    expect((await both).map((found) => [...found.keys()])).toEqual([['a'], ['b']]);
  });

  it('fail together with their group, and the next group is served', async () => {
    const { grouped, releases, started } = heldSource();
    const failing = Promise.allSettled([grouped.get(['poison']), grouped.get(['a'])]);
    await started(1);
    const next = grouped.get(['b']);
    releases[0]?.();
    expect((await failing).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    await started(2);
    releases[1]?.();
    expect((await next).get('b')).toBe('value of b');
  });

  it('are split when they are too many for one statement, and a large one still goes alone', async () => {
    const { grouped, requests, releases, started } = heldSource();
    const many = Array.from({ length: 6_000 }, (_, index) => `k${index}`);
    const all = Promise.all([grouped.get(['a']), grouped.get(many), grouped.get(['b'])]);
    for (let group = 0; group < 3; group++) {
      await started(group + 1);
      releases[group]?.();
    }
    await all;
    expect(requests.map((keys) => keys.length)).toEqual([1, 6_000, 1]);
  });

  it('leave nothing behind: the same key is asked for again', async () => {
    const { grouped, requests, releases, started } = heldSource();
    for (let round = 0; round < 2; round++) {
      const answer = grouped.get(['a']);
      await started(round + 1);
      releases[round]?.();
      await answer;
    }
    expect(requests).toEqual([['a'], ['a']]);
  });
});
