import { describe, expect, it } from '@jest/globals';
import { isMet, median, mergedInto, percentile, rowOf } from './results.js';

describe('the median of repetitions', () => {
  it('is the middle one, or between the two in the middle', () => {
    expect(median([5, 1, 3])).toBe(3);
    expect(median([4, 1, 3, 2])).toBe(2.5);
  });

  it('does not change what it is given, and sorts as numbers', () => {
    const values = [100, 9, 20];
    expect(median(values)).toBe(20);
    expect(values).toEqual([100, 9, 20]);
  });

  it('refuses to be made of nothing', () => {
    expect(() => median([])).toThrow(RangeError);
  });
});

describe('a percentile', () => {
  it('is a value that was measured', () => {
    const hundred = Array.from({ length: 100 }, (_, index) => 100 - index);
    expect(percentile(hundred, 0.5)).toBe(50);
    expect(percentile(hundred, 0.99)).toBe(99);
    expect(percentile([7], 0.99)).toBe(7);
    expect(percentile([], 0.5)).toBeNull();
  });
});

describe('a row', () => {
  const measured = (...values: number[]) => values.map((value) => ({ value, latencies: [value] }));

  it('has the medians of ours and of the peers, in the shape of the contract', () => {
    const row = rowOf({
      name: 'append@64',
      unit: 'events/s',
      ours: measured(30_000.4, 31_000, 29_000),
      peers: { 'message-db': measured(3_000, 2_900, 3_100) },
      required: [{ peer: 'message-db', ratio: 8 }],
    });
    expect(row).toEqual({
      name: 'append@64',
      unit: 'events/s',
      value: 30_000,
      values: [30_000, 31_000, 29_000],
      p50: 30_000.4,
      p99: 31_000,
      peers: [{ name: 'message-db', value: 3_000, values: [3_000, 2_900, 3_100] }],
      required: [{ peer: 'message-db', ratio: 8 }],
      met: true,
    });
  });

  it('misses a rate that is too low and a time that is too long', () => {
    const peers = [{ name: 'peer', value: 100, values: [100] }];
    const required = [{ peer: 'peer', ratio: 2 }];
    expect(isMet({ unit: 'events/s', value: 199, peers, required })).toBe(false);
    expect(isMet({ unit: 'events/s', value: 200, peers, required })).toBe(true);
    expect(isMet({ unit: 'ms', value: 200, peers, required })).toBe(true);
    expect(isMet({ unit: 'ms', value: 201, peers, required })).toBe(false);
  });

  it('misses a requirement whose peer was not measured, and meets none', () => {
    const required = [{ peer: 'absent', ratio: 1 }];
    expect(isMet({ unit: 'events/s', value: 1, peers: [], required })).toBe(false);
    expect(isMet({ unit: 'events/s', value: 1, peers: [], required: [] })).toBe(true);
  });
});

describe('figures of several runs', () => {
  const machine = {
    cores: 2,
    cpu: 'a CPU',
    memoryGiB: 24,
    system: 'linux 6 x64',
    node: 'v20.19.0',
    postgres: '18.4.0',
    date: '2026-11-25',
  };
  const row = (name: string, value: number) =>
    rowOf({ name, unit: 'events/s', ours: [{ value }], peers: {}, required: [] });
  const run = (bench: string, ...results: ReturnType<typeof row>[]) => ({
    bench,
    machine,
    repetitions: 5,
    results,
  });
  const namesIn = ({ results }: { results: readonly { name: string; value: number }[] }) =>
    results.map(({ name, value }) => `${name} ${value}`);

  it('stand together, the newer ones of a bench in the place of its older ones', () => {
    const earlier = run('all', row('append@1', 1), row('append@64', 2), row('http@64', 3));
    const merged = mergedInto(earlier, {
      ...run('append', row('append@1', 9)),
      machine: { ...machine, date: '2026-12-01' },
    });
    expect(namesIn(merged)).toEqual(['http@64 3', 'append@1 9']);
    expect(merged.machine.date).toBe('2026-12-01');
  });

  it('do not stand together when they are of two machines', () => {
    const other = { ...run('all', row('http@64', 3)), machine: { ...machine, cores: 8 } };
    expect(namesIn(mergedInto(other, run('append', row('append@1', 9))))).toEqual(['append@1 9']);
  });
});
